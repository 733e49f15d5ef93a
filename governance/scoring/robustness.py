"""What a region's scores would be without one respondent, or with slightly different weights (B6)."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from governance.scoring.respondents import Draws, Floats, GroupTable, over_groups, over_statements

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
    found = []
    for place, table in enumerate(tables):
        levels, importance = (_without(tables, place, kind) for kind in ("levels", "importance"))
        scores = [over_statements(part, table.dimension, draws.n_dimensions) for part in levels]
        found.append((over_groups(scores), over_groups(levels), over_groups(importance)))
    return _scenarios(tables, draws, found)


def _without(tables: Sequence[GroupTable], place: int, kind: str) -> list[Floats]:
    """Means per statement of every group, those of one group with each of its respondents left out."""
    parts: list[Floats] = [getattr(table, kind).means() for table in tables]
    parts[place] = getattr(tables[place], kind).means_without_each()
    return [np.broadcast_to(part, parts[place].shape) for part in parts]


def changed_weights(tables: Sequence[GroupTable], draws: Draws) -> Scenarios:
    """Scenarios with the weights of groups and of statements drawn from 1 -+ 25 %, by a fixed seed.

    Source: Saisana, Saltelli & Tarantola (2005), Journal of the Royal Statistical Society A 168:307-323.
    """
    if not tables:
        return _scenarios(tables, draws, [])
    chance, t = draws.generator(WEIGHTS), draws.thresholds
    low, high = 1 - t.weight_change, 1 + t.weight_change
    by_group = chance.uniform(low, high, size=(len(tables), t.weight_draws))
    by_statement = chance.uniform(low, high, size=(t.weight_draws, len(tables[0].statements)))
    levels = [np.broadcast_to(table.levels.means(), by_statement.shape) for table in tables]
    importance = [np.broadcast_to(table.importance.means(), by_statement.shape) for table in tables]
    dimension = tables[0].dimension
    scores = [over_statements(part, dimension, draws.n_dimensions, by_statement) for part in levels]
    found = [
        (over_groups(scores, by_group), over_groups(levels, by_group), over_groups(importance, by_group))
    ]
    return _scenarios(tables, draws, found, weights=by_statement)


def _scenarios(
    tables: Sequence[GroupTable],
    draws: Draws,
    found: Sequence[tuple[Floats, Floats, Floats]],
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
