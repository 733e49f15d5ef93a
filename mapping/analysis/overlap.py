"""Overlap of very many capabilities at once: the numbers of `similarity.code_overlap`, block by block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import Floats, Ints, ratio
from mapping.analysis.taxonomy import PARTS, SimilarityTable, list_of


@dataclass(frozen=True, kw_only=True)
class _PartColumns:
    """One part (economic ...) of n rows that fall into G groups of equal numbers of codes per list."""

    similarity: Floats  # (D + 1) x (D + 1), the last code is blank
    codes: Ints  # n x K, index into `similarity`, padded with the blank code
    forward: Floats  # G x G: share of one matched code of the row in the overlap
    backward: Floats  # G x G: the same for one matched code of the column


class OverlapTable:
    """The codes of n capabilities, ready to be compared block by block.

    Memory is one block of rows x columns, never n x n. A code named twice in a row counts once.

    Parameters
    ----------
    code_sets
        The codes of each capability, with the list in front; codes of unknown lists are passed over.
    table
        The similarities, of at least these codes.
    weights
        Part -> weight.
    """

    def __init__(
        self, code_sets: Sequence[Sequence[str]], *, table: SimilarityTable, weights: Mapping[str, float]
    ) -> None:
        used = {part: weight for part, weight in weights.items() if weight > 0}
        lists = [name for part in used for name in PARTS[part]]
        sets = [list(dict.fromkeys(codes)) for codes in code_sets]
        counts = [tuple(sum(list_of(code) == name for code in row) for name in lists) for row in sets]
        groups = {count: n for n, count in enumerate(sorted(set(counts)))}
        self._group = np.array([groups[count] for count in counts], dtype=np.int64)
        patterns = np.array(list(groups), dtype=float).reshape(len(groups), len(lists))
        # n_a[g, h]: codes of a row of group g in the lists that a row of group h uses too.
        n_a = {}
        for part in used:
            columns = patterns[:, [lists.index(name) for name in PARTS[part]]]
            n_a[part] = columns @ (columns > 0).T.astype(float)
        total = sum((weight * (n_a[part] > 0) for part, weight in used.items()), np.zeros((len(groups),) * 2))
        # 0 where a list is coded on both sides, NaN (no overlap can be stated) elsewhere.
        self._undefined = np.where(total > 0, 0.0, np.nan)
        self._parts = []
        for part, weight in used.items():
            share = ratio(weight / 2, total, otherwise=0.0)
            self._parts.append(
                _PartColumns(
                    similarity=table.matrices[part],
                    codes=_padded_codes(sets, part, table),
                    forward=share * ratio(1.0, n_a[part], otherwise=0.0),
                    backward=share * ratio(1.0, n_a[part].T, otherwise=0.0),
                )
            )

    def block(self, rows: Ints, columns: Ints) -> Floats:
        """Overlap of every row with every column; NaN where no list is coded on both sides."""
        left, right = self._group[rows], self._group[columns]
        total: Floats = self._undefined[left][:, right]
        for part in self._parts:
            sums = _best_sums(part, rows, columns)
            sums *= part.forward[left][:, right]
            total += sums
            sums = _best_sums(part, columns, rows)
            sums *= part.backward.T[right][:, left]
            total += sums.T
        return total

    def pairs(self, left: Ints, right: Ints) -> Floats:
        """Overlap of `left[i]` with `right[i]`; NaN where no list is coded on both sides."""
        groups = self._group[left], self._group[right]
        total: Floats = self._undefined[groups]
        for part in self._parts:
            a, b = part.codes[left], part.codes[right]
            similarity = part.similarity[a[:, :, None], b[:, None, :]]
            total += similarity.max(axis=2).sum(axis=1) * part.forward[groups]
            total += similarity.max(axis=1).sum(axis=1) * part.backward[groups]
        return total


def _padded_codes(sets: Sequence[Sequence[str]], part: str, table: SimilarityTable) -> Ints:
    rows = [[table.numbers[code] for code in row if list_of(code) in PARTS[part]] for row in sets]
    width = max((len(row) for row in rows), default=0)
    codes = np.full((len(rows), max(width, 1)), len(table.matrices[part]) - 1, dtype=np.int64)
    for n, row in enumerate(rows):
        codes[n, : len(row)] = row
    return codes


def _best_sums(part: _PartColumns, rows: Ints, columns: Ints) -> Floats:
    """`sum over codes a of the row of max over codes b of the column of sim(a, b)`, rows x columns."""
    blank = len(part.similarity) - 1
    codes = part.codes[columns]
    best = part.similarity[codes[:, 0]]
    for slot in range(1, codes.shape[1]):
        used = np.flatnonzero(codes[:, slot] != blank)
        if used.size:
            best[used] = np.maximum(best[used], part.similarity[codes[used, slot]])
    best = np.ascontiguousarray(best.T)
    codes = part.codes[rows]
    sums: Floats = best[codes[:, 0]]
    for slot in range(1, codes.shape[1]):
        used = np.flatnonzero(codes[:, slot] != blank)
        if used.size:
            sums[used] += best[codes[used, slot]]
    return sums
