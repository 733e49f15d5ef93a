"""90 % interval of a region's score in each dimension, respondents drawn inside their groups (C7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

from governance.scoring.intervals import t_quantile
from governance.scoring.respondents import Draws, Floats, GroupTable, over_groups, over_statements
from governance.scoring.settings import HIGHEST, LOWEST, Thresholds


@dataclass(frozen=True, kw_only=True)
class Interval:
    """Interval of a mean in levels 1..5; None with a reason (N_TOO_SMALL, CENSUS, NO_DATA).

    kind: bootstrap (5 to 29 respondents) or t (30 and more). census: groups of which everybody answered;
    they add no sampling error.
    """

    lower: float | None
    upper: float | None
    reason: str = ""
    kind: str = ""
    census: tuple[str, ...] = ()


def score_intervals(tables: Sequence[GroupTable], draws: Draws) -> list[Interval]:
    """Interval of the region's score per dimension, clipped to the scale.

    From 5 respondents: percentiles of 2,000 bootstrap scores, each drawing the respondents of every group
    anew. From 30: score -+ t se with the groups as strata, `se^2 = sum s_g^2 / n_g / G^2` and the degrees of
    freedom of Welch and Satterthwaite. A group of which everybody answered is not drawn: it is no sample.

    Undefined: NO_DATA; N_TOO_SMALL below 5 respondents or when a drawn group has one only (its spread is
    unknown); CENSUS when no group was drawn.
    """
    if not tables:
        return [Interval(lower=None, upper=None, reason="NO_DATA")] * draws.n_dimensions
    drawn = _bootstrap(tables, draws)
    return [
        _interval(tables, index, drawn[:, index], draws.thresholds) for index in range(draws.n_dimensions)
    ]


def _bootstrap(tables: Sequence[GroupTable], draws: Draws) -> Floats:
    """Region scores (draws x dimensions)."""
    groups = []
    for place, table in enumerate(tables):
        chance = draws.generator(place)
        census = np.array([table.is_census(index) for index in range(draws.n_dimensions)])
        shares = np.full(table.n, 1 / table.n)
        weights = chance.multinomial(table.n, shares, size=draws.thresholds.interval_draws)
        drawn, fixed = (
            over_statements(means, table.dimension, draws.n_dimensions)
            for means in (table.levels.means(weights.astype(np.float64)), table.levels.means())
        )
        groups.append(np.where(census, fixed, drawn))
    return over_groups(groups)


def _interval(tables: Sequence[GroupTable], index: int, drawn: Floats, thresholds: Thresholds) -> Interval:
    present = [table for table in tables if table.answered(index)]
    census = tuple(table.group for table in present if table.is_census(index))
    sampled = [table for table in present if table.group not in census]
    n = sum(table.answered(index) for table in present)
    reason = ""
    if not present:
        reason = "NO_DATA"
    elif not sampled:
        reason = "CENSUS"
    elif n < thresholds.interval_n or min(table.answered(index) for table in sampled) < 2:
        reason = "N_TOO_SMALL"
    if reason:
        return Interval(lower=None, upper=None, reason=reason, census=census)
    if n >= thresholds.t_interval_n:
        lower, upper, kind = *_t_ends(present, sampled, index, thresholds), "t"
    else:
        tail = (1 - thresholds.confidence) / 2
        ends = np.quantile(drawn[~np.isnan(drawn)], [tail, 1 - tail])
        lower, upper, kind = float(ends[0]), float(ends[1]), "bootstrap"
    return Interval(
        lower=min(max(lower, LOWEST), HIGHEST),
        upper=min(max(upper, LOWEST), HIGHEST),
        kind=kind,
        census=census,
    )


def _t_ends(
    present: Sequence[GroupTable], sampled: Sequence[GroupTable], index: int, thresholds: Thresholds
) -> tuple[float, float]:
    """Both ends of the t interval of a mean over groups, each group a stratum of its own."""
    scores = [
        over_statements(table.levels.means(), table.dimension, index + 1)[0, index] for table in present
    ]
    score = float(np.mean(scores))
    parts = []
    for table in sampled:
        mine = table.dimension == index
        sums, counts = table.levels.sums[:, mine], table.levels.counts[:, mine]
        means = sums.sum(axis=1)[counts.any(axis=1)] / counts.sum(axis=1)[counts.any(axis=1)]
        parts.append((float(means.var(ddof=1)) / len(means), len(means)))
    variance = sum(part for part, _n in parts)
    if variance == 0:
        return score, score
    degrees = variance**2 / sum(part**2 / (n - 1) for part, n in parts)
    half = t_quantile(thresholds.confidence, degrees) * sqrt(variance) / len(present)
    return score - half, score + half
