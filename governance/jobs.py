"""The only place that puts governance's work on the queue."""

import logging
from typing import Any

from django.db import transaction
from kombu.exceptions import OperationalError

from governance.models import Analysis, AnswerImport, OrderedFile, StatisticsImport
from governance.services import statistics_imports
from governance.services.analyses import request_analysis
from governance.services.answer_uploads import request_check, request_writing
from governance.services.ordered_files import request_file
from governance.tasks import make_file, run_analysis, work_import, work_on_import
from mapping.models import Exercise

log = logging.getLogger(__name__)


def enqueue(task: Any, pk: int) -> None:
    """Ring the bell. A broker that does not answer is no error: the sweeper sends the row later."""
    try:
        task.delay(pk)
    except (OperationalError, OSError) as error:
        log.warning("The broker does not answer, %s %s waits: %s", task.name, pk, error)


def start_analysis(*, exercise: Exercise, kind: str, by: Any) -> tuple[Analysis, bool]:
    """The run for today's inputs; enqueued after the commit when it is new."""
    row, is_new = request_analysis(exercise=exercise, kind=kind, by=by)
    if is_new:
        transaction.on_commit(lambda: enqueue(run_analysis, row.pk))
    return row, is_new


def start_file(**wanted: Any) -> OrderedFile:
    """A file for one person, as request_file; enqueued after the commit unless it is being made already."""
    row, is_new = request_file(**wanted)
    if is_new:
        transaction.on_commit(lambda: enqueue(make_file, row.pk))
    return row


def start_check(*, exercise: Exercise, upload: Any, name: str, language: str, by: Any) -> AnswerImport:
    """A file that was sent is read by a worker; nothing is written."""
    row = request_check(exercise=exercise, upload=upload, name=name, language=language, by=by)
    transaction.on_commit(lambda: enqueue(work_import, row.pk))
    return row


def start_writing(*, check: AnswerImport, by: Any) -> AnswerImport:
    """A file that was read without problems is written. Raises NotToBeWritten."""
    row, is_new = request_writing(check=check, by=by)
    if is_new:
        transaction.on_commit(lambda: enqueue(work_import, row.pk))
    return row


def start_statistics_check(**values: Any) -> StatisticsImport:
    """Keep a file of statistics, and let a worker look at it after the commit."""
    row = statistics_imports.request_check(**values)
    transaction.on_commit(lambda: enqueue(work_on_import, row.pk))
    return row


def start_confirmed_import(*, row: StatisticsImport) -> None:
    """Import what was looked at, after the commit. Raises AlreadyDecided."""
    statistics_imports.confirm_import(row=row)
    transaction.on_commit(lambda: enqueue(work_on_import, row.pk))
