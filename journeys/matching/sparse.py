"""Many texts at once as sparse rows: pieces of words and stems, hashed, counted with whole arrays."""

from collections.abc import Mapping, Sequence
from typing import Any
from zlib import crc32

import numpy as np
import numpy.typing as npt

from journeys.matching.concepts import TOKEN, fold

Floats = npt.NDArray[np.float64]
COLUMNS = 1 << 20
STEM, SHORTEST = 6, 4
SPACE = 32
# Odd numbers, one for each place of a piece: pieces of different length or order fall apart.
PRIMES = np.array([2_654_435_761, 2_246_822_519, 3_266_489_917, 668_265_263], dtype=np.uint64)


def piece_counts(texts: Sequence[str], shortest: int = 2, longest: int = 4) -> Any:
    """How often each run of 2 to 4 characters inside words stands in each text: texts x hashes.

    Words have a blank on both sides, as in `pieces`. A hash is shared by two pieces about once in a
    thousand at the sizes met here; that moves a cosine in the third digit.
    """
    from scipy.sparse import csr_array  # slow import

    folded = [f" {' '.join(TOKEN.findall(fold(text)))} " for text in texts]
    lengths = np.array([len(text) for text in folded], dtype=int)
    signs = np.frombuffer("".join(folded).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    row_of = np.repeat(np.arange(len(folded)), lengths)
    found = []
    for size in range(shortest, longest + 1):
        last = len(signs) - size + 1
        if last <= 0:
            continue
        value = np.full(last, size, dtype=np.uint64)
        good = row_of[:last] == row_of[size - 1 :]
        for place in range(size):
            value = value * np.uint64(31) + signs[place : place + last] * PRIMES[place]
            if 0 < place < size - 1:
                good &= signs[place : place + last] != SPACE
        hashed = (value ^ (value >> np.uint64(29))) % np.uint64(COLUMNS)
        found.append(row_of[:last][good] * COLUMNS + hashed[good].astype(np.int64))
    cells, counts = (
        np.unique(np.concatenate(found), return_counts=True) if found else (np.array([], int),) * 2
    )
    return csr_array((counts.astype(float), (cells // COLUMNS, cells % COLUMNS)), shape=(len(texts), COLUMNS))


def stem_counts(texts: Sequence[str]) -> Any:
    """How often each stem stands in each text: the first six letters of words of four or more."""
    from scipy.sparse import csr_array  # slow import

    rows, columns = [], []
    for n, text in enumerate(texts):
        for word in TOKEN.findall(fold(text)):
            if len(word) >= SHORTEST:
                rows.append(n)
                columns.append(crc32(word[:STEM].encode()) % COLUMNS)
    cells = np.array(rows, dtype=int), np.array(columns, dtype=int)
    return csr_array((np.ones(len(rows)), cells), shape=(len(texts), COLUMNS))


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
    """Unit vectors over concepts, `strength (ln((1 + N) / (1 + df)) + 1)`: a rare concept says more."""
    from scipy.sparse import csr_array  # slow import

    names = {key: n for n, key in enumerate(sorted({key for row in strengths for key in row}))}
    cells = [(n, names[key], value) for n, row in enumerate(strengths) for key, value in row.items()]
    shape = (len(strengths), max(1, len(names)))
    if not cells:
        return csr_array(shape, dtype=float)
    n, column, value = (np.array(part) for part in zip(*cells, strict=True))
    rows = csr_array((value.astype(float), (n, column)), shape=shape)
    df = np.bincount(rows.indices, minlength=shape[1])
    rows.data = rows.data * (np.log((1 + shape[0]) / (1 + df)) + 1)[rows.indices]
    return unit_rows(rows)


def narrowed(rows: Any, size: int) -> npt.NDArray[np.float32]:
    """A dense sketch of `size` numbers per row whose products are near those of the rows, wrong by about
    `1 / sqrt(size)`: good enough to choose whom to compare exactly."""
    from scipy.sparse import csr_array  # slow import

    made = rows.tocsr(copy=True)
    column = made.indices.astype(np.uint64) * np.uint64(2_654_435_761)
    made.data = made.data * np.where((column >> np.uint64(17)) & np.uint64(1), 1.0, -1.0)
    narrow = ((column >> np.uint64(5)) % np.uint64(size)).astype(np.int64)
    folded = csr_array(
        (
            made.data.astype(np.float32),
            narrow,
            made.indptr,
        ),
        shape=(rows.shape[0], size),
    )
    folded.sum_duplicates()
    dense: npt.NDArray[np.float32] = folded.toarray()
    return dense


def pair_products(left: Any, right: Any, n: npt.NDArray[Any], m: npt.NDArray[Any]) -> Floats:
    """The products of rows `n` of one with rows `m` of the other, pair by pair."""
    if len(np.unique(n)) > len(np.unique(m)):
        left, right, n, m = right, left, m, n
    found = np.zeros(len(n))
    order = np.argsort(n, kind="stable")
    starts = np.flatnonzero(np.diff(n[order], prepend=-1))
    row = np.zeros(left.shape[1])
    for places in np.split(order, starts[1:]) if len(order) else []:
        begin, end = left.indptr[n[places[0]]], left.indptr[n[places[0]] + 1]
        columns = left.indices[begin:end]
        row[columns] = left.data[begin:end]
        found[places] = right[m[places]] @ row
        row[columns] = 0.0
    return found
