"""All pairs of capabilities inside one region: judged block by block, keeping only what is reported."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import TIE, Flags, Floats, Ints
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

BLOCK = 512  # rows x columns of one block of doubles: 2 MB, fits the cache
SAMPLE = 100_000  # verdicts on which the noise is measured, at least, when there are more


@dataclass(frozen=True, kw_only=True)
class PairTable:
    """Pairs with a verdict, as arrays of equal length."""

    left: Ints  # in a one-sided need the strong side
    right: Ints
    kind: Kinds
    overlap: Floats
    depth: Depths
    depth_unknown: Flags

    def __len__(self) -> int:
        return len(self.left)

    def take(self, index: Ints | slice) -> "PairTable":
        return PairTable(**{name: values[index] for name, values in vars(self).items()})

    def is_synergy(self) -> Flags:
        return np.isin(self.kind, (COMMON_STRENGTH, COMPLEMENTARITY))

    def is_used(self, thresholds: SynergyThresholds) -> Flags:
        used: Flags = self.depth >= thresholds.depth_used
        return used

    def is_unused(self) -> Flags:
        """No shared space on the topic at all; a shared space of unknown depth is not nothing."""
        unused: Flags = (self.depth == 0) & ~self.depth_unknown
        return unused

    def is_loose(self, thresholds: SynergyThresholds) -> Flags:
        return (self.depth > 0) & ~self.is_used(thresholds) & ~self.depth_unknown


@dataclass(frozen=True, kw_only=True)
class PairSummary:
    """What remains of all pairs of a region.

    best: the strongest of each kind; sample: every so-manieth verdict; has_synergy, has_open, has_used:
    U x U (upper triangle), whether two units have a synergy at all, one unused or loose, one used.
    """

    counts: dict[str, int]
    n_pairs: int
    n_verdicts: int
    best: PairTable
    sample: PairTable
    has_synergy: Flags
    has_open: Flags
    has_used: Flags


def pairs_in_region(
    columns: Columns, overlaps: OverlapTable, spaces: SpaceTable, thresholds: SynergyThresholds
) -> PairSummary:
    """Judge every pair of capabilities of different units of one region.

    Time grows with the square of the number of capabilities; memory does not.
    """
    n_units = int(columns.unit.max(initial=-1)) + 1
    marks = np.zeros((3, n_units, n_units), dtype=bool)
    counts = dict.fromkeys((*KIND_NAMES.values(), *_coordination_counts(None, columns, thresholds)), 0)
    best = sample = _table(columns, spaces, _nothing())
    n_pairs, n_verdicts, stride = 0, 0, 1
    for n_compared, tally, hits in _blocks(columns, overlaps, thresholds):
        n_pairs += n_compared
        found = _table(columns, spaces, hits)
        for name, count in (tally | _coordination_counts(found, columns, thresholds)).items():
            counts[name] += count
        _mark_units(marks, found, columns, thresholds)
        best = strongest(_joined(best, found), columns, thresholds.top_pairs)
        sample = _joined(sample, found.take(np.arange(-n_verdicts % stride, len(found), stride)))
        n_verdicts += len(found)
        while len(sample) > 2 * SAMPLE:
            sample, stride = sample.take(slice(None, None, 2)), stride * 2
    return PairSummary(
        counts=counts,
        n_pairs=n_pairs,
        n_verdicts=n_verdicts,
        best=best,
        sample=sample,
        has_synergy=marks[0],
        has_open=marks[1],
        has_used=marks[2],
    )


def strongest(pairs: PairTable, columns: Columns, top: int) -> PairTable:
    """The `top` pairs of each kind: greatest overlap, then greatest strengths, then order of input."""
    strength = columns.strength[pairs.left] + columns.strength[pairs.right]
    overlap = np.round(pairs.overlap, 9)
    chosen: list[Ints] = [np.zeros(0, dtype=np.int64)]
    for kind in (COMMON_STRENGTH, COMPLEMENTARITY, ONE_SIDED_NEED):
        rows = np.flatnonzero(pairs.kind == kind)
        if len(rows) > top > 0:  # only those that could be among the best are sorted
            rows = rows[overlap[rows] >= np.partition(overlap[rows], -top)[-top]]
        order = np.lexsort((pairs.right[rows], pairs.left[rows], -strength[rows], -overlap[rows]))
        chosen.append(rows[order][:top])
    return pairs.take(np.concatenate(chosen))


_Hits = tuple[Ints, Ints, Kinds, Floats]


def _nothing() -> _Hits:
    empty = np.zeros(0, dtype=np.int64)
    return empty, empty, np.zeros(0, dtype=np.int8), np.zeros(0)


def _blocks(
    columns: Columns, overlaps: OverlapTable, thresholds: SynergyThresholds
) -> Iterator[tuple[int, dict[str, int], _Hits]]:
    """Blocks of the upper triangle: pairs compared, pairs per kind, and the pairs with a verdict."""
    n = len(columns.unit)
    for top in range(0, n, BLOCK):
        rows = np.arange(top, min(top + BLOCK, n))
        for start in range(top, n, BLOCK):
            cols = np.arange(start, min(start + BLOCK, n))
            apart = columns.unit[rows][:, None] != columns.unit[cols][None, :]
            if start == top:
                apart &= rows[:, None] < cols[None, :]
            overlap = overlaps.block(rows, cols)
            # Unrelated pairs have no kind, whatever their strengths; undefined overlaps (NaN) stay in.
            row, col = np.nonzero(apart & ~(overlap < thresholds.overlap_related - TIE))
            left, right, value = rows[row], cols[col], overlap[row, col]
            kinds = pair_kinds(value, columns.at(left), columns.at(right), thresholds)
            compared = int(apart.sum())
            tally = {name: int((kinds == code).sum()) for code, name in KIND_NAMES.items()}
            tally[KIND_NAMES[NONE]] += compared - len(kinds)
            hits = np.flatnonzero(kinds > NONE)
            yield compared, tally, (left[hits], right[hits], kinds[hits], value[hits])


def _table(columns: Columns, spaces: SpaceTable, hits: _Hits) -> PairTable:
    i, j, kind, overlap = hits
    swap = (kind == ONE_SIDED_NEED) & (columns.strength[i] < columns.strength[j])
    i, j = np.where(swap, j, i), np.where(swap, i, j)
    depth, unknown = spaces.deepest((columns.unit[i], columns.unit[j]), (columns.topic[i], columns.topic[j]))
    return PairTable(left=i, right=j, kind=kind, overlap=overlap, depth=depth, depth_unknown=unknown)


def _joined(first: PairTable, second: PairTable) -> PairTable:
    both = vars(second)
    return PairTable(**{name: np.concatenate((values, both[name])) for name, values in vars(first).items()})


def _coordination_counts(found: PairTable | None, columns: Columns, t: SynergyThresholds) -> dict[str, int]:
    """Coordination of the synergies (common strength, complementarity); zeros without pairs."""
    names = ("used", "loose", "unused_synergy", "undecided_coordination", "uncoordinated_overlap")
    if found is None:
        return dict.fromkeys(names, 0)
    synergy, used, unused = found.is_synergy(), found.is_used(t), found.is_unused()
    funded = (columns.funded[found.left] == 1) & (columns.funded[found.right] == 1)
    flags = (
        synergy & used,
        synergy & found.is_loose(t),
        synergy & unused,
        synergy & found.depth_unknown & ~used,
        (found.kind == COMMON_STRENGTH) & unused & funded,
    )
    return {name: int(flag.sum()) for name, flag in zip(names, flags, strict=True)}


def _mark_units(marks: Flags, found: PairTable, columns: Columns, t: SynergyThresholds) -> None:
    left, right = columns.unit[found.left], columns.unit[found.right]
    low, high = np.minimum(left, right), np.maximum(left, right)
    synergy = found.is_synergy()
    for mark, flag in (
        (marks[0], synergy),
        (marks[1], synergy & (found.is_unused() | found.is_loose(t))),
        (marks[2], synergy & found.is_used(t)),
    ):
        mark[low[flag], high[flag]] = True
