"""The answers of one region as arrays, one table per group: what intervals and robustness draw from."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from governance.scoring.settings import Thresholds
from governance.scoring.statements import GROUPS, AnsweredItem

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Sums and numbers of one kind of rating: respondents x statements.

    A respondent who rates several units with one statement has a number above 1.
    """

    sums: Floats
    counts: Floats

    def means(self, weights: Floats | None = None) -> Floats:
        """Mean per statement (draws x statements) with respondents weighted (draws x respondents).

        NaN where nobody of a draw has a value. Without weights: one draw, everybody once.
        """
        if weights is None:
            return self._of_everybody
        return divide(weights @ self.sums, weights @ self.counts)

    @cached_property
    def _of_everybody(self) -> Floats:
        everybody = np.ones((1, len(self.sums)))
        return divide(everybody @ self.sums, everybody @ self.counts)

    def means_without_each(self) -> Floats:
        """Mean per statement with one respondent left out: respondents x statements."""
        return divide(self.sums.sum(axis=0) - self.sums, self.counts.sum(axis=0) - self.counts)


@dataclass(frozen=True, kw_only=True)
class GroupTable:
    """One group of one region. `dimension`: the place of each statement's dimension."""

    group: str
    statements: tuple[str, ...]
    dimension: Ints
    levels: Answers
    importance: Answers
    invited: int | None

    @property
    def n(self) -> int:
        return len(self.levels.sums)

    def answered(self, dimension: int) -> int:
        """Respondents with a value in the dimension."""
        if dimension not in self._answered:
            given = self.levels.counts[:, self.dimension == dimension] > 0
            self._answered[dimension] = int(given.any(axis=1).sum())
        return self._answered[dimension]

    @cached_property
    def _answered(self) -> dict[int, int]:
        return {}

    def is_census(self, dimension: int) -> bool:
        """Everybody of the group answered. The stakeholders invited are never all stakeholders there are."""
        return self.group != "stakeholder" and self.invited == self.answered(dimension)


@dataclass(frozen=True, kw_only=True)
class Draws:
    """What the draws of a region depend on: nothing but itself, so that no region disturbs another."""

    n_dimensions: int
    seed: int
    region: str
    thresholds: Thresholds

    def generator(self, purpose: int) -> np.random.Generator:
        """Random numbers of one region: the same whether it is computed alone or with others."""
        return np.random.default_rng([self.seed, zlib.crc32(self.region.encode()), purpose])


def divide(above: Floats, below: Floats) -> Floats:
    """above / below, NaN where `below` is not positive."""
    result: Floats = np.full(np.broadcast_shapes(above.shape, below.shape), np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result


def group_tables(
    items: Sequence[AnsweredItem], *, dimensions: Sequence[str], invited: Mapping[str, int]
) -> list[GroupTable]:
    """One table per group with a value; rows are respondents, columns the statements of the region.

    All tables of a region have the same columns, in the order of dimension and code.
    """
    place = {code: index for index, code in enumerate(dimensions)}
    rated = {(item.dimension, item.code) for item in items if item.level is not None}
    columns = sorted((place[dimension], code) for dimension, code in rated if dimension in place)
    codes = tuple(code for _place, code in columns)
    where = {code: index for index, code in enumerate(codes)}
    by_group: dict[str, list[AnsweredItem]] = {group: [] for group in GROUPS}
    for item in items:
        if item.code in where and item.group in by_group:
            by_group[item.group].append(item)
    return [
        GroupTable(
            group=group,
            statements=codes,
            dimension=np.array([index for index, _code in columns], dtype=np.int64),
            levels=_answers([(i.respondent, where[i.code], i.level) for i in mine], people, len(codes)),
            importance=_answers(
                [(i.respondent, where[i.code], i.importance) for i in mine], people, len(codes)
            ),
            invited=invited.get(group),
        )
        for group, mine in by_group.items()
        if (people := sorted({item.respondent for item in mine if item.level is not None}))
    ]


def _answers(ratings: Sequence[tuple[str, int, int | None]], people: Sequence[str], width: int) -> Answers:
    row = {person: index * width for index, person in enumerate(people)}
    given = [
        (row[person] + column, value)
        for person, column, value in ratings
        if value is not None and person in row
    ]
    cells, values = np.array(given, dtype=np.int64).reshape(-1, 2).T
    shape, size = (len(people), width), len(people) * width
    return Answers(
        sums=np.bincount(cells, weights=values, minlength=size).astype(np.float64).reshape(shape),
        counts=np.bincount(cells, minlength=size).astype(np.float64).reshape(shape),
    )


def over_statements(statements: Floats, dimension: Ints, n_dimensions: int) -> Floats:
    """Mean per dimension (draws x dimensions) over the statements there (draws x statements)."""
    known = ~np.isnan(statements)
    belongs = (dimension[:, None] == np.arange(n_dimensions)[None, :]).astype(np.float64)
    return divide(np.where(known, statements, 0.0) @ belongs, known @ belongs)


def over_groups(groups: Sequence[Floats]) -> Floats:
    """Mean over groups (each draws x columns, or 1 x columns) of those present."""
    above, below = np.zeros(1), np.zeros(1)
    for group in groups:
        known = ~np.isnan(group)
        above = above + np.where(known, group, 0.0)
        below = below + known
    return divide(above, below)
