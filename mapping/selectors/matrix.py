"""Units of a map in the order of the matrix: each under the unit it lies in."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mapping.enums import Role
from mapping.models import Membership, RegionMap, TerritorialUnit


@dataclass(frozen=True, kw_only=True)
class NestedUnit:
    unit: TerritorialUnit
    depth: int
    # Names of further units it lies in, besides the one above it.
    also_in: list[str]


def addable_units(*, region_map: RegionMap, user: Any) -> list[TerritorialUnit]:
    """Units whose rows the person may add: all for the team, the own ones for a contact."""
    units = TerritorialUnit.objects.filter(region_map=region_map)
    if not user.has_perm("mapping.change_whole_matrix", region_map):
        mine = Membership.objects.of(user).filter(role=Role.UNIT_CONTACT)
        units = units.filter(pk__in=mine.values("unit"))
    return list(units)


def nested_units(units: Iterable[TerritorialUnit]) -> list[NestedUnit]:
    """Every unit once, below its first parent (`parents` prefetched). A circle is cut; nothing is lost."""
    units = list(units)
    known = {unit.pk for unit in units}
    parents = {unit.pk: [parent for parent in unit.parents.all() if parent.pk in known] for unit in units}
    below: dict[int | None, list[TerritorialUnit]] = {}
    for unit in units:
        first = parents[unit.pk][0].pk if parents[unit.pk] else None
        below.setdefault(first, []).append(unit)
    found: list[NestedUnit] = []
    placed: set[int] = set()

    def place(unit: TerritorialUnit, depth: int) -> None:
        if unit.pk in placed:
            return
        placed.add(unit.pk)
        also = [parent.name for parent in parents[unit.pk][1:]]
        found.append(NestedUnit(unit=unit, depth=depth, also_in=also))
        for child in below.get(unit.pk, []):
            place(child, depth + 1)

    for unit in [*below.get(None, []), *units]:
        place(unit, 0)
    return found
