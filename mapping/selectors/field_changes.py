"""The history of a row field by field: every version with what stood before it, and two of them compared."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from cohes3ion.lib.differences import word_difference
from mapping.enums import ChangeMark
from mapping.models import FieldChange

SHOWN = 200
# Values that are longer in words are shown word by word.
LINE = 60


@dataclass(frozen=True, kw_only=True)
class Wording:
    """How a page names a field, says its value, and sends one again."""

    # Empty for a field that rows of this kind do not have any more.
    label: Callable[[str], str]
    spoken: Callable[[str, Any], str]
    # What stands in the field, as a form sends it; it may have come by another way than this history.
    now: Callable[[str], Any]
    action: Callable[[str], str]
    # None where the person may not write the field.
    inputs: Callable[[str, Any], list[dict[str, str]] | None]


@dataclass(frozen=True, kw_only=True)
class FieldVersion:
    """One version of a field. The first known one has neither time nor person: it was there before."""

    key: str
    field: str
    label: str
    before: str
    after: str
    at: dt.datetime | None = None
    by: Any = None
    is_late: bool = False
    stands: bool = False
    parts: list[tuple[str, str]]
    action: str
    inputs: list[dict[str, str]] | None


@dataclass(frozen=True, kw_only=True)
class FieldHistory:
    """Newest first. `is_cut`: there are older ones than are shown."""

    versions: list[FieldVersion]
    is_cut: bool


def field_history(*, kind: str, ids: Iterable[int], wording: Callable[..., Wording]) -> FieldHistory:
    """The newest changes of these rows: one row, and what became part of it. One query.

    `wording` is made of the changes, so that it can look up what they name.
    """
    rows = FieldChange.objects.filter(kind=kind, record_id__in=list(ids)).select_related("by")
    found = list(rows.order_by("-pk")[: SHOWN + 1])
    words = wording(found[:SHOWN])
    shown = [change for change in found[:SHOWN] if words.label(change.field)]
    standing: dict[str, int] = {}
    for change in shown:
        if change.mark != ChangeMark.LATE:
            standing.setdefault(change.field, change.pk)
    versions = [
        version_of(
            change,
            words=words,
            stands=standing.get(change.field) == change.pk and change.after == words.now(change.field),
        )
        for change in shown
    ]
    if len(found) > SHOWN:
        return FieldHistory(versions=versions, is_cut=True)
    oldest = {change.field: change for change in shown}  # the last one of each field wins
    firsts = [
        first_of(change, words=words, stands=name not in standing and change.before == words.now(name))
        for name, change in oldest.items()
    ]
    return FieldHistory(versions=[*versions, *filter(None, firsts)], is_cut=False)


def version_of(change: FieldChange, *, words: Wording, stands: bool) -> FieldVersion:
    field = change.field
    before, after = words.spoken(field, change.before), words.spoken(field, change.after)
    return FieldVersion(
        key=str(change.pk),
        field=field,
        label=words.label(field),
        before=before,
        after=after,
        at=change.at,
        by=change.by,
        is_late=change.mark == ChangeMark.LATE,
        stands=stands,
        parts=word_difference(before, after) if max(len(before), len(after)) > LINE else [],
        action=words.action(field),
        inputs=None if stands else words.inputs(field, change.after),
    )


def first_of(change: FieldChange, *, words: Wording, stands: bool) -> FieldVersion | None:
    """What stood there before the first known change; nothing where the field was empty."""
    field, after = change.field, words.spoken(change.field, change.before)
    if not after:
        return None
    return FieldVersion(
        key=f"first-{field}",
        field=field,
        label=words.label(field),
        before="",
        after=after,
        stands=stands,
        parts=[],
        action=words.action(field),
        inputs=None if stands else words.inputs(field, change.before),
    )
