"""What changed on a map since a moment: which rows came, went or were written, for people without a role."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, F, TextField, Value
from django.db.models.functions import Cast

from governance.models import AreaOfImprovement, StrengthItem
from mapping.enums import MapState
from mapping.models import RegionMap
from mapping.selectors.kinds import KINDS

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
# What the history of a row calls it.
CAME, WENT = "+", "-"


@dataclass(frozen=True, kw_only=True)
class MapChange:
    """One row of the map. Who wrote it is not said: stakeholders learn what changed, not by whom."""

    kind: str
    title: str
    what: str


def map_changes(*, region_map: RegionMap, since: dt.datetime, of_drafts: bool = False) -> list[MapChange]:
    """Rows that changed after `since`, by kind and name; of a draft only for its own people. One query.

    A row that came and went meanwhile is left out.
    """
    if region_map.state == MapState.DRAFT and not of_drafts:
        return []
    order = list(_titles())
    found: dict[tuple[str, int], tuple[str, set[str]]] = {}
    for kind, pk, title, mark in _history(region_map, since):
        _before, marks = found.get((kind, pk), ("", set()))
        found[kind, pk] = (title, marks | {mark})
    changes = [
        (order.index(kind), MapChange(kind=str(order_label(kind)), title=title, what=what))
        for (kind, _pk), (title, marks) in found.items()
        if (what := _what(marks))
    ]
    return [change for _place, change in sorted(changes, key=lambda row: (row[0], row[1].title.casefold()))]


def _titles() -> dict[str, tuple[Any, str]]:
    """Kind -> its model and the column that names a row."""
    kinds = {kind.name: (kind.model, kind.title) for kind in KINDS.values() if kind.title}
    kinds |= {"strength": (StrengthItem, "text"), "area": (AreaOfImprovement, "text")}
    return {name: (model, title) for name, (model, title) in kinds.items() if hasattr(model, "history")}


def order_label(kind: str) -> Any:
    return _titles()[kind][0]._meta.verbose_name


def _history(region_map: RegionMap, since: dt.datetime) -> Any:
    """(kind, key, title, mark) of every history row since, the newest last."""
    parts = [
        model.history.filter(region_map=region_map.pk, history_date__gt=since)
        .order_by()
        .annotate(
            row_kind=Value(name, output_field=CharField()),
            row_title=Cast(F(title), TextField()),
        )
        .values_list("row_kind", "id", "row_title", "history_type", "history_date", "history_id")
        for name, (model, title) in _titles().items()
    ]
    rows = parts[0].union(*parts[1:], all=True).order_by("history_date", "history_id")
    return [row[:4] for row in rows]


def _what(marks: set[str]) -> str:
    if WENT in marks:
        return "" if CAME in marks else REMOVED
    return ADDED if CAME in marks else CHANGED
