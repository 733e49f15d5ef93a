"""What a region's scores would be without one respondent, or with slightly different weights (B6)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from governance.scoring.respondents import (
    Draws,
    Floats,
    GroupTable,
    divide,
    over_groups,
    over_statements,
)

KINDS = ("levels", "importance")
WEIGHTS = 100  # the stream of random numbers; groups have theirs from 0


@dataclass(frozen=True, kw_only=True)
class Scenarios:
    """Scores of one region in scenarios: scenarios x dimensions, and scenarios x statements.

    NaN where a dimension or statement has no value in a scenario. `weights`: the weight of each statement
    in each scenario (1 unless weights are what is changed).
    """

    statements: tuple[str, ...]
    dimensions: Floats
    levels: Floats
    importance: Floats
    weights: Floats


def leave_one_out(tables: Sequence[GroupTable], draws: Draws) -> Scenarios:
    """One scenario per respondent of any group: the scores without that respondent.

    A group of one disappears with its respondent; the others then make up the region's score.
    """
    if not tables:
        return _scenarios(tables, draws, [])
    levels, importance = ([getattr(table, kind).means() for table in tables] for kind in KINDS)
    dimension, n = tables[0].dimension, draws.n_dimensions
    scores = [over_statements(part, dimension, n) for part in levels]
    found = []
    for place, table in enumerate(tables):
        mine, rated = (getattr(table, kind).means_without_each() for kind in KINDS)
        parts = (scores, over_statements(mine, dimension, n)), (levels, mine), (importance, rated)
        found.append(tuple(over_groups([*whole[:place], own, *whole[place + 1 :]]) for whole, own in parts))
    return _scenarios(tables, draws, found)


def changed_weights(tables: Sequence[GroupTable], draws: Draws) -> Scenarios:
    """Scenarios with the weights of groups and of statements drawn from 1 -+ 25 %, by a fixed seed.

    Source: Saisana, Saltelli & Tarantola (2005), Journal of the Royal Statistical Society A 168:307-323.
    """
    if not tables:
        return _scenarios(tables, draws, [])
    chance, t = draws.generator(WEIGHTS), draws.thresholds
    low, high = 1 - t.weight_change, 1 + t.weight_change
    by_group = chance.uniform(low, high, size=(len(tables), t.weight_draws)).T
    by_statement = chance.uniform(low, high, size=(t.weight_draws, len(tables[0].statements)))
    levels, importance = (
        np.concatenate([getattr(table, kind).means() for table in tables])
        for kind in ("levels", "importance")
    )
    belongs = tables[0].dimension[:, None] == np.arange(draws.n_dimensions)[None, :]
    above = below = np.zeros((t.weight_draws, draws.n_dimensions))
    for place, means in enumerate(levels):
        known = ~np.isnan(means)[:, None] & belongs
        scores = divide(
            by_statement @ np.where(known, np.nan_to_num(means, nan=0.0)[:, None], 0.0),
            by_statement @ known.astype(np.float64),
        )
        weight = by_group[:, place, None]
        above = above + np.nan_to_num(scores, nan=0.0) * weight
        below = below + ~np.isnan(scores) * weight
    found = [(divide(above, below), _weighted(levels, by_group), _weighted(importance, by_group))]
    return _scenarios(tables, draws, found, weights=by_statement)


def _weighted(groups: Floats, weights: Floats) -> Floats:
    """Means over groups (groups x columns) of those present, once per row of weights (draws x groups)."""
    return divide(weights @ np.nan_to_num(groups, nan=0.0), weights @ (~np.isnan(groups)).astype(np.float64))


def _scenarios(
    tables: Sequence[GroupTable],
    draws: Draws,
    found: Sequence[tuple[Floats, ...]],
    *,
    weights: Floats | None = None,
) -> Scenarios:
    codes = tables[0].statements if tables else ()
    if not found:
        nothing = np.empty((0, 0))
        return Scenarios(
            statements=codes,
            dimensions=np.empty((0, draws.n_dimensions)),
            levels=nothing,
            importance=nothing,
            weights=nothing,
        )
    dimensions, levels, importance = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Scenarios(
        statements=codes,
        dimensions=dimensions,
        levels=levels,
        importance=importance,
        weights=np.ones_like(levels) if weights is None else weights,
    )
