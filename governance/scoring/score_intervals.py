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
    drawn: list[Floats] = []  # one table for all dimensions, and only where one needs it
    found = []
    for index in range(draws.n_dimensions):
        basis = _basis(tables, index, draws.thresholds)
        if basis.reason:
            found.append(Interval(lower=None, upper=None, reason=basis.reason, census=basis.census))
        elif basis.n >= draws.thresholds.t_interval_n:
            found.append(_interval(*_t_ends(basis, index, draws.thresholds), kind="t", census=basis.census))
        else:
            drawn = drawn or [_bootstrap(tables, draws)]
            ends = _percentiles(drawn[0][:, index], draws.thresholds)
            found.append(_interval(*ends, kind="bootstrap", census=basis.census))
    return found


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


@dataclass(frozen=True, kw_only=True)
class _Basis:
    """What an interval of one dimension rests on."""

    present: list[GroupTable]
    sampled: list[GroupTable]
    census: tuple[str, ...]
    n: int
    reason: str


def _basis(tables: Sequence[GroupTable], index: int, thresholds: Thresholds) -> _Basis:
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
    return _Basis(present=present, sampled=sampled, census=census, n=n, reason=reason)


def _interval(lower: float, upper: float, *, kind: str, census: tuple[str, ...]) -> Interval:
    return Interval(
        lower=min(max(lower, LOWEST), HIGHEST),
        upper=min(max(upper, LOWEST), HIGHEST),
        kind=kind,
        census=census,
    )


def _percentiles(drawn: Floats, thresholds: Thresholds) -> tuple[float, float]:
    tail = (1 - thresholds.confidence) / 2
    ends = np.quantile(drawn[~np.isnan(drawn)], [tail, 1 - tail])
    return float(ends[0]), float(ends[1])


def _t_ends(basis: _Basis, index: int, thresholds: Thresholds) -> tuple[float, float]:
    """Both ends of the t interval of a mean over groups, each group a stratum of its own."""
    scores = [
        over_statements(table.levels.means(), table.dimension, index + 1)[0, index] for table in basis.present
    ]
    score = float(np.mean(scores))
    parts = []
    for table in basis.sampled:
        mine = table.dimension == index
        sums, counts = table.levels.sums[:, mine].sum(axis=1), table.levels.counts[:, mine].sum(axis=1)
        means = sums[counts > 0] / counts[counts > 0]
        parts.append((float(means.var(ddof=1)) / len(means), len(means)))
    variance = sum(part for part, _n in parts)
    if variance == 0:
        return score, score
    degrees = variance**2 / sum(part**2 / (n - 1) for part, n in parts)
    half = t_quantile(thresholds.confidence, degrees) * sqrt(variance) / len(basis.present)
    return score - half, score + half
