"""Adding documents to answers and taking them away."""

from typing import Any

from django.db import transaction

from governance.models import Answer, Evidence
from governance.selectors.evidence import documents_of
from governance.services.answer_rows import locked_answer
from governance.services.revisions import note_revision

MOST = 20


class TooMany(Exception):
    """An answer has as many documents as it may have."""


class NotInThisResponse(Exception):
    """The document supports no answer of this map that the person reads."""


def note(answer: Answer, *, change: str, evidence: Evidence, by: Any) -> None:
    values = {"change": change, "title": evidence.title}
    note_revision(answer, field="evidence", values=values, by=by)


def require_room(answer: Answer) -> None:
    if answer.evidence.count() >= MOST:
        raise TooMany


@transaction.atomic
def add_evidence(
    *, scope: Any, response_id: int, key: tuple[str, int | None], values: dict[str, Any], by: Any
) -> Evidence:
    """Make a document and let it support one answer. The file goes to a random name.

    Raises Response.DoesNotExist, NotAsked, ResponseClosed, TooMany.
    """
    answer = locked_answer(scope=scope, response_id=response_id, key=key)
    require_room(answer)
    evidence = Evidence.objects.create(region_map=answer.response.region_map, added_by=by, **values)
    try:
        evidence.answers.add(answer)
        note(answer, change="added", evidence=evidence, by=by)
    except Exception:
        # The row goes with the transaction; the file would stay behind.
        evidence.file.delete(save=False)
        raise
    return evidence


@transaction.atomic
def reuse_evidence(
    *, scope: Any, response_id: int, key: tuple[str, int | None], evidence_id: int, by: Any
) -> Evidence:
    """Let a document of this map support one more answer, if this person reads what it supports.

    Raises as add_evidence, NotInThisResponse.
    """
    answer = locked_answer(scope=scope, response_id=response_id, key=key)
    evidence = (
        documents_of(region_map_id=answer.response.region_map_id, user=by).filter(pk=evidence_id).first()
    )
    if evidence is None:
        raise NotInThisResponse
    if not evidence.answers.filter(pk=answer.pk).exists():
        require_room(answer)
        evidence.answers.add(answer)
        note(answer, change="added", evidence=evidence, by=by)
    return evidence


@transaction.atomic
def remove_evidence(
    *, scope: Any, response_id: int, key: tuple[str, int | None], evidence_id: int, by: Any
) -> bool:
    """Take a document from one answer; the last one takes the document itself and its file away."""
    answer = locked_answer(scope=scope, response_id=response_id, key=key)
    evidence = answer.evidence.filter(pk=evidence_id).first()
    if evidence is None:
        return False
    evidence.answers.remove(answer)
    note(answer, change="removed", evidence=evidence, by=by)
    if not evidence.answers.exists():
        name, storage = evidence.file.name, evidence.file.storage
        evidence.delete()
        if name:
            transaction.on_commit(lambda: storage.delete(name))
    return True


@transaction.atomic
def show_evidence(
    *, scope: Any, response_id: int, key: tuple[str, int | None], evidence_id: int, public: bool, by: Any
) -> bool:
    """Mark a document public or not; the history says who did. False: it supports another answer."""
    answer = locked_answer(scope=scope, response_id=response_id, key=key)
    evidence = answer.evidence.filter(pk=evidence_id).first()
    if evidence is None:
        return False
    if Evidence.objects.filter(pk=evidence_id, is_public=not public).update(is_public=public):
        note(answer, change="shown" if public else "hidden", evidence=evidence, by=by)
    return True
