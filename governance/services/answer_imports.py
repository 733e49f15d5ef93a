"""Answers from a file: read against what stands there now, and written all together or not at all."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.enums import Group
from governance.models import Answer, Response
from governance.selectors.import_findings import Finding, Sheet, area_of
from governance.selectors.import_plans import named_responses, plan_import
from governance.selectors.import_steps import Plan, Write
from governance.services.answer_sheets import read_sheets
from governance.services.entries import add_entry, change_entry
from governance.services.responses import save_fields
from mapping.models import Exercise


class ImportRefused(Exception):
    """Nothing was written; `plan` lists every reason."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__("; ".join(item.line() for item in plan.problems[:5]))


def open_file(*, path: Path, name: str) -> tuple[list[Sheet], list[Finding]]:
    """The tables of a file, and what is wrong with its cells as such. Raises SheetsRefused."""
    return read_sheets(path=path, name=name)


def scopes_of(user: Any, exercise: Exercise | None) -> tuple[Any, Any]:
    """What this person may read and fill in. None: an operator, for everybody but stakeholders."""
    rows = (
        Response.objects.all() if exercise is None else Response.objects.filter(region_map__exercise=exercise)
    )
    if user is None:
        institutions = rows.exclude(group=Group.STAKEHOLDER)
        return institutions, institutions
    return rows.visible_to(user), rows.fillable_by(user)


def beside(found: list[Finding], later: list[Finding]) -> list[Finding]:
    """What is not about a cell that could not be read: its value is said to be missing once, not twice."""
    unread = {(one.sheet, one.row, one.column) for one in found if one.row and one.column}
    merged = [(one.sheet, area) for one in found if (area := area_of(one.unread))]
    nameless = {sheet for sheet, area in merged if 1 in area.rows}  # what its columns are cannot be told
    return [
        one
        for one in later
        if one.sheet not in nameless
        and (one.sheet, one.row, one.column.partition(" ")[0]) not in unread
        and not any(sheet == one.sheet and area.holds(one) for sheet, area in merged)
    ]


def try_import(
    *, sheets: list[Sheet], found: list[Finding], user: Any, exercise: Exercise | None = None
) -> Plan:
    """What a file would change and what keeps it out; nothing is written."""
    seen, fillable = scopes_of(user, exercise)
    plan = plan_import(sheets=sheets, seen=seen, fillable=fillable, user=user)
    plan.findings = [*found, *beside(found, plan.findings)]
    return plan


@transaction.atomic
def import_answers(
    *, sheets: list[Sheet], found: list[Finding], user: Any, exercise: Exercise | None = None
) -> Plan:
    """Write every change of a file, or none. Raises ImportRefused.

    The responses are locked first and in order: of two files at once the second waits, and is then read
    against what the first one wrote.
    """
    rows = Response.objects.filter(pk__in=named_responses(sheets)).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk", flat=True))
    plan = try_import(sheets=sheets, found=found, user=user, exercise=exercise)
    if plan.problems:
        raise ImportRefused(plan)
    _seen, fillable = scopes_of(user, exercise)
    for step in plan.entries:
        if step.is_new:
            key = (step.group.code, step.unit)
            add_entry(scope=fillable, response_id=step.response_id, key=key, by=user, entry_key=step.key)
    rows = rows_of(plan.writes)
    for place, writes in by_answer(plan.writes).items():
        write_answer(rows[place], writes, by=user)
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


def rows_of(writes: list[Write]) -> dict[Any, Answer]:
    """The rows of the answers to be written, locked; those that nobody has given yet are made at once."""
    responses = Response.objects.in_bulk({write.response_id for write in writes})
    wanted = {write.place: write for write in writes}
    Answer.objects.bulk_create(
        [
            Answer(
                response_id=write.response_id,
                question_id=write.item.pk,
                about_unit_id=write.unit,
                part=write.part,
                provenance=responses[write.response_id].provenance,
            )
            for write in wanted.values()
            if write.is_first
        ],
        ignore_conflicts=True,
    )
    Response.objects.filter(pk__in=responses, opened_at=None).update(opened_at=timezone.now())
    codes = {write.item.pk: write.item.code for write in writes}
    rows = Answer.objects.select_for_update(of=("self",)).filter(response__in=responses, question__in=codes)
    return {
        (row.response_id, codes[row.question_id], row.about_unit_id, row.part): row
        for row in rows.order_by("pk")
    }


def by_answer(writes: list[Write]) -> dict[Any, list[Write]]:
    """The fields of each answer together, in the order of the file."""
    found: dict[Any, list[Write]] = {}
    for write in writes:
        found.setdefault(write.place, []).append(write)
    return found


def write_answer(answer: Answer, writes: list[Write], *, by: Any) -> None:
    """The fields of one answer, through the same door as typing: each with its version and its revision."""
    stale = save_fields(answer=answer, changes=writes, by=by)
    assert not stale, "the responses are locked"
