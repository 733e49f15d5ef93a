"""Overlap of very many capabilities at once: the numbers of `similarity.code_overlap`, block by block."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mapping.analysis.arrays import Floats, Ints, ratio
from mapping.analysis.similarity import PARTS, CodeTree, list_of


@dataclass(frozen=True, kw_only=True)
class _PartTable:
    """One part (economic ...): similarity of its codes, and the codes of every row, padded with a blank."""

    weight: float
    numbers: dict[str, int]  # code -> index into `similarity`
    similarity: Floats  # (D + 1) x (D + 1); the last row and column are the blank code, alike to nothing
    codes: Ints  # n x K, index into `similarity`
    counts: dict[str, Floats]  # code list -> number of codes per row


class OverlapTable:
    """The codes of n capabilities, ready to be compared block by block.

    Memory is one block of rows x columns, never n x n. A code named twice in a row counts once.

    Parameters
    ----------
    code_sets
        The codes of each capability, with the list in front; codes of unknown lists are passed over.
    tree
        The code lists.
    weights
        Part -> weight.
    """

    def __init__(
        self, code_sets: Sequence[Sequence[str]], *, tree: CodeTree, weights: Mapping[str, float]
    ) -> None:
        self._tables = [
            _part_table(code_sets, lists=PARTS[part], tree=tree, weight=weight)
            for part, weight in weights.items()
        ]

    def block(self, rows: Ints, columns: Ints) -> Floats:
        """Overlap of every row with every column; NaN where no list is coded on both sides."""
        total = np.zeros((len(rows), len(columns)))
        weights = np.zeros_like(total)
        for table in self._tables:
            forward = _best_sums(table, rows, columns)
            backward = _best_sums(table, columns, rows).T
            n_forward = np.zeros_like(total)
            n_backward = np.zeros_like(total)
            for counts in table.counts.values():
                n_forward += np.outer(counts[rows], counts[columns] > 0)
                n_backward += np.outer(counts[rows] > 0, counts[columns])
            _add_part(total, weights, table.weight, (forward, n_forward), (backward, n_backward))
        return ratio(total, weights)

    def similarity_matrix(self, a: Sequence[str], b: Sequence[str]) -> Floats:
        """Similarity of codes of one part, looked up instead of walking the tree again."""
        for table in self._tables:
            if a[0] in table.numbers:
                found: Floats = table.similarity[
                    np.ix_([table.numbers[code] for code in a], [table.numbers[code] for code in b])
                ]
                return found
        raise ValueError(f"codes: {a[0]} belongs to no capability of this table")

    def pairs(self, left: Ints, right: Ints) -> Floats:
        """Overlap of `left[i]` with `right[i]`; NaN where no list is coded on both sides."""
        total = np.zeros(len(left))
        weights = np.zeros_like(total)
        for table in self._tables:
            a, b = table.codes[left], table.codes[right]
            similarity = table.similarity[a[:, :, None], b[:, None, :]]
            n_forward = np.zeros_like(total)
            n_backward = np.zeros_like(total)
            for counts in table.counts.values():
                n_forward += counts[left] * (counts[right] > 0)
                n_backward += counts[right] * (counts[left] > 0)
            forward = similarity.max(axis=2).sum(axis=1)
            backward = similarity.max(axis=1).sum(axis=1)
            _add_part(total, weights, table.weight, (forward, n_forward), (backward, n_backward))
        return ratio(total, weights)


def _part_table(
    code_sets: Sequence[Sequence[str]], *, lists: Sequence[str], tree: CodeTree, weight: float
) -> _PartTable:
    rows = [tuple(dict.fromkeys(c for c in codes if list_of(c) in lists)) for codes in code_sets]
    numbers = {code: n for n, code in enumerate(sorted({code for row in rows for code in row}))}
    names = list(numbers)
    similarity = np.zeros((len(names) + 1, len(names) + 1))
    similarity[:-1, :-1] = tree.similarity_matrix(names, names)
    width = max((len(row) for row in rows), default=0)
    codes = np.full((len(rows), max(width, 1)), len(names), dtype=np.int64)
    for n, row in enumerate(rows):
        codes[n, : len(row)] = [numbers[code] for code in row]
    counts = {
        name: np.array([sum(list_of(code) == name for code in row) for row in rows], dtype=float)
        for name in lists
    }
    return _PartTable(weight=weight, numbers=numbers, similarity=similarity, codes=codes, counts=counts)


def _best_sums(table: _PartTable, rows: Ints, columns: Ints) -> Floats:
    """`sum over codes a of the row of max over codes b of the column of sim(a, b)`, rows x columns."""
    blank = table.similarity.shape[0] - 1
    best = table.similarity[:, table.codes[columns, 0]]
    for slot in range(1, table.codes.shape[1]):
        used = np.flatnonzero(table.codes[columns, slot] != blank)
        if used.size:
            best[:, used] = np.maximum(best[:, used], table.similarity[:, table.codes[columns[used], slot]])
    sums: Floats = best[table.codes[rows, 0]]
    for slot in range(1, table.codes.shape[1]):
        used = np.flatnonzero(table.codes[rows, slot] != blank)
        if used.size:
            sums[used] += best[table.codes[rows[used], slot]]
    return sums


def _add_part(
    total: Floats,
    weights: Floats,
    weight: float,
    forward: tuple[Floats, Floats],
    backward: tuple[Floats, Floats],
) -> None:
    """Add a part's soft overlap, the mean of both directions, where both sides are coded in it."""
    coded = forward[1] > 0
    with np.errstate(invalid="ignore", divide="ignore"):
        soft = (forward[0] / forward[1] + backward[0] / backward[1]) / 2
    total += np.where(coded, weight * soft, 0.0)
    weights += np.where(coded, weight, 0.0)
