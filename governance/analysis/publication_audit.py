"""Does what is published keep its secrets? The range of every withheld score, by linear programming (C9)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from governance.analysis.publication import SUPPRESSED, at_least_ten
from governance.analysis.rounding import GIVE
from governance.analysis.score_table import OTHERS, TEAM, Cell, Json, Table
from governance.analysis.whole_reader import Pooled, pooled_lines
from governance.scoring.bounds import ranges_by_program
from governance.scoring.protection import known_from
from governance.scoring.settings import Thresholds
from governance.scoring.statements import ALL
from governance.scoring.whole_answers import stands_for


@dataclass(frozen=True, kw_only=True)
class Exposed:
    """A withheld score that a reader can place within less than the rule allows, in levels."""

    region: str
    code: str
    group: str
    n: int
    lower: float
    upper: float


@dataclass(frozen=True, kw_only=True)
class RegionAudit:
    """cells: scores that exist; shown: those a reader sees; withheld: those that rest on too few."""

    region: str
    cells: int
    shown: int
    withheld: int
    narrowest: float | None  # levels, over the withheld ones
    exposed: tuple[Exposed, ...]


def published_values(region: Json) -> dict[Cell, float]:
    """Every score that a published part of a region gives, wherever it stands in it."""
    found: dict[Cell, float | None] = {(ALL, ALL): region["overall"]}
    found |= {(row["code"], row["group"]): row["mean"] for row in region["scores"] if row["unit"] is None}
    found |= {(row["code"], ALL): row["score"] for row in region["dimensions"]}
    found |= {(row["code"], ALL): row["level"] for row in region["work"]}
    found |= {(row["code"], row["other"]): row["value"] for row in region["perception"]}
    return {key: value for key, value in found.items() if value is not None}


def published_importance(region: Json) -> dict[Cell, float]:
    """Every importance that a published part of a region gives."""
    found = {
        (row["code"], row["group"]): row["importance"] for row in region["scores"] if row["unit"] is None
    }
    found |= {(row["code"], ALL): row["importance"] for row in (*region["dimensions"], *region["work"])}
    return {key: value for key, value in found.items() if value is not None}


def tells_more(after: Json, before: Json) -> bool:
    """Whether a published part of a region, beside one made of the same answers, is one equation more.

    Read by other rules, such as another least coverage, the same answers give other totals: where a score is
    withheld, the difference of two totals may be that score.
    """
    parts = (after, before)
    if not any(row["reason"] == SUPPRESSED for part in parts for row in part["scores"]):
        return False
    new, known = (
        published_values(part)
        | {
            (row["code"], row["group"], "importance"): row["importance"]
            for row in part["scores"]
            if row["unit"] is None and row["importance"] is not None
        }
        for part in parts
    )
    return any(key not in known or abs(known[key] - value) > 1e-9 for key, value in new.items())


def audit_region(
    raw: Json,
    shown: Mapping[Cell, float],
    *,
    thresholds: Thresholds,
    dimensions: Collection[str],
    spreads: Collection[Json] = (),
    importance: Mapping[Cell, float] | None = None,
) -> RegionAudit:
    """Bounds of every score of a region that rests on too few, from everything that is shown.

    Parameters
    ----------
    raw
        The region's part of the result before anything was withheld.
    shown
        What readers see, as from `published_values`; the team's answers are added, since they are public.
    spreads
        The distributions they see: `agreement` of the published part.
    importance
        The importances they see, as from `published_importance`.

    Returns
    -------
    RegionAudit
        A score is exposed when it is shown, or when its range (two programs over all means and totals, and
        over whole answers) is narrower than `thresholds.uncertainty`.
    """
    table = Table(raw, dimensions=dimensions)
    people = table.respondents()
    # A region's score made of the team's answers alone says what is public anyway.
    told = known_from(people, totals=table.totals, public={key for key in people if key[1] == TEAM})
    alike = table.unanimous(at_least_ten(thresholds))
    small = sorted(
        key
        for key, n in people.items()
        if key in alike or (0 < n < thresholds.k_public and key[1] in (*OTHERS, ALL) and key not in told)
    )
    pooled = pooled_lines(table, spreads)
    levels = _ranges(table, shown, small=small, pooled=pooled)
    groups = [key for key in small if key[1] in OTHERS]
    rated = _ranges(table, importance, small=groups, name="importance") if importance else {}
    exposed = [
        Exposed(region=raw["region"], code=key[0], group=key[1], n=people[key], lower=low, upper=high)
        for ranges in (levels, rated)
        for key, (low, high) in sorted(ranges.items())
        if high - low < thresholds.uncertainty - 1e-6
    ]
    return RegionAudit(
        region=raw["region"],
        cells=len(table.values()),
        shown=len({key for key in table.values() if key in shown or key[1] == TEAM}),
        withheld=len(small),
        narrowest=min((high - low for low, high in levels.values()), default=None),
        exposed=tuple(exposed),
    )


def _ranges(
    table: Table,
    shown: Mapping[Cell, float],
    *,
    small: Collection[Cell],
    name: str = "mean",
    pooled: Pooled = ({}, {}),
) -> dict[Cell, tuple[float, float]]:
    """What readers can say of each small score, who know the team's answers exactly and others rounded."""
    values = table.values(name)
    seen = {key: value for key, value in shown.items() if key in values}
    rounded = {}
    for key in [key for key in seen if key[1] != TEAM]:
        low, high = stands_for(seen[key], give=GIVE, value=values[key])
        seen[key], rounded[key] = (low + high) / 2, (high - low) / 2
    seen |= {key: value for key, value in values.items() if key[1] == TEAM}
    wanted = [key for key in small if key in values]
    found = ranges_by_program(
        values | pooled[0],
        seen | pooled[0],
        totals=table.totals | pooled[1],
        wanted=wanted,
        rounded=rounded,
        answers=table.answers(name),
    )
    return found | {key: (seen[key], seen[key]) for key in wanted if key in seen}
