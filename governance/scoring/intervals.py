"""How sure a region's scores are: respondents drawn anew inside groups (C7), and what order survives (B6)."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from governance.scoring.dimensions import GROUPS, AnsweredItem
from governance.scoring.settings import Thresholds

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class GroupTable:
    """Levels of one group: respondents x statements, NaN where there is no value.

    A respondent who rates several units with one statement counts with the mean over them.
    """

    group: str
    levels: Floats
    dimension: NDArray[np.int64]  # index of each statement's dimension
    is_census: bool


@dataclass(frozen=True, kw_only=True)
class Interval:
    """90 % interval of a mean, levels 1..5; None with a reason (N_TOO_SMALL, CENSUS, NO_DATA)."""

    lower: float | None
    upper: float | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class Draws:
    """What a set of draws depends on: nothing but the region itself, so that regions do not disturb another."""

    n_dimensions: int
    seed: int
    region: str
    thresholds: Thresholds


def group_tables(
    items: Sequence[AnsweredItem], *, dimensions: Sequence[str], invited: dict[str, int]
) -> list[GroupTable]:
    """One table per group that answered anything. All units answered: a census, without sampling error."""
    place = {code: index for index, code in enumerate(dimensions)}
    tables = []
    for group in GROUPS:
        mine = [item for item in items if item.group == group and item.level is not None]
        if not mine:
            continue
        people = sorted({item.respondent for item in mine})
        codes = sorted({(place[item.dimension], item.code) for item in mine})
        row = {person: index for index, person in enumerate(people)}
        column = {code: index for index, (_place, code) in enumerate(codes)}
        total = np.zeros((len(people), len(codes)))
        count = np.zeros_like(total)
        for item in mine:
            assert item.level is not None
            total[row[item.respondent], column[item.code]] += item.level
            count[row[item.respondent], column[item.code]] += 1
        levels = np.where(count > 0, total / np.maximum(count, 1), np.nan)
        tables.append(
            GroupTable(
                group=group,
                levels=levels,
                dimension=np.array([index for index, _code in codes]),
                is_census=group != "stakeholder" and invited.get(group, 0) == len(people),
            )
        )
    return tables


def weighted_levels(table: GroupTable, weights: Floats, n_dimensions: int) -> Floats:
    """Dimension scores (draws x dimensions) of one group with respondents weighted (draws x respondents)."""
    known = ~np.isnan(table.levels)
    values = np.where(known, table.levels, 0.0)
    sums, counts = weights @ values, weights @ known
    statements = np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)
    scores = np.full((len(weights), n_dimensions), np.nan)
    for index in range(n_dimensions):
        mine = statements[:, table.dimension == index]
        there = (~np.isnan(mine)).sum(axis=1)
        total = np.nansum(mine, axis=1)
        scores[:, index] = np.divide(total, there, out=np.full(len(weights), np.nan), where=there > 0)
    return scores


def over_groups(groups: Floats, weights: Floats | None = None) -> Floats:
    """Mean over groups (groups x draws x dimensions) of those present; weights per group and draw."""
    known = ~np.isnan(groups)
    weight = np.ones_like(groups) if weights is None else np.broadcast_to(weights[:, :, None], groups.shape)
    total = (np.where(known, groups, 0.0) * weight).sum(axis=0)
    share = (known * weight).sum(axis=0)
    mean: Floats = np.divide(total, share, out=np.full_like(total, np.nan), where=share > 0)
    return mean


def generator(seed: int, region: str) -> np.random.Generator:
    """Random numbers of one region: the same whether it is computed alone or with others."""
    return np.random.default_rng([seed, zlib.crc32(region.encode())])


def score_intervals(tables: Sequence[GroupTable], draws: Draws) -> list[Interval]:
    """90 % bootstrap interval per dimension, respondents drawn inside groups; clipped to the scale."""
    n_dimensions, thresholds = draws.n_dimensions, draws.thresholds
    if not tables:
        return [Interval(lower=None, upper=None, reason="NO_DATA")] * n_dimensions
    chance = generator(draws.seed, draws.region)
    drawn, counted = [], np.zeros(n_dimensions, dtype=np.int64)
    sampled = np.zeros(n_dimensions, dtype=bool)
    for table in tables:
        people = len(table.levels)
        if table.is_census:
            weights = np.ones((thresholds.interval_draws, people))
        else:
            shares = np.full(people, 1 / people)
            weights = chance.multinomial(people, shares, size=thresholds.interval_draws).astype(np.float64)
        drawn.append(weighted_levels(table, weights, n_dimensions))
        for index in range(n_dimensions):
            answered = int((~np.isnan(table.levels[:, table.dimension == index])).any(axis=1).sum())
            counted[index] += answered
            sampled[index] |= bool(answered) and not table.is_census
    region_draws = over_groups(np.stack(drawn))
    return [
        one_interval(region_draws[:, index], int(counted[index]), bool(sampled[index]), thresholds)
        for index in range(n_dimensions)
    ]


def one_interval(draws: Floats, n: int, sampled: bool, thresholds: Thresholds) -> Interval:
    there = draws[~np.isnan(draws)]
    if not len(there):
        return Interval(lower=None, upper=None, reason="NO_DATA")
    if not sampled:
        return Interval(lower=None, upper=None, reason="CENSUS")
    if n < thresholds.interval_n:
        return Interval(lower=None, upper=None, reason="N_TOO_SMALL")
    lower, upper = np.quantile(there, [0.05, 0.95])
    return Interval(lower=float(np.clip(lower, 1, 5)), upper=float(np.clip(upper, 1, 5)))


def scenarios(tables: Sequence[GroupTable], draws: Draws) -> tuple[Floats, Floats]:
    """Dimension scores if one respondent were left out, and if the groups weighed up to 25 % differently.

    Returns two arrays (scenarios x dimensions), NaN where a dimension has no value in a scenario.
    """
    n_dimensions, thresholds = draws.n_dimensions, draws.thresholds
    if not tables:
        return np.empty((0, n_dimensions)), np.empty((0, n_dimensions))
    whole = [weighted_levels(table, np.ones((1, len(table.levels))), n_dimensions) for table in tables]
    without = []
    for place, table in enumerate(tables):
        people = len(table.levels)
        left_out = weighted_levels(table, np.ones((people, people)) - np.eye(people), n_dimensions)
        groups = [np.broadcast_to(scores, left_out.shape) for scores in whole]
        groups[place] = left_out
        without.append(over_groups(np.stack(groups)))
    chance = generator(draws.seed + 1, draws.region)
    change = thresholds.weight_change
    weights = chance.uniform(1 - change, 1 + change, size=(len(tables), thresholds.weight_draws))
    shape = (thresholds.weight_draws, n_dimensions)
    repeated = np.stack([np.broadcast_to(scores, shape) for scores in whole])
    return np.concatenate(without), over_groups(repeated, weights)
