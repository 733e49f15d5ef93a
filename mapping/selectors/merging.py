"""Actors that may be one, and what would become of the two."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from mapping.enums import BatchKind
from mapping.models import Actor, ActorTie, Batch, RegionMap
from mapping.selectors.kinds import NAMED_BY
from mapping.selectors.records import reachable_maps
from mapping.selectors.spelling_index import SpellingIndex

MOST_PAIRS = 12


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two actors with names that may mean the same; the one with more ties would stay."""

    keep: Actor
    gone: Actor


@dataclass(frozen=True, kw_only=True)
class ComparedLine:
    """What one field says of both, and what the one that stays would say."""

    label: str
    keep: str
    gone: str
    after: str


def actors_of(region_map: RegionMap) -> list[Actor]:
    """All actors with their names only, to choose from."""
    return list(Actor.objects.filter(region_map=region_map).only("name"))


def find_actors(*, region_map: RegionMap, keys: list[int]) -> dict[int, Actor]:
    """The two that were chosen, with everything that hangs on them."""
    rows = Actor.objects.filter(region_map=region_map)
    links = ("units", "services", "ties_out__target", "ties_in__source")
    return rows.prefetch_related(*links).in_bulk(keys)


def ties_of(region_map: RegionMap) -> Counter[int]:
    """How many ties each actor has."""
    ends = ActorTie.objects.filter(region_map=region_map).values_list("source_id", "target_id")
    return Counter(pk for pair in ends for pk in pair)


def likely_pairs(*, actors: list[Actor], ties: Counter[int]) -> list[Pair]:
    """The likeliest pairs, the likeliest first."""
    found = []
    for score, one, other in SpellingIndex([actor.name for actor in actors]).pairs(most=MOST_PAIRS):
        keep, gone = sorted((actors[one], actors[other]), key=lambda actor: (-ties[actor.pk], actor.pk))
        found.append((score, Pair(keep=keep, gone=gone)))
    found.sort(key=lambda item: (-item[0], item[1].keep.pk, item[1].gone.pk))
    return [pair for _score, pair in found[:MOST_PAIRS]]


def compared(*, keep: Actor, gone: Actor) -> list[ComparedLine]:
    """Both beside each other, and the outcome."""
    lines = [_line(_("Name"), keep.name, gone.name, keep.name)]
    for label, name in ((_("Helix"), "helix"), (_("Function"), "function")):
        mine, theirs = (str(getattr(one, f"get_{name}_display")()) for one in (keep, gone))
        lines.append(_line(label, mine, theirs, mine or theirs))
    lines.append(_joined(_("Active in"), *([unit.name for unit in one.units.all()] for one in (keep, gone))))
    kinds = ([str(row.get_kind_display()) for row in one.services.all()] for one in (keep, gone))
    lines.append(_joined(_("Services offered"), *kinds))
    lines.append(_joined(_("Ties"), *(tie_names(one, besides=(keep, gone)) for one in (keep, gone))))
    for label, name in ((_("Website"), "website"), (_("Description"), "description"), (_("Note"), "note")):
        mine, theirs = getattr(keep, name), getattr(gone, name)
        lines.append(_line(label, mine, theirs, mine or theirs))
    lines += [_said_line(model, keep=keep, gone=gone) for model in NAMED_BY]
    return [one for one in lines if one.keep or one.gone]


def _said_line(model: Any, *, keep: Actor, gone: Actor) -> ComparedLine:
    """How many discussions, or comments, there are about each; those about the one that goes move."""
    found = model._base_manager.filter(kind="actor", record_id__in=[keep.pk, gone.pk])
    counts = Counter(found.values_list("record_id", flat=True))
    mine, theirs = counts[keep.pk], counts[gone.pk]
    label = capfirst(model._meta.verbose_name_plural)
    return _line(label, *(str(n or "") for n in (mine, theirs, mine + theirs)))


def _line(label: str, keep: str, gone: str, after: str) -> ComparedLine:
    return ComparedLine(label=label, keep=keep, gone=gone, after=after)


def _joined(label: str, mine: list[str], theirs: list[str]) -> ComparedLine:
    both = list(dict.fromkeys([*mine, *theirs]))
    return _line(label, ", ".join(mine), ", ".join(theirs), ", ".join(both))


def tie_names(actor: Actor, *, besides: tuple[Actor, Actor]) -> list[str]:
    """Ties in words; one between the two would vanish."""
    pks = {one.pk for one in besides}
    out = [f"{tie.kind} → {tie.target}" for tie in actor.ties_out.all() if tie.target_id not in pks]
    return out + [f"{tie.source} → {tie.kind}" for tie in actor.ties_in.all() if tie.source_id not in pks]


def ties_between(*, keep: Actor, gone: Actor) -> int:
    """Ties that would lead from an actor to itself: they go with the one that goes."""
    pks = [keep.pk, gone.pk]
    return ActorTie.objects.filter(source__in=pks, target__in=pks).count()


def batches_of(*, region_map: RegionMap) -> list[Batch]:
    """What was pasted or merged lately and can still be undone as a whole."""
    rows = Batch.objects.filter(region_map=region_map, part_of=None).undoable()
    return list(rows.select_related("by")[:10])


def merging_of(*, region_map: RegionMap, keys: list[int]) -> Batch | None:
    """The merging in which one of these actors became part of another, if it is not undone."""
    rows = Batch.objects.filter(region_map=region_map, kind=BatchKind.MERGE, undone_at=None)
    return rows.filter(content__gone_id__in=keys).select_related("by").first()


def find_batch(*, pk: int, user: Any) -> Batch | None:
    rows = Batch.objects.filter(region_map__in=reachable_maps(user=user), part_of=None)
    return rows.select_related("region_map__exercise__project", "region_map__region").filter(pk=pk).first()
