"""Sharing out the work: to whom a part is given, until when, that it is done, and taking it back."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cohes3ion.lib.versions import StaleVersion, write_fields
from governance.enums import WorkStep
from governance.models import Assignment, AssignmentStep, Response
from mapping.models import RegionMap


def keep_step(row: Assignment, *, step: WorkStep, by: Any) -> None:
    AssignmentStep.objects.create(
        region_map_id=row.region_map_id,
        response_id=row.response_id,
        part=row.part,
        who=row.who[:254],
        step=step,
        due_on=row.due_on,
        by=by,
    )


@transaction.atomic
def assign(
    *, region_map: RegionMap, response: Response | None, parts: list[str], values: dict[str, Any], by: Any
) -> int:
    """Give parts to one person or organisation. Returns how many are new: given twice is given once.

    `values`: person, or organisation and email; due_on.
    """
    # Two leads who share out the same map come one after the other.
    RegionMap.objects.select_for_update(of=("self",)).get(pk=region_map.pk)
    place = {"region_map": region_map, "response": response}
    who = {"person": values["person"], "organisation": values["organisation"]}
    there = set(Assignment.objects.filter(**place, **who).values_list("part", flat=True))
    new = [part for part in parts if part not in there]
    for part in new:
        row = Assignment.objects.create(
            **place, **who, part=part, email=values["email"], due_on=values["due_on"], edited_by=by
        )
        keep_step(row, step=WorkStep.GIVEN, by=by)
    return len(new)


def change_due(*, row: Assignment, due_on: dt.date | None, expected: int, by: Any) -> Assignment:
    """Raises StaleVersion."""
    changed: Assignment = write_fields(
        row,
        field="due_on",
        values={"due_on": due_on},
        expected=expected,
        by=by,
        after=lambda fresh: keep_step(fresh, step=WorkStep.DUE, by=by),
    )
    return changed


@transaction.atomic
def finish(*, row: Assignment, done: bool, by: Any) -> bool:
    """Say that it is done, or that it is not, once: a second click changes nothing."""
    rows = Assignment.objects.filter(pk=row.pk, done_at__isnull=done)
    now = timezone.now()
    values = {"done_at": now if done else None, "edited_by": by, "edited_at": now}
    if not rows.update(**values, version=F("version") + 1):
        return False
    keep_step(row, step=WorkStep.DONE if done else WorkStep.REOPENED, by=by)
    return True


@transaction.atomic
def take_back(*, row: Assignment, expected: int, by: Any) -> None:
    """Raises StaleVersion when its date was changed meanwhile."""
    current = Assignment.objects.select_for_update(of=("self",)).select_related("person").get(pk=row.pk)
    if current.version != expected:
        raise StaleVersion(current, "due_on")
    keep_step(current, step=WorkStep.TAKEN, by=by)
    current.delete()
