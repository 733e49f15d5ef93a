"""Writing what a region concludes: every field on its own version, while the map is open."""

from typing import Any

from django.db import transaction

from cohes3ion.lib.versions import StaleVersion, write_each
from governance.models import AreaOfImprovement, StrengthItem, Target, WorkshopDecision
from governance.services.threads import settle_field, start_record_thread
from governance.services.two_answers import first_remark, is_said
from mapping.models import RegionMap
from mapping.selectors.kinds import RecordKind
from mapping.services.records import add_record, change_links, require_open, write_kept
from mapping.services.removals import remove_record

STRENGTH = RecordKind(name="strength", model=StrengthItem, title="text")
AREA = RecordKind(name="area", model=AreaOfImprovement, title="text")
ITEMS = {kind.name: kind for kind in (STRENGTH, AREA)}


def write_part(*, row: Any, change: Any, by: Any) -> Any:
    """Write one field (`change`: field, values, version) whatever kind of row it is. Raises StaleVersion."""
    return write_kept(
        row,
        field=change.field,
        values=change.values,
        expected=change.version,
        by=by,
    )


def save_parts(
    *, row: Any, region_map: RegionMap, changes: list[Any], by: Any
) -> tuple[Any, list[StaleVersion]]:
    """Write the fields one by one; one that is stale never keeps the others back. Raises MapClosed.

    Returns the row as it stands now, and what was stale.
    """
    require_open(region_map)
    if changes:
        row = stored_row(row)

    def write(row: Any, change: Any) -> Any:
        if change.field == "units":
            targets = change.values["units"]
            return change_links(row=row, field="units", targets=targets, expected=change.version, by=by)
        return write_part(row=row, change=change, by=by)

    return write_each(row, changes, write=write)


def stored_row(row: Any) -> Any:
    """A needed level becomes a row only when somebody writes about it."""
    if row.pk is None:
        row, _made = Target.objects.get_or_create(region_map=row.region_map, dimension=row.dimension)
    return row


@transaction.atomic
def keep_both(
    *, kind: str, row: Any, change: Any, told: dict[str, str], is_joined: bool, by: Any
) -> tuple[Any, list[StaleVersion]]:
    """Both of two texts stand (`is_joined`), or the stored value stays and the other waits in the talk.

    Either way a talk about the two is opened at the row; `told`: `theirs` and `mine` in words. The choice is
    bound to the version that was seen: if somebody wrote since, nothing is decided. Raises MapClosed.
    """
    region_map = row if isinstance(row, RegionMap) else row.region_map
    require_open(region_map)
    row = stored_row(row)
    about = {"kind": kind, "record_id": row.pk, "region_map": region_map}
    if is_joined:
        row, stale = save_parts(row=row, region_map=region_map, changes=[change], by=by)
    else:
        is_old = row.version_of(change.field) != change.version
        stale = [StaleVersion(row, change.field)] if is_old else []
    text = first_remark(**told, is_joined=is_joined)
    if stale or not text or is_said(text=text, field=change.field, **about):
        return row, stale
    start_record_thread(region_map=region_map, kind=kind, pk=row.pk, text=text, by=by, field=change.field)
    return row, []


def end_talk(*, kind: str, row: Any, field: str, by: Any) -> None:
    """One of the two was chosen."""
    settle_field(kind=kind, record_id=row.pk, field=field, by=by)


def add_item(*, kind: str, region_map: RegionMap, values: dict[str, Any], by: Any) -> Any:
    """Add a strength or an area of improvement at the end. Raises MapClosed."""
    return add_record(model=ITEMS[kind].model, region_map=region_map, by=by, values=values)


@transaction.atomic
def make_area_of(*, decision: WorkshopDecision, values: dict[str, Any], by: Any) -> tuple[Any, bool]:
    """The area that a decision of a workshop became: made once, found again later. Raises MapClosed.

    Returns the area, and whether it is new.
    """
    current = WorkshopDecision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    region_map = decision.workshop.region_map
    made = AreaOfImprovement.objects.filter(region_map=region_map, pk=current.became_area).first()
    if made is not None:
        return made, False
    row = add_item(kind=AREA.name, region_map=region_map, values=values, by=by)
    WorkshopDecision.objects.filter(pk=current.pk).update(became_area=row.pk)
    return row, True


def remove_item(*, kind: str, row: Any, expected: int, by: Any) -> None:
    """Remove it; its history stays. Raises MapClosed, StaleVersion."""
    remove_record(kind=ITEMS[kind], row=row, expected=expected, by=by)
