"""Needs beside offers: who may meet at all, how well they fit, in parts that add up to the score."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from journeys.matching.concepts import Vocabulary, fold
from journeys.matching.corpus import Corpus, Said, count_texts
from journeys.matching.sparse import bm25_rows, concept_rows, narrowed, pair_products, tfidf_rows, unit_rows

METHOD_VERSION = "1"
BLOCK = 500  # needs looked at at once
SMALL = 50_000  # so many pairs are compared exactly
SKETCH = 512
MOST = 0.99  # only the same text is a sure match
LEAST = 0.10  # a pair below is not listed
STAGES = ("research", "skills", "supply", "production", "services", "demand")
MATURITIES = ("idea", "prototype", "tested", "market")
PARTS = ("concepts", "words", "regions", "stage", "maturity")

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
# Texts and their languages in, one row of numbers per text out: a model an operator plugs in.
Model = Callable[[Sequence[str], Sequence[str]], Any]


@dataclass(frozen=True, kw_only=True)
class Posting:
    """A need or an offer as it is compared. Empty: not said. `reach`: region, country or europe."""

    key: int
    kind: str
    organisation: str
    region: str
    country: str
    text: str
    language: str = ""
    codes: tuple[str, ...] = ()
    reach: str = "europe"
    stage: str = ""
    maturity: str = ""
    is_open: bool = True


@dataclass(frozen=True, kw_only=True)
class MatchWeights:
    """What each part counts. They add up to 1; these numbers are this product's own, set on judged texts.

    A cosine of `full_words` counts as full between two languages, of `full_within` in one: two texts that
    say the same in their own words seldom share more. `meaning` is what a plugged-in model takes from
    concepts and words, half from each.
    """

    concepts: float = 0.40
    words: float = 0.40
    regions: float = 0.08
    stage: float = 0.08
    maturity: float = 0.04
    full_words: float = 0.25  # across languages
    full_within: float = 0.40
    full_bm25: float = 0.40
    pieces: float = 0.70  # share of the pieces in the words; the rest is BM25
    meaning: float = 0.30


@dataclass(frozen=True, kw_only=True)
class Fit:
    """A pair: `parts` add up to `score`; `filters` name what keeps them apart, whatever the score."""

    need: int
    offer: int
    score: float
    parts: Mapping[str, float]
    filters: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MatchIndex:
    """Postings ready to be compared. Build it once, ask it often.

    score = sum of parts, each `w x` with `x` from 0 to 1:

    * concepts (0.40): cosine over concepts of the code lists, with what stands above them
    * words (0.40): `0.7 min(1, cosine / 0.4) + 0.3 min(1, BM25 share / 0.4)`, the cosine over pieces of 2
      to 4 letters (E1), BM25 over stems (E2). BM25 is asked within a language only; across languages the
      pieces stand alone, `min(1, cosine / 0.25)`, by names and words that travel
    * regions (0.08): complementarity of the two regions in the last published run
    * stage (0.08): 1 the same place in the value chain, 0.5 the next one
    * maturity (0.04): 1 when the offer is as mature as the need asks, 0.5 when one step is missing

    What one side does not say adds nothing, and `what would raise it` says so. An empty text meets nobody.
    `links[(a, b)]`: what region a has that region b lacks, 0 to 1.

    References
    ----------
    Cosine: Salton & Buckley (1988), Information Processing & Management 24:513-523. BM25: Robertson &
    Zaragoza (2009), Foundations and Trends in Information Retrieval 3:333-389. Weights are our own.
    """

    postings: Sequence[Posting]
    vocabulary: Vocabulary
    links: Mapping[tuple[str, str], float] = field(default_factory=dict)
    weights: MatchWeights = field(default_factory=MatchWeights)
    model: Model | None = None
    known: Corpus | None = None

    @cached_property
    def corpus(self) -> Corpus:
        said = [Said(text=p.text, language=p.language, codes=p.codes) for p in self.postings]
        return count_texts(said, vocabulary=self.vocabulary, known=self.known)

    @cached_property
    def _concepts(self) -> Any:
        return concept_rows(self.corpus.concepts)

    @cached_property
    def _pieces(self) -> Any:
        return tfidf_rows(self.corpus.pieces)

    @cached_property
    def _bm25(self) -> tuple[Any, Any]:
        return bm25_rows(self.corpus.stems)

    @cached_property
    def _meaning(self) -> Any:
        texts = [post.text for post in self.postings]
        return _vectors(self.model, texts, [post.language for post in self.postings])

    @cached_property
    def _place(self) -> dict[int, int]:
        return {post.key: n for n, post in enumerate(self.postings)}

    @cached_property
    def _columns(self) -> dict[str, npt.NDArray[Any]]:
        names = ("kind", "region", "reach", "language", "is_open")
        columns = {name: np.array([getattr(post, name) for post in self.postings]) for name in names}
        # Numbers compare faster than texts.
        for name in ("organisation", "region", "country"):
            values = [getattr(post, name) for post in self.postings]
            numbers = {value: n for n, value in enumerate(dict.fromkeys(values))}
            columns[f"{name}_number"] = np.array([numbers[value] for value in values])
        for name, order in (("stage", STAGES), ("maturity", MATURITIES)):
            known = {value: n for n, value in enumerate(order)}
            columns[name] = np.array([known.get(getattr(post, name), -1) for post in self.postings])
        columns["said"] = np.array(self.corpus.has_words, dtype=bool)
        return columns

    def best(self, *, k: int = 20, of: Iterable[int] | None = None) -> list[Fit]:
        """The k best of every posting, each pair once, best first; ties by key.

        Parameters
        ----------
        of
            Keys of the postings that ask; all when None. Their partners may be any others.

        Notes
        -----
        Where more than 50,000 pairs could be, a sketch first chooses 2 k candidates of each posting, and
        these are compared exactly.
        """
        if not self.postings:
            return []
        kind = self._columns["kind"]
        needs, offers = np.flatnonzero(kind == "need"), np.flatnonzero(kind == "offer")
        if of is None:
            pairs = self._candidates(needs, offers, 2 * k)
        else:
            asked = np.array(sorted({self._place[key] for key in of if key in self._place}), dtype=int)
            pairs = np.unique(
                np.concatenate(
                    [
                        self._candidates(np.intersect1d(needs, asked), offers, 2 * k),
                        self._candidates(needs, np.intersect1d(offers, asked), 2 * k),
                    ]
                ),
                axis=0,
            )
        parts = self._parts(pairs[:, 0], pairs[:, 1])
        score = np.round(sum(parts.values(), np.zeros(len(pairs))), 9)
        shown = (score >= LEAST) & (parts["concepts"] + parts["words"] + parts.get("meaning", 0.0) > 0)
        wanted = np.zeros(len(pairs), dtype=bool)
        for own, other in ((0, 1), (1, 0)):
            first = _first(pairs[:, own], pairs[:, other], np.where(shown, score, -1.0), k)
            wanted |= first if of is None else first & np.isin(pairs[:, own], asked)
        found = [
            self._fit(pairs[n, 0], pairs[n, 1], {name: value[n] for name, value in parts.items()})
            for n in np.flatnonzero(wanted & shown)
        ]
        return sorted(found, key=lambda fit: (-round(fit.score, 9), fit.need, fit.offer))

    def pair(self, need: int, offer: int) -> Fit:
        """One pair as it is, listed or not, with the names of the filters that keep it apart."""
        rows, columns = np.array([self._place[need]]), np.array([self._place[offer]])
        parts = self._parts(rows, columns)
        filters = tuple(name for name, apart in self._filters(rows, columns).items() if apart[0])
        return self._fit(rows[0], columns[0], {name: value[0] for name, value in parts.items()}, filters)

    def _fit(self, need: int, offer: int, parts: Mapping[str, float], filters: tuple[str, ...] = ()) -> Fit:
        values = {name: float(value) for name, value in parts.items()}
        score = sum(values.values())
        if score > MOST and fold(self.postings[need].text) != fold(self.postings[offer].text):
            values = {name: value * MOST / score for name, value in values.items()}
        return Fit(
            need=self.postings[need].key,
            offer=self.postings[offer].key,
            score=min(1.0, sum(values.values())),
            parts=values,
            filters=filters,
        )

    def _candidates(self, needs: Places, offers: Places, k: int) -> Places:
        """Pairs to be compared, by place: all that may meet, or of very many the k likeliest of each."""
        if len(needs) * len(offers) > SMALL:
            found = []
            for start in range(0, len(needs), BLOCK):
                rows = needs[start : start + BLOCK]
                rough = self._rough(rows, offers)
                i, j = _top(rough, k)
                m, other = _top(rough.T, k)
                found.append(
                    np.stack([rows[np.concatenate([i, other])], offers[np.concatenate([j, m])]], axis=1)
                )
            return np.unique(np.concatenate(found), axis=0)
        n, m = (side.ravel() for side in np.meshgrid(needs, offers, indexing="ij"))
        apart = self._filters(n, m).values()
        pairs: Places = np.stack([n, m], axis=1)[~np.logical_or.reduce(list(apart))]
        return pairs

    def _rough(self, rows: Places, columns: Places) -> Any:
        """A score that is nearly right, and -1 where a filter keeps a pair apart."""
        weights, of = self.weights, self._columns
        concepts, pieces = self._sketches
        score = pieces[rows] @ pieces[columns].T
        score = np.minimum(1.0, score / np.float32(weights.full_words)) * np.float32(weights.words)
        score += concepts[rows] @ concepts[columns].T * np.float32(weights.concepts)
        n, m = rows[:, None], columns[None, :]
        score += _near(of["stage"][n], of["stage"][m]) * np.float32(weights.stage)
        for apart in self._filters(n, m).values():
            score[np.broadcast_to(apart, score.shape)] = -1.0
        return score

    @cached_property
    def _sketches(self) -> tuple[Any, Any]:
        return narrowed(self._concepts, SKETCH), narrowed(self._pieces, SKETCH)

    def _parts(self, n: Places, m: Places) -> dict[str, Floats]:
        """The parts of pairs of places."""
        weights, of = self.weights, self._columns
        less = weights.meaning / 2 if self._meaning is not None else 0.0
        documents, queries = self._bm25
        near = pair_products(self._pieces, self._pieces, n, m)
        full = np.minimum(1.0, near / weights.full_words)
        asked = np.minimum(1.0, pair_products(queries, documents, n, m) / weights.full_bm25)
        within = np.minimum(1.0, near / weights.full_within)
        both = weights.pieces * within + (1 - weights.pieces) * asked
        parts = {
            "concepts": (weights.concepts - less)
            * np.clip(pair_products(self._concepts, self._concepts, n, m), 0.0, 1.0),
            "words": (weights.words - less) * np.where(of["language"][n] == of["language"][m], both, full),
        }
        if self._meaning is not None:
            meant = np.clip(pair_products(self._meaning, self._meaning, n, m), 0.0, 1.0)
            parts["meaning"] = weights.meaning * meant
        parts["regions"] = weights.regions * self._between(n, m)
        parts["stage"] = weights.stage * _near(of["stage"][n], of["stage"][m])
        parts["maturity"] = weights.maturity * _mature(of["maturity"][n], of["maturity"][m])
        return parts

    def _between(self, n: Places, m: Places) -> Floats:
        """What the offer's region has and the need's lacks."""
        region = self._columns["region"]
        if not self.links:
            return np.zeros(len(n))
        pairs = zip(region[m].tolist(), region[n].tolist(), strict=True)
        return np.array([self.links.get(pair, 0.0) for pair in pairs])

    def _filters(self, n: Places, m: Places) -> dict[str, npt.NDArray[np.bool_]]:
        """Which pairs are kept apart, by the name of the filter; places of any shapes that fit together."""
        of = self._columns

        def stays(reach: str) -> npt.NDArray[np.bool_]:
            within: npt.NDArray[np.bool_] = (of["reach"][n] == reach) | (of["reach"][m] == reach)
            return within

        return {
            "kind": (of["kind"][n] != "need") | (of["kind"][m] != "offer"),
            "organisation": of["organisation_number"][n] == of["organisation_number"][m],
            "region": stays("region") & (of["region_number"][n] != of["region_number"][m]),
            "country": stays("country") & (of["country_number"][n] != of["country_number"][m]),
            "closed": ~of["is_open"][n] | ~of["is_open"][m],
            "empty": ~of["said"][n] | ~of["said"][m],
        }


def _vectors(model: Model | None, texts: Sequence[str], languages: Sequence[str]) -> Any:
    """Unit vectors of a plugged-in model; an empty text is similar to nothing, whatever a model says."""
    if model is None or not texts:
        return None
    from scipy.sparse import csr_array  # slow import

    vectors = np.asarray(model(texts, languages), dtype=float)
    if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
        raise ValueError("The language model must return one row of finite numbers per text.")
    vectors[[not text.strip() for text in texts]] = 0.0
    return unit_rows(csr_array(vectors))


def _top(ranked: Any, k: int) -> tuple[Places, Places]:
    """Rows and columns of the k best per row that are shown."""
    if ranked.shape[1] <= k:
        n, m = np.nonzero(ranked >= 0)
        return n, m
    m = np.argpartition(ranked, ranked.shape[1] - k, axis=1)[:, -k:]
    n = np.repeat(np.arange(len(ranked)), k)
    shown = ranked[n, m.ravel()] >= 0
    return n[shown], m.ravel()[shown]


def _first(own: Places, other: Places, score: Floats, k: int) -> npt.NDArray[np.bool_]:
    """Which pairs are among the k best of their own side; ties by place, which follows the keys."""
    order = np.lexsort((other, -score, own))
    place = np.arange(len(own)) - np.searchsorted(own[order], own[order])
    wanted = np.zeros(len(own), dtype=bool)
    wanted[order] = place < k
    return wanted


def _near(asked: Places, given: Places) -> Floats:
    """1 the same step, 0.5 the next one, 0 another or not said (-1)."""
    apart = np.abs(asked - given)
    near: Floats = np.where((asked >= 0) & (given >= 0) & (apart < 2), 1 - apart / 2, 0.0)
    return near


def _mature(asked: Places, given: Places) -> Floats:
    """1 as mature as asked or more, 0.5 one step less, 0 less or not said (-1)."""
    short = asked - given
    known = (asked >= 0) & (given >= 0)
    return np.where(known, np.select([short <= 0, short == 1], [1.0, 0.5], 0.0), 0.0)
