"""What would stand twice or in a circle: rows of one name, ties between the same two, units in themselves."""

from typing import Any

from cohes3ion.lib.search.words import search_text
from mapping.models import ActorTie, RegionMap, UnitParent
from mapping.selectors.kinds import RecordKind


def plain_name(name: str) -> str:
    """What two names have in common when they differ only by case, accents or spaces."""
    return " ".join(search_text(name).split())


def same_named(
    kind: RecordKind, *, region_map: RegionMap, name: str, place: Any, but: Any = None
) -> Any | None:
    """Another row of this map that is called the same, in the same unit where the kind has one."""
    wanted = plain_name(name) if kind.title and name else ""
    if not wanted:
        return None
    rows = kind.model.objects.filter(region_map=region_map)
    if kind.within:
        rows = rows.filter(**{f"{kind.within}_id": place or None})
    others = (row for row in rows if but is None or row.pk != but.pk)
    return next((row for row in others if plain_name(str(getattr(row, kind.title))) == wanted), None)


def same_ties(*, region_map: RegionMap, ends: dict[str, Any], kind: str, but: Any = None) -> Any:
    ties = ActorTie.objects.filter(
        region_map=region_map, source_id=ends["source"], target_id=ends["target"], kind=kind
    )
    return (ties.exclude(pk=but.pk) if but is not None else ties).order_by("pk")


def same_tie(*, region_map: RegionMap, ends: dict[str, Any], kind: str, but: Any = None) -> bool:
    return bool(same_ties(region_map=region_map, ends=ends, kind=kind, but=but).exists())


def above(unit_pk: int, *, region_map: RegionMap) -> set[int]:
    """The unit itself and every unit it lies in, however many steps up."""
    parents: dict[int, list[int]] = {}
    for link in UnitParent.objects.filter(child__region_map=region_map):
        parents.setdefault(link.child_id, []).append(link.parent_id)
    found: set[int] = set()
    waiting = [unit_pk]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += parents.get(at, [])
    return found
