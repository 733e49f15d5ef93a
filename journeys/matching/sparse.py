"""Many texts at once as sparse rows: pieces of words and stems, hashed, counted with whole arrays."""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from journeys.matching.folding import stem

Floats = npt.NDArray[np.float64]
COLUMNS = 1 << 20
SPACE = 32
SIZES = (3, 4)
# Odd numbers, one for each place of a piece: pieces of different length or order fall apart.
PRIMES = np.array([2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263], dtype=np.uint64)


def piece_counts(contents: Sequence[Sequence[str]]) -> Any:
    """How often each run of 3 or 4 characters inside words stands in each text: texts x hashes.

    Words have a blank on both sides, as in `pieces`. Runs of two are not counted: nearly all texts share
    them. A hash is shared by two pieces about once in a thousand at the sizes met here; that moves a cosine
    in the third digit.
    """
    spaced = [f" {' '.join(words)} " for words in contents]
    lengths = np.array([len(text) for text in spaced], dtype=int)
    signs = np.frombuffer("".join(spaced).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    row_of = np.repeat(np.arange(len(spaced)), lengths)
    hashed = np.zeros((len(signs), len(SIZES)), dtype=np.int32)
    good = np.zeros(hashed.shape, dtype=bool)
    for column, size in enumerate(SIZES):
        last = len(signs) - size + 1
        if last > 0:
            hashed[:last, column] = _hashes(signs, size)
            inner = [signs[place : place + last] != SPACE for place in range(1, size - 1)]
            good[:last, column] = (row_of[:last] == row_of[size - 1 :]) & np.logical_and.reduce(inner)
    return _counted(hashed[good], np.bincount(row_of, good.sum(axis=1), len(spaced)))


def _hashes(signs: npt.NDArray[np.uint64], size: int) -> npt.NDArray[np.uint64]:
    last = len(signs) - size + 1
    value = np.full(last, size, dtype=np.uint64)
    for place in range(size):
        value = value * np.uint64(31) + signs[place : place + last] * PRIMES[place]
    mixed: npt.NDArray[np.uint64] = (value ^ (value >> np.uint64(29))) % np.uint64(COLUMNS)
    return mixed


def _counted(columns: npt.NDArray[Any], sizes: npt.NDArray[Any]) -> Any:
    """Counts of columns that come row by row, `sizes` of each."""
    from scipy.sparse import csr_array  # slow import

    starts = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int32)
    ones = np.ones(len(columns))
    rows = csr_array((ones, columns.astype(np.int32), starts), shape=(len(sizes), COLUMNS))
    rows.sum_duplicates()
    return rows


def stem_counts(contents: Sequence[Sequence[str]]) -> Any:
    """How often each stem stands in each text: the first six letters of words of four or more."""
    stems = [[found for word in words if (found := stem(word))] for words in contents]
    columns = [crc32(found.encode()) % COLUMNS for row in stems for found in row]
    return _counted(np.array(columns, dtype=np.int32), np.array([len(row) for row in stems]))


def unit_rows(rows: Any) -> Any:
    """The same rows with length 1; an empty one stays empty."""
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return scaled(rows, 1 / np.where(lengths > 0, lengths, 1.0))


def scaled(rows: Any, factors: Floats) -> Any:
    """Each row times its own number."""
    made = rows.tocsr(copy=True)
    made.data *= np.repeat(factors, np.diff(made.indptr))
    return made


def tfidf_rows(counts: Any) -> Any:
    """Unit vectors, `(1 + ln f) (ln((1 + N) / (1 + df)) + 1)`, as `tfidf_index` has them (E1)."""
    rows = counts.tocsr(copy=True)
    df = np.bincount(rows.indices, minlength=rows.shape[1])
    idf = np.log((1 + rows.shape[0]) / (1 + df)) + 1
    rows.data = (1 + np.log(rows.data)) * idf[rows.indices]
    return unit_rows(rows)


def bm25_rows(counts: Any, k1: float = 1.5, b: float = 0.75) -> tuple[Any, Any]:
    """Documents and queries of the same texts, so that `queries @ documents.T` is a share of the best (E2).

    BM25 as `bm25_scores` has it, divided by the sum of the query's idf: 1 would be a document that is full
    of every term of the query.
    """
    rows = counts.tocsr(copy=True)
    df = np.bincount(rows.indices, minlength=rows.shape[1])
    idf = np.log(1 + (rows.shape[0] - df + 0.5) / (df + 0.5))
    lengths = np.asarray(rows.sum(axis=1)).ravel()
    average = lengths.mean() if lengths.sum() > 0 else 1.0
    penalty = np.repeat(k1 * (1 - b + b * lengths / average), np.diff(rows.indptr))
    documents = rows.copy()
    documents.data = rows.data / (rows.data + penalty)
    queries = rows.copy()
    queries.data = idf[rows.indices]
    whole = np.asarray(queries.sum(axis=1)).ravel()
    return documents, scaled(queries, 1 / np.where(whole > 0, whole, 1.0))


def concept_rows(strengths: Sequence[Mapping[str, float]]) -> Any:
    """Unit vectors over concepts, `strength sqrt(ln((1 + N) / (1 + df)) + 1)`: a rare concept says more.

    The root, because where all ask for the same few things, what they share is what they are about.
    """
    from scipy.sparse import csr_array  # slow import

    names = {key: n for n, key in enumerate(sorted({key for row in strengths for key in row}))}
    cells = [(n, names[key], value) for n, row in enumerate(strengths) for key, value in row.items()]
    shape = (len(strengths), max(1, len(names)))
    if not cells:
        return csr_array(shape, dtype=float)
    n, column, value = (np.array(part) for part in zip(*cells, strict=True))
    rows = csr_array((value.astype(float), (n, column)), shape=shape)
    df = np.bincount(rows.indices, minlength=shape[1])
    rows.data = rows.data * np.sqrt(np.log((1 + shape[0]) / (1 + df)) + 1)[rows.indices]
    return unit_rows(rows)


def narrowed(rows: Any, size: int) -> npt.NDArray[np.float32]:
    """A dense sketch of `size` numbers per row whose products are near those of the rows, wrong by about
    `1 / sqrt(size)`: good enough to choose whom to compare exactly."""
    column = rows.indices.astype(np.uint64) * np.uint64(2_654_435_761)
    signed = rows.data * np.where((column >> np.uint64(17)) & np.uint64(1), 1.0, -1.0)
    narrow = ((column >> np.uint64(5)) % np.uint64(size)).astype(np.int64)
    cells = np.repeat(np.arange(rows.shape[0]) * size, np.diff(rows.indptr)) + narrow
    dense: npt.NDArray[np.float32] = np.bincount(cells, signed, rows.shape[0] * size).astype(np.float32)
    return dense.reshape(rows.shape[0], size)


def shared_only(rows: Any) -> Any:
    """The same products with fewer and nearer numbers: what stands in one row alone meets nothing, and the
    frequent columns come first, so that a row at work stays in the processor's cache."""
    from scipy.sparse import csr_array  # slow import

    df = np.bincount(rows.indices, minlength=rows.shape[1])
    order = np.argsort(-df, kind="stable")
    width = max(1, int((df > 1).sum()))
    place = np.empty(len(df), dtype=np.int32)
    place[order] = np.arange(len(df), dtype=np.int32)
    kept = place[rows.indices] < width
    starts = np.concatenate([[0], np.cumsum(kept)])[rows.indptr].astype(np.int32)
    columns, values = place[rows.indices[kept]], rows.data[kept].astype(np.float32)
    return csr_array((values, columns, starts), shape=(rows.shape[0], width))


def pair_products(left: Any, right: Any, n: npt.NDArray[Any], m: npt.NDArray[Any]) -> Floats:
    """The products of rows `n` of one with rows `m` of the other, pair by pair."""
    if len(np.unique(n)) > len(np.unique(m)):
        left, right, n, m = right, left, m, n
    found = np.zeros(len(n))
    order = np.argsort(n, kind="stable")
    starts = np.flatnonzero(np.diff(n[order], prepend=-1))
    row = np.zeros(left.shape[1], dtype=left.dtype)
    for places in np.split(order, starts[1:]) if len(order) else []:
        begin, end = left.indptr[n[places[0]]], left.indptr[n[places[0]] + 1]
        columns = left.indices[begin:end]
        row[columns] = left.data[begin:end]
        found[places] = right[m[places]] @ row
        row[columns] = 0.0
    return found
