"""The only place that puts governance's work on the queue."""

import logging
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

from governance.models import Analysis
from governance.services.analyses import request_analysis
from governance.tasks import run_analysis
from mapping.models import Exercise

log = logging.getLogger(__name__)


def enqueue(analysis_id: int) -> None:
    """Ring the bell. A broker that does not answer is no error: the sweeper sends the row later."""
    try:
        run_analysis.delay(analysis_id)
    except (OperationalError, OSError) as error:
        log.warning("The broker does not answer, analysis %s waits: %s", analysis_id, error)


def start_analysis(*, exercise: Exercise, kind: str, by: Any) -> tuple[Analysis, bool]:
    """The run for today's inputs; enqueued after the commit when it is new."""
    row, is_new = request_analysis(exercise=exercise, kind=kind, by=by)
    if is_new:
        transaction.on_commit(lambda: enqueue(row.pk))
    return row, is_new
