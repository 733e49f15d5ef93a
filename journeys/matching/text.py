"""Similarity of texts in one language: TF-IDF over words or pieces of words (E1), BM25 (E2)."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Tokenizer = Callable[[str], list[str]]

WORD = re.compile(r"\b\w\w+\b")
GAP = re.compile(r"\s\s+")
BLOCK = 1_000  # queries multiplied at once


def words(text: str) -> list[str]:
    """Words of at least two characters, in lower case."""
    return WORD.findall(_normal(text))


def pieces(text: str, shortest: int = 2, longest: int = 4) -> list[str]:
    """Runs of `shortest` to `longest` characters inside words, each word with a blank on both sides.

    They bridge inflected and compound words, and need no list of stop words or endings.
    """
    found = []
    for word in GAP.sub(" ", _normal(text)).split():
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            found += [padded[n : n + size] for n in range(max(1, len(padded) - size + 1))]
            if size >= len(padded):  # a short word is counted once
                break
    return found


def _normal(text: str) -> str:
    # The same letter can be written as one sign or as letter and accent.
    return unicodedata.normalize("NFC", text).lower()


@dataclass(frozen=True, kw_only=True)
class TextIndex:
    """Documents as unit vectors over their own terms. Build it with `tfidf_index`."""

    tokenize: Tokenizer
    terms: dict[str, int]
    idf: Floats
    documents: Any  # sparse, documents x terms

    def vectors(self, texts: Sequence[str]) -> Any:
        """Unit vectors of texts over the terms of the index; a text without any of them is all zero."""
        from scipy.sparse import csr_array  # slow import

        rows, columns, values = [], [], []
        for n, text in enumerate(texts):
            counts = Counter(term for term in self.tokenize(text) if term in self.terms)
            numbers = np.array([self.terms[term] for term in counts], dtype=np.int64)
            weights = (1 + np.log(np.array(list(counts.values()), dtype=float))) * self.idf[numbers]
            length = np.sqrt((weights**2).sum())
            rows += [n] * len(numbers)
            columns += numbers.tolist()
            values += (weights / length if length > 0 else weights).tolist()
        return csr_array((values, (rows, columns)), shape=(len(texts), len(self.terms)))

    def similarity(self, queries: Sequence[str]) -> Floats:
        """Cosine of every query with every document, 0 to 1; 0 when they share no term."""
        cosine: Floats = np.clip((self.vectors(queries) @ self.documents.T).toarray(), 0.0, 1.0)
        return cosine

    def nearest(self, queries: Sequence[str], k: int) -> list[list[tuple[int, float]]]:
        """The k most similar documents per query, best first, ties in the order of the documents.

        Documents that share no term are not listed. Memory is one block of queries by documents.
        """
        vectors = self.vectors(queries)
        found: list[list[tuple[int, float]]] = []
        for start in range(0, len(queries), BLOCK):
            block = (vectors[start : start + BLOCK] @ self.documents.T).toarray()
            found += [_best(row, k) for row in block]
        return found

    def shared_terms(self, query: str, document: int, k: int) -> list[tuple[str, float]]:
        """The terms that make a document similar: `q_t d_t`, largest first; all add up to the cosine."""
        product = (self.vectors([query]) * self.documents[[document]]).tocoo()
        names = {number: term for term, number in self.terms.items()}
        pairs = zip(product.coords[1].tolist(), product.data.tolist(), strict=True)
        return sorted(((names[n], value) for n, value in pairs), key=lambda pair: (-pair[1], pair[0]))[:k]


def tfidf_index(documents: Sequence[str], tokenize: Tokenizer = pieces) -> TextIndex:
    """Index of documents: `tf = 1 + ln f`, `idf = ln((1 + N) / (1 + df)) + 1`, rows of length 1.

    Parameters
    ----------
    documents
        Texts, one or more; an empty one is similar to nothing.
    tokenize
        `words`, or `pieces` (better in every language but English, and the default).

    Returns
    -------
    TextIndex
        Its `similarity` is the cosine, 0 to 1. Always defined: texts without a term in common have 0.

    References
    ----------
    Salton & Buckley (1988), Information Processing & Management 24:513-523; scikit-learn TfidfVectorizer
    (sublinear_tf, smooth_idf).
    """
    frequency = Counter(term for text in documents for term in set(tokenize(text)))
    terms = {term: n for n, term in enumerate(sorted(frequency))}
    df = np.array([frequency[term] for term in terms], dtype=float)
    idf = np.log((1 + len(documents)) / (1 + df)) + 1
    empty = TextIndex(tokenize=tokenize, terms=terms, idf=idf, documents=None)
    return TextIndex(tokenize=tokenize, terms=terms, idf=idf, documents=empty.vectors(documents))


def bm25_scores(
    documents: Sequence[str],
    queries: Sequence[str],
    *,
    k1: float = 1.5,
    b: float = 0.75,
    tokenize: Tokenizer = words,
) -> Floats:
    """BM25 in Lucene's variant: `sum idf f / (f + k1 (1 - b + b len / avglen))`.

    `idf = ln(1 + (N - df + 0.5) / (df + 0.5))`, never negative. A term that a query repeats counts as often.

    Parameters
    ----------
    documents, queries
        Texts; a document or query without terms scores 0.
    k1, b
        Saturation (>= 0) and weight of the length (0 to 1).

    Returns
    -------
    array queries x documents, 0 or more; not comparable between collections. Always defined.

    References
    ----------
    Robertson & Zaragoza (2009), Foundations and Trends in Information Retrieval 3:333-389.
    """
    counts = [Counter(tokenize(text)) for text in documents]
    lengths = np.array([sum(count.values()) for count in counts], dtype=float)
    average = lengths.mean() if lengths.sum() > 0 else 1.0
    penalty = k1 * (1 - b + b * lengths / average)
    postings: dict[str, list[tuple[int, float]]] = {}
    for n, count in enumerate(counts):
        for term, f in count.items():
            postings.setdefault(term, []).append((n, f / (f + penalty[n])))
    scores = np.zeros((len(queries), len(documents)))
    for n, query in enumerate(queries):
        for term in tokenize(query):
            found = postings.get(term, [])
            idf = np.log(1 + (len(documents) - len(found) + 0.5) / (len(found) + 0.5))
            for document, weight in found:
                scores[n, document] += idf * weight
    return scores


def _best(row: Floats, k: int) -> list[tuple[int, float]]:
    shared = np.flatnonzero(row > 0)
    order = shared[np.argsort(-np.round(row[shared], 12), kind="stable")[:k]]
    return [(int(n), min(1.0, float(row[n]))) for n in order]
