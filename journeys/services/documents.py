"""Policy Learning Documents: content frozen at the request, rendered by a worker, published on purpose."""

import resource
from typing import Any

from django.db import IntegrityError, transaction

from cohes3ion.lib.authors import stored
from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.publication import put_out, take_off
from governance.enums import AnalysisKind
from governance.models import Analysis
from governance.services.disclosure import disclose
from journeys.models import ChapterNarrative, Document
from journeys.selectors.document_content import document_content
from journeys.services.printing import printed
from journeys.services.rendering import document_pdf
from mapping.models import Exercise, Region
from mapping.services.records import write_kept


class NothingReleased(Exception):
    """No region has released its map, so there is nothing to put into a document."""


class NotPublishable(Exception):
    """Drafts and unfinished documents are not published."""


def request_document(
    *, exercise: Exercise, region: Region | None, is_draft: bool, by: Any
) -> tuple[Document, bool]:
    """The document of today's content; a new waiting row only when the content is new. (row, is new)

    Raises NothingReleased.
    """
    content = document_content(exercise=exercise, region=region, is_draft=is_draft)
    if not content["regions"]:
        raise NothingReleased
    digest = fingerprint(content)
    mine = Document.objects.filter(exercise=exercise, region=region)
    same = mine.filter(fingerprint=digest).standing()
    return same.or_new(
        exercise=exercise,
        region=region,
        edition=mine.count() + 1,
        is_draft=is_draft,
        language=content["language"],
        content=content,
        fingerprint=digest,
        created_by=stored(by),
    )


def render_document(*, document_id: int) -> bool:
    """Render one row to PDF. False when somebody else has it or it is finished."""
    row = Document.claim(document_id)
    return printed(
        row,
        name="document.pdf",
        make=lambda row: document_pdf(content=row.content, edition=row.edition, made_at=row.created_at),
        peak_memory_mib=lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    )


@transaction.atomic
def publish_document(*, document: Document, by: Any) -> Document:
    """Make a finished document public; the earlier one is withdrawn. Raises NotPublishable."""
    current = Document.objects.select_for_update().get(pk=document.pk)
    if current.state != JobState.DONE or current.is_draft:
        raise NotPublishable
    _remember_disclosure(current)
    put_out(current, among=_like(current), by=by)
    return current


def _like(document: Document) -> Any:
    """The finished documents of its exercise or region, of which one may be public."""
    return Document.objects.done().filter(exercise=document.exercise_id, region=document.region_id)


@transaction.atomic
def withdraw_document(*, document: Document, reason: str, by: Any) -> Document | None:
    """Take a document off the public pages. Returns the one that is public again, if there is one.

    Raises NotPublic.
    """
    current = Document.objects.select_for_update().get(pk=document.pk)
    before: Document | None = take_off(current, among=_like(current), reason=reason, by=by)
    return before


def _remember_disclosure(document: Document) -> None:
    """A document may make a run public that was not published: later runs are held against it too."""
    runs = Analysis.objects.filter(
        exercise=document.exercise,
        kind=AnalysisKind.GAPS,
        fingerprint=document.content.get("runs", {}).get(AnalysisKind.GAPS, ""),
        disclosed_at=None,
        state=JobState.DONE,
    )
    for run in runs:
        disclose(analysis=run)


def _narrative_row(*, exercise: Exercise, region: Region | None, chapter: str) -> ChapterNarrative:
    key = {"exercise": exercise, "region": region, "chapter": chapter}
    row = ChapterNarrative.objects.filter(**key).first()
    if row is not None:
        return row
    try:
        with transaction.atomic():
            return ChapterNarrative.objects.create(**key)
    except IntegrityError:
        return ChapterNarrative.objects.get(**key)


def save_narrative(
    *, exercise: Exercise, region: Region | None, chapter: str, text: str, expected: int, by: Any
) -> ChapterNarrative:
    """Write the text of a chapter; it survives every new rendering. Raises StaleVersion."""
    row = _narrative_row(exercise=exercise, region=region, chapter=chapter)
    saved: ChapterNarrative = write_kept(
        row,
        field="text",
        values={"text": text},
        expected=expected,
        by=by,
    )
    return saved
