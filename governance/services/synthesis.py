"""Writing what a region concludes: every field on its own version, while the map is open."""

from typing import Any

from django.db import transaction

from cohes3ion.lib.versions import StaleVersion, write_each
from governance.models import AreaOfImprovement, StrengthItem, Target, WorkshopDecision
from governance.services.threads import settle_field, start_record_thread
from governance.services.two_answers import first_remark, is_said
from mapping.models import RegionMap
from mapping.selectors.kinds import RecordKind
from mapping.services.field_changes import as_sent, keep_change, keep_late, text_of
from mapping.services.records import MapClosed, add_record, change_links, require_open, write_kept
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
    *, kind: str, row: Any, region_map: RegionMap, changes: list[Any], by: Any
) -> tuple[Any, list[StaleVersion]]:
    """Write the fields one by one; one that is stale never keeps the others back. Raises MapClosed.

    From what to what is kept, and what came too late. Returns the row as it stands now, and what was stale.
    """
    sent = {change.field: text_of(change.values[change.field]) for change in changes}

    def keep_sent(row: Any, field: str) -> None:
        stands = as_sent(row, field=field)
        keep_late(row, kind=kind, field=field, before=stands, after=sent[field], by=by)

    try:
        require_open(region_map)
    except MapClosed:
        for field in sent if row.pk else ():
            keep_sent(row, field)
        raise
    if changes:
        row = stored_row(row)

    @transaction.atomic
    def write(row: Any, change: Any) -> Any:
        before = as_sent(row, field=change.field)
        if change.field == "units":
            targets = change.values["units"]
            row = change_links(row=row, field="units", targets=targets, expected=change.version, by=by)
        else:
            row = write_part(row=row, change=change, by=by)
        after = as_sent(row, field=change.field)
        keep_change(row, kind=kind, field=change.field, before=before, after=after, by=by)
        return row

    row, stale = write_each(row, changes, write=write)
    for late in stale:
        keep_sent(late.row, late.field)
    return row, stale


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
        row, stale = save_parts(kind=kind, row=row, region_map=region_map, changes=[change], by=by)
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
