"""What a region concludes, and beside it what its respondents named."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from governance.enums import Dimension, Group
from governance.models import (
    AreaOfImprovement,
    PressingArea,
    Response,
    StrengthItem,
    Target,
    WorkshopDecision,
)
from governance.models.score import ScoreGroup
from governance.scoring.settings import Thresholds
from governance.selectors.scores import team_scores
from governance.selectors.threads import open_about_rows
from governance.selectors.workshops import settled_of
from mapping.models import RegionMap, TerritorialUnit
from mapping.selectors.records import is_open, reachable_maps


@dataclass(frozen=True, kw_only=True)
class DimensionLine:
    """One dimension: who named it, how it scores, and what it needs. None: too few, or no value."""

    code: str
    name: str
    named: int | None
    team: float | None
    region: float | None
    target: Target


@dataclass(frozen=True, kw_only=True)
class SynthesisPage:
    region_map: RegionMap
    strengths: list[StrengthItem]
    areas: list[AreaOfImprovement]
    units: list[TerritorialUnit]
    lines: list[DimensionLine]
    # Stakeholders who sent their answers; None when they are too few to say more.
    stakeholders: int | None
    fewest: int
    is_open: bool
    may_target: bool
    talks: dict[str, dict[int, int]]
    may_discuss: bool
    # What workshops settled, the newest first.
    settled: list[WorkshopDecision]

    @property
    def decided(self) -> list[tuple[WorkshopDecision, AreaOfImprovement | None]]:
        """Each decision with the area it became, if it did."""
        by_key = {row.pk: row for row in self.areas}
        return [(row, by_key.get(row.became_area)) for row in self.settled]

    @property
    def targets_set(self) -> int:
        return sum(line.target.level is not None for line in self.lines)


def reached_map(*, pk: int, user: Any) -> RegionMap | None:
    maps = reachable_maps(user=user).select_related("region", "exercise__project")
    return maps.filter(pk=pk).first()


def find_item(*, model: Any, pk: int, region_map: RegionMap) -> Any | None:
    return model.objects.filter(region_map=region_map, pk=pk).prefetch_related("units").first()


def target_of(*, region_map: RegionMap, dimension: str) -> Target | None:
    """The needed level of a dimension, stored or not yet; None when there is no such dimension."""
    if dimension not in Dimension.values:
        return None
    stored = Target.objects.filter(region_map=region_map, dimension=dimension).first()
    return stored or Target(region_map=region_map, dimension=dimension)


def synthesis_page(*, region_map: RegionMap, user: Any) -> SynthesisPage:
    """The same number of queries for any number of rows."""
    k = Thresholds.from_overrides(region_map.exercise.thresholds).k_team
    sent = Response.objects.filter(region_map=region_map, group=Group.STAKEHOLDER).submitted()
    total = sent.count()
    return SynthesisPage(
        region_map=region_map,
        strengths=list(StrengthItem.objects.filter(region_map=region_map).prefetch_related("units")),
        areas=list(
            AreaOfImprovement.objects.filter(region_map=region_map)
            .select_related("challenge", "edited_by")
            .prefetch_related("units")
        ),
        units=list(TerritorialUnit.objects.filter(region_map=region_map)),
        lines=dimension_lines(region_map=region_map, named=named_by(sent, k=k), k=k),
        stakeholders=total if total >= k else None,
        fewest=k,
        is_open=is_open(region_map),
        may_target=user.has_perm("governance.change_target", region_map),
        talks=open_about_rows(region_map=region_map, user=user),
        may_discuss=user.has_perm("governance.discuss", region_map),
        settled=settled_of(region_map=region_map, user=user),
    )


def named_by(sent: Any, *, k: int) -> dict[str, int]:
    """How many stakeholders named each dimension as pressing; only where at least k did."""
    rows = (
        PressingArea.objects.filter(response__in=sent)
        .exclude(dimension="")
        .order_by()
        .values("dimension")
        .annotate(people=Count("response", distinct=True))
    )
    return {row["dimension"]: row["people"] for row in rows if row["people"] >= k}


def dimension_lines(*, region_map: RegionMap, named: dict[str, int], k: int) -> list[DimensionLine]:
    """The region's value stands on more than k respondents: the team's own is known and can be taken away."""
    scores = {(row.group, row.code): row for row in team_scores(region_map=region_map)}
    targets = {row.dimension: row for row in Target.objects.filter(region_map=region_map)}

    def mean(group: str, code: str, fewest: int) -> float | None:
        row = scores.get((group, code))
        return row.mean if row is not None and row.n >= fewest else None

    return [
        DimensionLine(
            code=code,
            name=str(name),
            named=named.get(code),
            team=mean(ScoreGroup.TEAM, code, 0),
            region=mean(ScoreGroup.ALL, code, k + 1),
            target=targets.get(code) or Target(region_map=region_map, dimension=code),
        )
        for code, name in Dimension.choices
    ]
