"""Good practices for what a region wants to improve, each with the reasons for it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from journeys.matching.text import TextIndex, tfidf_index, words

# Words without a subject. Short ones of every language fall out by their length.
EMPTY_WORDS = {
    *("about", "account", "after", "aims", "also", "among", "become", "becomes", "before", "being"),
    *("better", "between", "bring", "close", "closely", "closer", "come", "could", "each", "every"),
    *("from", "grow", "have", "into", "made", "make", "many", "more", "most", "need"),
    *(
        "needs",
        "other",
        "ought",
        "over",
        "part",
        "parts",
        "region",
        "regional",
        "regions",
        "seen",
        "should",
        "some",
        "speak",
    ),
    *("strong", "stronger", "such", "take", "than", "that", "their", "them", "then", "there"),
    *("these", "they", "this", "those", "through", "together", "towards", "under", "used", "very"),
    *("were", "what", "when", "where", "which", "while", "will", "with", "within", "without"),
    *("work", "worked", "working", "would"),
}
SHORTEST = 4
STEM = 6
MOST_WORDS = 5
LETTERS = re.compile(r"\D")


@dataclass(frozen=True, kw_only=True)
class Need:
    """An area of improvement. `levels`: where its units act (national, regional, local); empty: not known."""

    key: str
    region: str
    text: str
    dimension: str = ""
    levels: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class Offer:
    """A practice as it is compared. Empty: not known, which is never held against it."""

    key: str
    region: str
    text: str
    dimensions: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    level: str = ""
    language: str = ""
    has_evidence: bool = False


@dataclass(frozen=True, kw_only=True)
class Weights:
    """What each part counts, and what a suggestion needs at least. These numbers are this product's own."""

    dimension: float = 0.55
    words: float = 0.30
    other_gaps: float = 0.05
    domain: float = 0.05
    level: float = 0.05
    least_words: int = 2
    least_gap: float = 0.3


@dataclass(frozen=True, kw_only=True)
class SuggestionInputs:
    """gaps: distance to the needed level by region and dimension; a dimension without a value is not there.

    domains: codes of the priorities of each region.
    """

    needs: Sequence[Need]
    offers: Sequence[Offer]
    gaps: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    domains: Mapping[str, Sequence[str]] = field(default_factory=dict)
    weights: Weights = field(default_factory=Weights)


@dataclass(frozen=True, kw_only=True)
class Reason:
    """`code` says what speaks for it, `values` what of it: a dimension, words, codes; `gap` in steps."""

    code: str
    values: tuple[str, ...] = ()
    gap: float | None = None


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    practice: str
    fit: float
    reasons: tuple[Reason, ...]
    is_own: bool = False


Part = tuple[float, float, list[Reason]]  # weight, value 0 to 1, what it says


@dataclass(frozen=True, kw_only=True)
class _Pair:
    """A need beside a practice. shared: words of the need, the rarest first; None: not to be compared."""

    need: Need
    offer: Offer
    cosine: float
    shared: list[str] | None
    gaps: Mapping[str, float]
    domains: frozenset[str]
    weights: Weights

    @property
    def is_named(self) -> bool | None:
        """Whether the practice helps with the dimension of the need; None when either names none."""
        known = bool(self.need.dimension and self.offer.dimensions)
        return self.need.dimension in self.offer.dimensions if known else None

    @property
    def is_suggested(self) -> bool:
        if self.is_named is None:
            return len(self.shared or []) >= self.weights.least_words
        return self.is_named


def suggest_practices(inputs: SuggestionInputs) -> dict[str, list[Suggestion]]:
    """Practices for each need, the best fit first.

    `fit = sum(w x) / sum(w)` over the parts that can be compared, each `x` from 0 to 1:

    * dimension (0.55): 1 when the practice helps with the dimension of the need
    * words (0.30): TF-IDF cosine (E1) over stems, the first six letters of words of four or more
    * other gaps (0.05): share of the practice's other dimensions in which the region has a gap
    * domain (0.05): 1 when one of its codes is one of the region's priorities, or stands above or below one
    * level (0.05): 1 when it works at a level of the need's units

    A part that one side says nothing about drops out and the weights are spread anew: a missing dimension
    is no zero. A practice is suggested when it helps with the dimension of the need; where either names
    none, when the texts share at least two stems. Ties: shown success first, then the order given.

    Parameters
    ----------
    inputs
        Needs, practices, gaps and domains. Texts in different languages are not compared by words; an empty
        language compares with every other.

    Returns
    -------
    dict
        Suggestions by key of the need. Practices of the region itself are marked `is_own` and stand last.

    References
    ----------
    Cosine: Salton & Buckley (1988), Information Processing & Management 24:513-523. Parts and weights are
    this product's own.

    Examples
    --------
    A need in E3 and a practice for E3 whose texts share no word, nothing else known:
    (0.55 * 1 + 0.30 * 0) / 0.85 = 0.647.
    """
    if not inputs.offers:
        return {need.key: [] for need in inputs.needs}
    index, spoken = _indexed(tuple(offer.text for offer in inputs.offers))
    cosines = index.similarity([need.text for need in inputs.needs])
    found = {}
    for n, need in enumerate(inputs.needs):
        said = stem_words(need.text)
        ranked = []
        for m, offer in enumerate(inputs.offers):
            shared = None
            if said and spoken[m] and _same_language(need, offer):
                rarest = sorted(said.keys() & spoken[m], key=lambda s: (-index.idf[index.terms[s]], s))
                shared = [said[stem] for stem in rarest]
            pair = _Pair(
                need=need,
                offer=offer,
                cosine=float(cosines[n, m]),
                shared=shared,
                gaps=inputs.gaps.get(need.region, {}),
                domains=frozenset(inputs.domains.get(need.region, ())),
                weights=inputs.weights,
            )
            if pair.is_suggested:
                made = _suggestion(pair)
                ranked.append((made.is_own, -round(made.fit, 9), not offer.has_evidence, m, made))
        found[need.key] = [row[-1] for row in sorted(ranked, key=lambda row: row[:-1])]
    return found


@lru_cache(maxsize=2)
def _indexed(texts: tuple[str, ...]) -> tuple[TextIndex, list[frozenset[str]]]:
    """The same texts are asked for again by each page; reading a thousand of them takes a second."""
    return tfidf_index(list(texts), stems), [frozenset(stems(text)) for text in texts]


def _same_language(need: Need, offer: Offer) -> bool:
    return not need.language or not offer.language or need.language == offer.language


def _suggestion(pair: _Pair) -> Suggestion:
    makers = (_dimension_part, _words_part, _other_gaps_part, _domain_part, _level_part)
    parts = [part for part in (make(pair) for make in makers) if part is not None]
    reasons = [reason for _weight, _value, said in parts for reason in said]
    if not pair.need.dimension:
        reasons.append(Reason(code="no_dimension"))
    if not _same_language(pair.need, pair.offer):
        reasons.append(Reason(code="other_language"))
    if pair.offer.has_evidence:
        reasons.append(Reason(code="evidence"))
    return Suggestion(
        practice=pair.offer.key,
        # At least one part is there: without dimension and words nothing is suggested.
        fit=sum(weight * value for weight, value, _said in parts) / sum(part[0] for part in parts),
        reasons=tuple(reasons),
        is_own=pair.offer.region == pair.need.region,
    )


def _dimension_part(pair: _Pair) -> Part | None:
    if pair.is_named is None:
        return None
    gap = pair.gaps.get(pair.need.dimension)
    told = gap if gap is not None and gap >= pair.weights.least_gap else None
    reason = Reason(code="dimension", values=(pair.need.dimension,), gap=told)
    return pair.weights.dimension, 1.0, [reason]


def _words_part(pair: _Pair) -> Part | None:
    if pair.shared is None:
        return None
    said = [Reason(code="words", values=tuple(pair.shared[:MOST_WORDS]))] if pair.shared else []
    return pair.weights.words, pair.cosine, said


def _other_gaps_part(pair: _Pair) -> Part | None:
    others = [name for name in pair.offer.dimensions if name != pair.need.dimension and name in pair.gaps]
    if not others:
        return None
    wide = [name for name in others if pair.gaps[name] >= pair.weights.least_gap]
    said = [Reason(code="other_gap", values=(name,), gap=pair.gaps[name]) for name in wide]
    return pair.weights.other_gaps, len(wide) / len(others), said


def _domain_part(pair: _Pair) -> Part | None:
    if not pair.domains or not pair.offer.codes:
        return None
    shared = tuple(
        code
        for code in pair.offer.codes
        if any(_within(code, other) or _within(other, code) for other in pair.domains)
    )
    said = [Reason(code="domain", values=shared)] if shared else []
    return pair.weights.domain, float(bool(shared)), said


def _within(code: str, wide: str) -> bool:
    """Whether a code is `wide` or stands below it: "nace:K62" below "nace:K", "nace:K62.1" below both."""
    rest = code.removeprefix(wide)
    return not rest or (rest != code and (rest[0] == "." or (rest[0].isdigit() and wide[-1].isupper())))


def _level_part(pair: _Pair) -> Part | None:
    if not pair.need.levels or not pair.offer.level:
        return None
    same = pair.offer.level in pair.need.levels
    said = [Reason(code="level", values=(pair.offer.level,))] if same else []
    return pair.weights.level, float(same), said


def stem_words(text: str) -> dict[str, str]:
    """Stems of a text, each with the first word that has it."""
    found: dict[str, str] = {}
    for word in words(text):
        if len(word) >= SHORTEST and word not in EMPTY_WORDS and LETTERS.match(word):
            found.setdefault(word[:STEM], word)
    return found


@lru_cache(maxsize=2048)
def stems(text: str) -> list[str]:
    """The first six letters of every word of four letters or more: plurals and relatives meet.

    Kept, because the texts of practices are asked for again with every page; nobody changes the list.
    """
    return [
        word[:STEM]
        for word in words(text)
        if len(word) >= SHORTEST and word not in EMPTY_WORDS and LETTERS.match(word)
    ]
