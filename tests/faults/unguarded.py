"""For negative controls: a worker without one of its guards, as many are written."""

import time
from contextlib import nullcontext
from types import SimpleNamespace
from typing import Any

from django.core.mail import get_connection
from django.db import models

from cohes3ion.accounts import delivery
from cohes3ion.accounts.letters import message_of
from cohes3ion.accounts.models import Mail, MailState
from cohes3ion.lib import jobs
from governance.services import analyses, answer_imports, answer_uploads, statistics_imports
from journeys.models import ChapterNarrative
from journeys.services import documents
from mapping.services import indicators
from tests.faults.guards import Guards

document_pdf = documents.document_pdf


def pdf_of_today(*, content: dict[str, Any], **values: Any) -> Any:
    """A document that looks up its texts while it is made, under the version it was asked for with."""
    row = ChapterNarrative.objects.filter(region=None, chapter="introduction").first()
    narratives = {**content["narratives"], "introduction": row.text if row else ""}
    return document_pdf(content={**content, "narratives": narratives}, **values)


def claim_without_a_condition(cls: Any, pk: int) -> Any | None:
    """Look first, write later: what many do."""
    row = cls._base_manager.get(pk=pk)
    if row.state != jobs.JobState.PENDING:
        return None
    time.sleep(0.2)
    row.state, row.attempts = jobs.JobState.RUNNING, row.attempts + 1
    cls._base_manager.filter(pk=pk).update(
        state=row.state, attempts=jobs.F("attempts") + 1, lease_until=jobs.lease()
    )
    return row


def deliver_without_a_condition(*, mail_id: int) -> None:
    mail = Mail.objects.get(pk=mail_id)
    if mail.state == MailState.WAITING:
        time.sleep(0.2)
        get_connection().send_messages([message_of(mail)])
        Mail.objects.filter(pk=mail_id).update(state=MailState.SENT)


# Imports and results without a transaction around them: each row is saved as if somebody typed it.
EACH_BY_ITSELF = SimpleNamespace(atomic=nullcontext)
IN_PARTS = [
    (module, "transaction", EACH_BY_ITSELF)
    for module in (answer_imports, answer_uploads, statistics_imports, analyses)
]
IN_PARTS += [
    (statistics_imports, "import_indicators", indicators.import_indicators.__wrapped__),
    (answer_uploads, "import_answers", answer_imports.import_answers.__wrapped__),
    (models.QuerySet, "select_for_update", lambda rows, **_how: rows),
]

GUARDS = Guards(
    {
        "claim": [(jobs.Job, "claim", classmethod(claim_without_a_condition))],
        "mail": [(delivery, "deliver", deliver_without_a_condition)],
        "attempts": [(jobs, "MAX_ATTEMPTS", 1000)],
        "whole": IN_PARTS,
        "frozen": [(documents, "document_pdf", pdf_of_today)],
    }
)
