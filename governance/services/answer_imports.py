"""Answers from a file: read against what stands there now, and written all together or not at all."""

from pathlib import Path
from typing import Any

from django.db import transaction

from governance.enums import Group
from governance.models import Response
from governance.selectors.import_findings import Finding, Sheet
from governance.selectors.import_plans import named_responses, plan_import
from governance.selectors.import_steps import Plan, Write
from governance.services.answer_sheets import read_sheets
from governance.services.entries import add_entry, change_entry
from governance.services.responses import save_answer
from governance.services.values import save_value


class ImportRefused(Exception):
    """Nothing was written; `plan` lists every reason."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__("; ".join(item.line() for item in plan.problems[:5]))


def open_file(*, path: Path, name: str) -> tuple[list[Sheet], list[Finding]]:
    """The tables of a file, and what is wrong with its cells as such. Raises SheetsRefused."""
    return read_sheets(path=path, name=name)


def scopes_of(user: Any) -> tuple[Any, Any]:
    """What this person may read and fill in. None: an operator, for everybody but stakeholders."""
    if user is None:
        institutions = Response.objects.exclude(group=Group.STAKEHOLDER)
        return institutions, institutions
    return Response.objects.visible_to(user), Response.objects.fillable_by(user)


def try_import(*, sheets: list[Sheet], found: list[Finding], user: Any) -> Plan:
    """What a file would change and what keeps it out; nothing is written."""
    seen, fillable = scopes_of(user)
    plan = plan_import(sheets=sheets, seen=seen, fillable=fillable)
    plan.findings = [*found, *plan.findings]
    return plan


@transaction.atomic
def import_answers(*, sheets: list[Sheet], found: list[Finding], user: Any) -> Plan:
    """Write every change of a file, or none. Raises ImportRefused.

    The responses are locked first and in order: of two files at once the second waits, and is then read
    against what the first one wrote.
    """
    rows = Response.objects.filter(pk__in=named_responses(sheets)).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    plan = try_import(sheets=sheets, found=found, user=user)
    if plan.problems:
        raise ImportRefused(plan)
    _seen, fillable = scopes_of(user)
    for step in plan.entries:
        if step.is_new:
            key = (step.group.code, step.unit)
            add_entry(scope=fillable, response_id=step.response_id, key=key, by=user, entry_key=step.key)
    for place, writes in by_answer(plan.writes).items():
        write_answer(place, writes, scope=fillable, by=user)
    for step in plan.entries:
        if not step.is_new:
            change_entry(
                scope=fillable,
                response_id=step.response_id,
                key=(step.group.code, step.unit),
                entry=(step.key, step.version),
                action="remove",
                by=user,
            )
    return plan


def by_answer(writes: list[Write]) -> dict[Any, list[Write]]:
    """The fields of each answer together, in the order of the file."""
    found: dict[Any, list[Write]] = {}
    for write in writes:
        found.setdefault(write.place, []).append(write)
    return found


def write_answer(place: Any, writes: list[Write], *, scope: Any, by: Any) -> None:
    """The fields of one answer, through the same door as typing."""
    response_id, code, unit, part = place
    target = {"scope": scope, "response_id": response_id, "key": (code, unit), "changes": writes, "by": by}
    if writes[0].item.type == "scale":
        _answer, stale = save_answer(**target)
    else:
        _answer, stale = save_value(**target, part=part)
    assert not stale, "the responses are locked"
