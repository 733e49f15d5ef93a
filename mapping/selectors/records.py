"""One row of a map: who reaches it, what stands in it, what happened to it, and what holds it in place."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import models, router
from django.db.models import Q
from django.db.models.deletion import Collector
from django.utils.translation import gettext_lazy as _

from mapping.enums import BatchKind, MapState
from mapping.models import Batch, Membership, RegionMap
from mapping.selectors.kinds import KINDS, RecordKind

SHOWN = 30
ONE_GO = dt.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    at: dt.datetime
    by: Any
    # The label of the changed field; empty when the row was added.
    field: str
    # The name of the row it was written to, when that became part of this one.
    part: str = ""


@dataclass(frozen=True, kw_only=True)
class RecordPage:
    kind: RecordKind
    row: Any
    region_map: RegionMap
    history: list[HistoryLine]
    may_edit: bool
    may_edit_whole: bool
    is_open: bool

    @property
    def writable(self) -> bool:
        return self.may_edit and self.is_open

    @property
    def may_remove(self) -> bool:
        """A unit's contact takes away rows of the unit, never the unit."""
        return self.writable and (self.may_edit_whole or self.kind.of_unit)


def reachable_maps(*, user: Any) -> models.QuerySet[RegionMap]:
    """Maps on the partners' side: the person must have a role in the region or in the whole partnership."""
    mine = Membership.objects.of(user)
    return RegionMap.objects.visible_to(user).filter(
        Q(exercise__project__in=mine.filter(region=None).values("project"))
        | Q(region__in=mine.filter(region__isnull=False).values("region"))
    )


def is_open(region_map: RegionMap) -> bool:
    return region_map.state in (MapState.DRAFT, MapState.CONSULTATION)


def find_record(*, name: str, pk: int, user: Any) -> tuple[RecordKind, Any] | None:
    """The row of that kind, or nothing for those who do not reach its map."""
    kind = KINDS.get(name)
    if kind is None:
        return None
    related = ["region_map__exercise__project", "region_map__region", "edited_by"]
    related += ["unit__region_map__exercise__project"] if kind.of_unit else []
    rows = kind.model.objects.filter(region_map__in=reachable_maps(user=user)).select_related(*related)
    row = rows.filter(pk=pk).first()
    return None if row is None else (kind, row)


def record_page(*, kind: RecordKind, row: Any, user: Any) -> RecordPage:
    may_edit = user.has_perm("mapping.change_matrix", row)
    return RecordPage(
        kind=kind,
        row=row,
        region_map=row.region_map,
        history=history_lines(kind, row=row) if hasattr(row, "history") else [],
        may_edit=may_edit,
        may_edit_whole=user.has_perm("mapping.change_whole_matrix", row),
        is_open=is_open(row.region_map),
    )


WHOLE_ROW = {
    "merged": _("became one with another actor"),
    "unmerged": _("parted again"),
    "restored": _("brought back"),
}


def history_lines(kind: RecordKind, *, row: Any) -> list[HistoryLine]:
    """The last changes, newest first; what one person wrote into a field in one go is one line.

    What became part of this row keeps its history, and it stands among these lines under its name.
    """
    lines: list[HistoryLine] = []
    columns = {column.name: column for column in kind.model._meta.get_fields()}
    entries = kind.model.history.filter(id__in=[row.pk, *merged_into(kind, row=row)])
    for entry in entries.select_related("history_user").order_by("-history_date", "-history_id")[:SHOWN]:
        reason = entry.history_change_reason or ""
        field = kind.field(reason)
        label = str(field.label or columns[field.name].verbose_name) if field else ""
        line = HistoryLine(
            at=entry.history_date,
            by=entry.history_user,
            field=label or str(WHOLE_ROW.get(reason, "")),
            part=str(getattr(entry, kind.title)) if entry.id != row.pk else "",
        )
        last = lines[-1] if lines else None
        same = last and (last.by, last.field, last.part) == (line.by, line.field, line.part) and last.field
        if not (same and last and last.at - line.at < ONE_GO):
            lines.append(line)
    return lines


def merged_into(kind: RecordKind, *, row: Any) -> list[int]:
    """Actors that became part of this one, and stayed so."""
    if kind.name != "actor":
        return []
    rows = Batch.objects.filter(region_map=row.region_map_id, kind=BatchKind.MERGE, undone_at=None)
    return [one.content["gone_id"] for one in rows if one.content.get("keep") == row.pk]


def rows_in_the_way(kind: RecordKind, *, row: Any) -> dict[str, int]:
    """What would vanish or lose its meaning with this row: name of the kind of thing, and how many."""
    collector = Collector(using=router.db_for_write(type(row)), origin=row)
    collector.collect([row])
    found: dict[str, int] = {}
    groups = [(model, len(rows)) for model, rows in collector.data.items() if model is not type(row)]
    groups += [(queryset.model, queryset.count()) for queryset in collector.fast_deletes]
    for (column, _old), querysets in collector.field_updates.items():
        # A link that is an answer, such as a capability's priority, would be an answer without a value.
        if hasattr(column.model, f"{column.name}_answer"):
            groups += [(column.model, len(rows)) for rows in querysets]
    for model, count in groups:
        if count and model not in kind.parts and not model._meta.auto_created:
            name = str(model._meta.verbose_name_plural)
            found[name] = found.get(name, 0) + count
    return found
