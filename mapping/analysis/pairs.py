"""All pairs of capabilities inside one region: block by block, keeping every verdict as arrays."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import Flags, Floats, Ints
from mapping.analysis.coordination import Depths, SpaceTable
from mapping.analysis.overlap import OverlapTable
from mapping.analysis.synergy_inputs import SynergyThresholds
from mapping.analysis.verdicts import (
    COMMON_STRENGTH,
    COMPLEMENTARITY,
    KIND_NAMES,
    NONE,
    ONE_SIDED_NEED,
    Columns,
    Kinds,
    pair_kinds,
)

NO_PAIR = -128  # the two are one, or of one unit, or already met the other way round
BLOCK = 512  # rows x columns of one block of doubles: 2 MB, fits the cache


@dataclass(frozen=True, kw_only=True)
class PairTable:
    """The pairs with a verdict, as arrays of equal length, and the counts of all pairs per kind."""

    left: Ints  # in a one-sided need the strong side
    right: Ints
    kind: Kinds
    overlap: Floats
    depth: Depths
    depth_unknown: Flags
    counts: dict[str, int]
    n_pairs: int

    def take(self, index: Ints) -> "PairTable":
        return PairTable(
            left=self.left[index],
            right=self.right[index],
            kind=self.kind[index],
            overlap=self.overlap[index],
            depth=self.depth[index],
            depth_unknown=self.depth_unknown[index],
            counts=self.counts,
            n_pairs=self.n_pairs,
        )

    def is_synergy(self) -> Flags:
        return np.isin(self.kind, (COMMON_STRENGTH, COMPLEMENTARITY))

    def is_common(self) -> Flags:
        common: Flags = self.kind == COMMON_STRENGTH
        return common

    def is_used(self, thresholds: SynergyThresholds) -> Flags:
        used: Flags = self.depth >= thresholds.depth_used
        return used

    def is_unused(self) -> Flags:
        """No shared space on the topic at all; a shared space of unknown depth is not nothing."""
        unused: Flags = (self.depth == 0) & ~self.depth_unknown
        return unused

    def is_loose(self, thresholds: SynergyThresholds) -> Flags:
        return (self.depth > 0) & ~self.is_used(thresholds) & ~self.depth_unknown

    def is_undecided(self, thresholds: SynergyThresholds) -> Flags:
        return self.depth_unknown & ~self.is_used(thresholds)


def pairs_in_region(
    columns: Columns, table: OverlapTable, spaces: SpaceTable, thresholds: SynergyThresholds
) -> PairTable:
    """Judge every pair of capabilities of different units of one region.

    Time grows with the square of the number of capabilities, memory with the number of verdicts.
    """
    found: list[tuple[Ints, Ints, Kinds, Floats]] = []
    tally = np.zeros(256, dtype=np.int64)
    for rows, cols, overlap, kinds in _blocks(columns, table, thresholds):
        tally += np.bincount(kinds.ravel().view(np.uint8), minlength=256)
        row, col = np.nonzero(kinds > NONE)
        found.append((rows[row], cols[col], kinds[row, col], overlap[row, col]))
    tally[np.int8(NO_PAIR).view(np.uint8)] = 0
    counts = {name: int(tally[np.int8(code).view(np.uint8)]) for code, name in KIND_NAMES.items()}
    if found:
        i, j, kind, overlap = (np.concatenate(column) for column in zip(*found, strict=True))
    else:
        i = j = np.zeros(0, dtype=np.int64)
        kind, overlap = np.zeros(0, dtype=np.int8), np.zeros(0)
    swap = (kind == ONE_SIDED_NEED) & (columns.strength[i] < columns.strength[j])
    i, j = np.where(swap, j, i), np.where(swap, i, j)
    depth, unknown = spaces.deepest((columns.unit[i], columns.unit[j]), (columns.topic[i], columns.topic[j]))
    return PairTable(
        left=i,
        right=j,
        kind=kind,
        overlap=overlap,
        depth=depth,
        depth_unknown=unknown,
        counts=counts,
        n_pairs=int(tally.sum()),
    )


def strongest(pairs: PairTable, columns: Columns, top: int) -> PairTable:
    """The `top` pairs of each kind: greatest overlap, then greatest strengths, then order of input."""
    strength = columns.strength[pairs.left] + columns.strength[pairs.right]
    order = np.lexsort((pairs.right, pairs.left, -strength, -np.round(pairs.overlap, 9), pairs.kind))
    kinds = pairs.kind[order]
    first = np.searchsorted(kinds, kinds, side="left")
    return pairs.take(order[np.arange(len(order)) - first < top])


def _blocks(
    columns: Columns, table: OverlapTable, thresholds: SynergyThresholds
) -> Iterator[tuple[Ints, Ints, Floats, Kinds]]:
    """Blocks of the upper triangle: rows, columns, overlap and kinds, `NO_PAIR` inside one unit."""
    n = len(columns.unit)
    for top in range(0, n, BLOCK):
        rows = np.arange(top, min(top + BLOCK, n))
        for start in range(top, n, BLOCK):
            cols = np.arange(start, min(start + BLOCK, n))
            overlap = table.block(rows, cols)
            kinds = pair_kinds(overlap, columns.at(rows[:, None]), columns.at(cols[None, :]), thresholds)
            apart = columns.unit[rows][:, None] != columns.unit[cols][None, :]
            kinds[~(apart & (rows[:, None] < cols[None, :]))] = NO_PAIR
            yield rows, cols, overlap, kinds
