"""From a gap to its result: for each area the practice, the visit, the action, and what came of it.

What is missing in the chain is said, so that a region sees where it stands still.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.analysis.rounding import rounded
from governance.models import GovernanceScore
from governance.models.score import ScoreGroup
from governance.selectors.scores import public_scores
from journeys.enums import ActionState
from journeys.models import Action, Practice, PracticeUse, Takeaway
from journeys.selectors.plans import ActionLine, action_lines
from journeys.selectors.region_learning import LearnedArea, RegionLearning
from mapping.enums import MapState
from mapping.models import RegionMap

MISSING = {
    "practice": _("No practice found for it yet"),
    "visit": _("Nothing learned on a visit yet"),
    "action": _("No action yet"),
    "result": _("No result yet"),
}


@dataclass(frozen=True, kw_only=True)
class NextRound:
    """The same dimension in this round and in the region's next public one; None: not known."""

    before: float | None
    after: float | None
    exercise: str  # empty: there is no next round yet


@dataclass(frozen=True, kw_only=True)
class ChainLine:
    """An area of improvement with all that hangs on it, as far as the reader may see it."""

    area: LearnedArea
    practices: list[Practice]
    uses: list[PracticeUse]
    takeaways: list[Takeaway]
    actions: list[ActionLine]
    next_round: NextRound | None

    @property
    def results(self) -> list[ActionLine]:
        """Actions that say what came of them, in words or by a value of an indicator."""
        return [
            line
            for line in self.actions
            if line.action.result or any(item.readings for item in line.indicators)
        ]

    @property
    def missing(self) -> list[str]:
        """Where the chain is open, in the order of its links."""
        links = {
            "practice": self.practices,
            "visit": self.takeaways,
            "action": [line for line in self.actions if line.action.state != ActionState.DROPPED],
            "result": self.results,
        }
        return [name for name, rows in links.items() if not rows]

    @property
    def missing_words(self) -> list[str]:
        return [str(MISSING[name]) for name in self.missing]


@dataclass(frozen=True, kw_only=True)
class Chain:
    lines: list[ChainLine]

    @property
    def open_links(self) -> list[tuple[str, int]]:
        """How many areas lack each link, in words; those that lack none are left out."""
        counts = {name: sum(name in line.missing for line in self.lines) for name in MISSING}
        return [(str(MISSING[name]), count) for name, count in counts.items() if count]


def chain_of(*, page: RegionLearning, user: Any) -> Chain:
    """The same number of queries for any number of areas."""
    region_map = page.region_map
    uses = list(
        PracticeUse.objects.visible_to(user).filter(region_map=region_map).select_related("practice__region")
    )
    actions = action_lines(Action.objects.visible_to(user).filter(plan__region_map=region_map), user=user)
    rounds = _rounds(region_map)
    return Chain(lines=[_line(area, uses, actions, rounds) for area in page.areas])


def _line(
    area: LearnedArea, uses: list[PracticeUse], actions: list[ActionLine], rounds: dict[str, NextRound]
) -> ChainLine:
    mine = [use for use in uses if use.area_id == area.pk]
    lines = [line for line in actions if any(row.pk == area.pk for row in line.areas)]
    practices = {use.practice_id: use.practice for use in mine}
    practices |= {row.practice_id: row.practice for row in area.takeaways if row.practice}
    practices |= {row.pk: row for line in lines for row in line.practices}
    return ChainLine(
        area=area,
        practices=list(practices.values()),
        uses=mine,
        takeaways=area.takeaways,
        actions=lines,
        next_round=rounds.get(area.dimension),
    )


def _rounds(region_map: RegionMap) -> dict[str, NextRound]:
    """The region's public score of each dimension, in this round and in the next published one."""
    opens_on = region_map.exercise.opens_on
    later = RegionMap.objects.filter(region_id=region_map.region_id, state=MapState.PUBLISHED)
    later = later.exclude(pk=region_map.pk).select_related("exercise").order_by("exercise__opens_on", "pk")
    following = later.filter(exercise__opens_on__gt=opens_on).first() if opens_on else None
    maps = [region_map.pk, *([following.pk] if following else [])]
    rows = public_scores(GovernanceScore.objects.filter(region_map__in=maps, group=ScoreGroup.ALL))
    means = {(row.region_map_id, row.code): rounded(row.mean) for row in rows}
    codes = {code for _map, code in means}
    return {
        code: NextRound(
            before=means.get((region_map.pk, code)),
            after=means.get((following.pk, code)) if following else None,
            exercise=following.exercise.name if following else "",
        )
        for code in codes
    }
