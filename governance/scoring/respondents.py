"""The answers of one region as arrays, one table per group: what intervals and robustness draw from."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
        used = np.ones((1, len(self.sums))) if weights is None else weights
        return divide(used @ self.sums, used @ self.counts)

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
        return int((self.levels.counts[:, self.dimension == dimension] > 0).any(axis=1).sum())

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
    rated = [item for item in items if item.level is not None and item.dimension in place]
    columns = sorted({(place[item.dimension], item.code) for item in rated})
    codes = tuple(code for _place, code in columns)
    tables = []
    for group in GROUPS:
        mine = [item for item in items if item.group == group and item.code in codes]
        people = sorted({item.respondent for item in mine if item.level is not None})
        if not people:
            continue
        tables.append(
            GroupTable(
                group=group,
                statements=codes,
                dimension=np.array([index for index, _code in columns], dtype=np.int64),
                levels=_answers([(i.respondent, i.code, i.level) for i in mine], people, codes),
                importance=_answers([(i.respondent, i.code, i.importance) for i in mine], people, codes),
                invited=invited.get(group),
            )
        )
    return tables


def _answers(
    ratings: Sequence[tuple[str, str, int | None]], people: Sequence[str], codes: Sequence[str]
) -> Answers:
    row = {person: index for index, person in enumerate(people)}
    column = {code: index for index, code in enumerate(codes)}
    sums, counts = np.zeros((len(people), len(codes))), np.zeros((len(people), len(codes)))
    for person, code, value in ratings:
        if value is not None and person in row:
            sums[row[person], column[code]] += value
            counts[row[person], column[code]] += 1
    return Answers(sums=sums, counts=counts)


def over_statements(
    statements: Floats, dimension: Ints, n_dimensions: int, weights: Floats | None = None
) -> Floats:
    """Mean per dimension (draws x dimensions) over the statements there (draws x statements), weighted."""
    known = ~np.isnan(statements)
    weight = known if weights is None else known * weights
    filled = np.where(known, statements, 0.0) * weight
    belongs = (dimension[:, None] == np.arange(n_dimensions)[None, :]).astype(np.float64)
    return divide(filled @ belongs, weight @ belongs)


def over_groups(groups: Sequence[Floats], weights: Floats | None = None) -> Floats:
    """Mean over groups (each draws x columns) of those present; weights: groups x draws."""
    shape = np.broadcast_shapes(*(group.shape for group in groups))
    stacked = np.stack([np.broadcast_to(group, shape) for group in groups])
    known = ~np.isnan(stacked)
    weight = known if weights is None else known * weights[:, :, None]
    return divide((np.where(known, stacked, 0.0) * weight).sum(axis=0), weight.sum(axis=0).astype(np.float64))
