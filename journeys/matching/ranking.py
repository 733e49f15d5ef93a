"""Needs beside offers: who may meet at all, how well they fit, in parts that add up to the score."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from journeys.matching.candidates import first, likeliest, unique_pairs
from journeys.matching.concepts import Said, Vocabulary
from journeys.matching.corpus import Corpus, count_texts
from journeys.matching.folding import fold
from journeys.matching.sparse import (
    bm25_rows,
    concept_rows,
    narrowed,
    pair_products,
    shared_only,
    tfidf_rows,
    unit_rows,
)

METHOD_VERSION = "2"
SMALL = 50_000  # so many pairs are compared exactly
SKETCH = 512
LOOKED_AT = 3  # candidates for each place in a list
MOST = 0.99  # only the same text is a sure match
LEAST = 0.10  # from here on subjects and words list a pair; the other parts only order
STAGES = ("research", "skills", "supply", "production", "services", "demand")
MATURITIES = ("idea", "prototype", "tested", "market")
PARTS = ("concepts", "words", "regions", "stage", "maturity")

Floats = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]
Rough = npt.NDArray[np.float32]
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

    A cosine up to `chance` says nothing: texts that have nothing to do with each other share so many
    pieces. `full_words` counts as full between two languages, `full_within` in one: two texts that say the
    same in their own words seldom share more. In one language words tell more than subjects, and concepts
    give `to_words` away. `meaning` is what a plugged-in model takes from concepts and words, half from each.
    """

    concepts: float = 0.40
    words: float = 0.40
    regions: float = 0.08
    stage: float = 0.08
    maturity: float = 0.04
    to_words: float = 0.15  # within one language
    chance: float = 0.04
    full_words: float = 0.25  # across languages
    full_within: float = 0.35
    full_bm25: float = 0.40
    pieces: float = 0.85  # share of the pieces in the words; the rest is BM25
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

    * concepts (0.40; 0.25 within a language): cosine over concepts of the code lists, with what stands above
    * words (0.40; 0.55 within a language): the cosine over pieces of 3 and 4 letters (E1), from 0.04 that
      chance gives to all to 0.25 that counts as full. Within a language `0.85` of it, full at 0.35, and
      `0.15 min(1, BM25 share / 0.4)` over stems (E2). Nothing when the two share neither a concept nor a
      stem: pieces alone are an accident
    * regions (0.08): complementarity of the two regions in the last published run
    * stage (0.08): 1 the same place in the value chain, 0.5 the next one
    * maturity (0.04): 1 when the offer is as mature as the need asks, 0.5 when one step is missing

    Listed is a pair whose concepts, words and meaning reach 0.10: being at the same stage is no match.
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
        return shared_only(tfidf_rows(self.corpus.pieces))

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
        columns: dict[str, npt.NDArray[Any]] = {}
        # Numbers compare faster than texts.
        for name in ("organisation", "region", "country", "language"):
            values = [getattr(post, name) for post in self.postings]
            numbers = {value: n for n, value in enumerate(dict.fromkeys(values))}
            columns[name] = np.array([numbers[value] for value in values], dtype=np.int32)
        for reach in ("region", "country"):
            columns[f"{reach}_only"] = np.array([post.reach == reach for post in self.postings])
        for kind in ("need", "offer"):
            columns[kind] = np.array([post.kind == kind for post in self.postings])
        columns["is_open"] = np.array([post.is_open for post in self.postings])
        for name, order in (("stage", STAGES), ("maturity", MATURITIES)):
            known = {value: n for n, value in enumerate(order)}
            columns[name] = np.array([known.get(getattr(post, name), -1) for post in self.postings])
        columns["said"] = np.array(self.corpus.has_words, dtype=bool)
        return columns

    def best(self, *, k: int = 10, of: Iterable[int] | None = None) -> list[Fit]:
        """The k best of every posting, each pair once, best first; ties by key.

        Parameters
        ----------
        of
            Keys of the postings that ask; all when None. Their partners may be any others.

        Notes
        -----
        Where more than 50,000 pairs could be, a sketch first chooses 3 k candidates of each posting, and
        these are compared exactly.
        """
        if not self.postings:
            return []
        may = self._columns["is_open"] & self._columns["said"]
        needs, offers = (np.flatnonzero(self._columns[kind] & may) for kind in ("need", "offer"))
        asked = None
        if of is not None:
            asked = np.array(sorted({self._place[key] for key in of if key in self._place}), dtype=int)
        pairs = self._compared(needs, offers, asked, LOOKED_AT * k)
        parts = self._parts(pairs[:, 0], pairs[:, 1])
        score = np.round(sum(parts.values(), np.zeros(len(pairs))), 9)
        shown = np.round(said_in(parts), 9) >= LEAST
        wanted = np.zeros(len(pairs), dtype=bool)
        for own, other in ((0, 1), (1, 0)):
            best = first(pairs[:, own], pairs[:, other], np.where(shown, score, -1.0), k)
            wanted |= best if asked is None else best & np.isin(pairs[:, own], asked)
        chosen = np.flatnonzero(wanted & shown)
        chosen = chosen[np.argsort(-score[chosen], kind="stable")]
        return self._fits(pairs[chosen], {name: value[chosen] for name, value in parts.items()})

    def _compared(self, needs: Places, offers: Places, asked: Places | None, k: int) -> Places:
        if asked is None:
            return self._candidates(needs, offers, k)
        sides = (np.intersect1d(needs, asked), offers), (needs, np.intersect1d(offers, asked))
        return unique_pairs(np.concatenate([self._candidates(*side, k) for side in sides]))

    def pair(self, need: int, offer: int) -> Fit:
        """One pair as it is, listed or not, with the names of the filters that keep it apart."""
        pairs = np.array([[self._place[need], self._place[offer]]])
        apart = self._filters(pairs[:, 0], pairs[:, 1])
        [fit] = self._fits(pairs, self._parts(pairs[:, 0], pairs[:, 1]))
        return replace(fit, filters=tuple(name for name, found in apart.items() if found[0]))

    def _fits(self, pairs: Places, parts: Mapping[str, Floats]) -> list[Fit]:
        """In the order of the pairs."""
        keys = np.array([post.key for post in self.postings])[pairs].tolist()
        score = sum(parts.values(), np.zeros(len(pairs)))
        share = np.ones(len(pairs))
        for n in np.flatnonzero(score > MOST):
            need, offer = (self.postings[place].text for place in pairs[n])
            if fold(need) != fold(offer):
                share[n] = MOST / score[n]
        rows = zip(*(np.round(value * share, 6).tolist() for value in parts.values()), strict=True)
        return [
            Fit(need=need, offer=offer, score=min(1.0, whole), parts=dict(zip(parts, row, strict=True)))
            for (need, offer), whole, row in zip(keys, (score * share).tolist(), rows, strict=True)
        ]

    def _candidates(self, needs: Places, offers: Places, k: int) -> Places:
        """Pairs to be compared, by place: all that may meet, or of very many the k likeliest of each."""
        if len(needs) * len(offers) > SMALL:
            return likeliest(needs, offers, k, self._rough)
        n, m = (side.ravel() for side in np.meshgrid(needs, offers, indexing="ij"))
        apart = self._filters(n, m).values()
        pairs: Places = np.stack([n, m], axis=1)[~np.logical_or.reduce(list(apart))]
        return pairs

    def _rough(self, rows: Places, columns: Places) -> Rough:
        """A score that is nearly right, and -1 where a filter keeps a pair apart."""
        weights, of = self.weights, self._columns
        concepts, pieces = self._sketches
        n, m = rows[:, None], columns[None, :]
        score: Rough = pieces[rows] @ pieces[columns].T
        score -= np.float32(weights.chance)
        score *= np.float32(1 / (weights.full_words - weights.chance))
        np.clip(score, 0.0, 1.0, out=score)
        score *= np.float32(weights.words)
        shared = concepts[rows] @ concepts[columns].T
        shared *= np.where(
            of["language"][n] == of["language"][m],
            np.float32(weights.concepts - weights.to_words),
            np.float32(weights.concepts),
        )
        score += shared
        near = _near(np.arange(-1, len(STAGES))[:, None], np.arange(-1, len(STAGES))).astype(np.float32)
        score += near[of["stage"][n] + 1, of["stage"][m] + 1] * np.float32(weights.stage)
        for name in ("organisation", "region", "country"):
            score[np.broadcast_to(self._filters(n, m, name)[name], score.shape)] = -1.0
        return score

    @cached_property
    def _sketches(self) -> tuple[Rough, Rough]:
        """Concepts are few enough to stand as they are."""
        return self._concepts.toarray().astype(np.float32), narrowed(self._pieces, SKETCH)

    def _parts(self, n: Places, m: Places) -> dict[str, Floats]:
        """The parts of pairs of places."""
        weights, of = self.weights, self._columns
        less = weights.meaning / 2 if self._meaning is not None else 0.0
        documents, queries = self._bm25
        is_same = of["language"][n] == of["language"][m]
        near = pair_products(self._pieces, self._pieces, n, m)
        full = np.where(is_same, weights.full_within, weights.full_words)
        alike = np.clip((near - weights.chance) / (full - weights.chance), 0.0, 1.0)
        stems = pair_products(queries, documents, n, m)
        both = weights.pieces * alike + (1 - weights.pieces) * np.minimum(1.0, stems / weights.full_bm25)
        concepts = np.clip(pair_products(self._concepts, self._concepts, n, m), 0.0, 1.0)
        to_words = np.where(is_same, weights.to_words, 0.0)
        has_reason = (stems > 0) | (concepts > 0)
        parts = {
            "concepts": (weights.concepts - to_words - less) * concepts,
            "words": (weights.words + to_words - less) * np.where(is_same, both, alike) * has_reason,
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
        if not self.links:
            return np.zeros(len(n))
        numbers = {self.postings[place].region: number for number, place in self._one_of_each("region")}
        table = np.zeros((len(numbers), len(numbers)))
        for (offering, asking), value in self.links.items():
            if offering in numbers and asking in numbers:
                table[numbers[offering], numbers[asking]] = value
        found: Floats = table[self._columns["region"][m], self._columns["region"][n]]
        return found

    def _one_of_each(self, name: str) -> Iterable[tuple[int, int]]:
        """Numbers of a column, each with the place of a posting that has it."""
        numbers, places = np.unique(self._columns[name], return_index=True)
        return zip(numbers.tolist(), places.tolist(), strict=True)

    def _filters(self, n: Places, m: Places, *names: str) -> dict[str, npt.NDArray[np.bool_]]:
        """Which pairs are kept apart, by the name of the filter; places of any shapes that fit together."""
        of = self._columns
        made: dict[str, Callable[[], npt.NDArray[np.bool_]]] = {
            "kind": lambda: ~of["need"][n] | ~of["offer"][m],
            "organisation": lambda: of["organisation"][n] == of["organisation"][m],
            "region": lambda: (
                (of["region_only"][n] | of["region_only"][m]) & (of["region"][n] != of["region"][m])
            ),
            "country": lambda: (
                (of["country_only"][n] | of["country_only"][m]) & (of["country"][n] != of["country"][m])
            ),
            "closed": lambda: ~of["is_open"][n] | ~of["is_open"][m],
            "empty": lambda: ~of["said"][n] | ~of["said"][m],
        }
        return {name: made[name]() for name in names or made}


def said_in(parts: Mapping[str, Any]) -> Any:
    """What the texts themselves bring; the other parts order, and list nobody."""
    return parts["concepts"] + parts["words"] + parts.get("meaning", 0.0)


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
