"""Why something was not written, as problem details; what was sent is never lost."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from cohes3ion.lib.refusals import Refusal
from cohes3ion.lib.versions import StaleVersion
from governance.models import GroupEntry, Response
from governance.selectors.closing import why_not_saved
from governance.selectors.revisions import FIELDS, last_writer


def closed(response: Response, *, is_kept: bool = True) -> Refusal:
    """409: sent meanwhile, or the round is over. What came too late is in the history (`is_kept`)."""
    kept = _("What you sent is kept in the history of the answer.") if is_kept else _("Nothing was changed.")
    sentence = f"{why_not_saved(response)} {kept}"
    by = str(response.submitted_by) if response.submitted_by else None
    return Refusal(409, "closed", sentence, submitted_by=by, submitted_at=response.submitted_at)


def removed(at: Any, code: str) -> Refusal:
    when = date_format(localtime(at), "DATE_FORMAT")
    sentence = _("Question %(code)s was removed on %(when)s. Nothing was saved.")
    return Refusal(409, "question_removed", sentence % {"code": code, "when": when})


def gone(entry: GroupEntry | None) -> Refusal:
    if entry is None or entry.removed_at is None:
        return Refusal(409, "entry_gone", _("This entry is not there any more. Nothing was saved."))
    named = {"name": entry.removed_by or _("somebody else"), "when": moment(entry.removed_at)}
    sentence = _("%(name)s removed this entry on %(when)s. Nothing was saved.")
    return Refusal(409, "entry_gone", capfirst(sentence % named))


def stale(
    rows: list[StaleVersion], *, current: Any, saved: list[str], based_on: Mapping[str, int], by: Any
) -> Refusal:
    """412, with what stands there now, who wrote it and when; what was sent is kept in the history.

    `based_on`: the version each field was sent with; one that is still to come was never read anywhere.
    """
    found = [conflict(row) for row in rows]
    first = rows[0]
    if based_on[first.field] > first.current:
        sentence = _("If-Match names version %(sent)s of “%(field)s”, and there is none: it is at %(now)s.")
        named = {"sent": based_on[first.field], "field": found[0]["field"], "now": first.current}
        sentence = f"{sentence % named} {_('Read the answer again and send its ETag.')}"
    elif by is not None and writer_of(first)[0] == by:
        sentence = _(
            "You wrote here yourself on %(when)s, after the version you sent: read the answer again."
        )
        sentence %= {"when": moment(found[0]["at"])}
    else:
        named = {"name": found[0]["by"] or _("somebody else"), "when": moment(found[0]["at"])}
        sentence = _(
            "%(name)s wrote here on %(when)s, after the version you read. Both are kept: read again."
        )
        sentence = capfirst(sentence % named)
    return Refusal(412, "stale", sentence, conflicts=found, saved=saved, current=current)


def writer_of(found: StaleVersion) -> tuple[Any, Any]:
    """Who wrote what stands in the field, and when."""
    row: Any = found.row
    writer = last_writer(row, field=found.field)
    return (writer.by, writer.at) if writer else (row.edited_by, row.edited_at)


def conflict(row: StaleVersion) -> dict[str, Any]:
    person, at = writer_of(row)
    return {
        "field": "value" if row.field == "level" else row.field,
        "version": row.current,
        "by": str(person) if person else None,
        "at": at,
        "current": {name: getattr(row.row, name) for name in FIELDS[row.field]},
    }


def moment(at: Any) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
