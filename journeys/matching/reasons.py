"""Why a need and an offer fit, what would raise it, and why a pair is not listed."""

from collections.abc import Mapping
from dataclasses import dataclass

from journeys.matching.concepts import TOKEN, Vocabulary, fold, spread
from journeys.matching.ranking import LEAST, Fit, MatchIndex, MatchWeights, Posting
from journeys.matching.sparse import SHORTEST, STEM

MOST_SHOWN = 6
FEW_WORDS = 15


@dataclass(frozen=True, kw_only=True)
class SharedConcept:
    """A concept of both sides, with the words that speak for it; none: chosen by hand, or from below."""

    key: str
    need_words: tuple[str, ...]
    offer_words: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """`raises`: what either side could say, by code, with what it could bring at most."""

    concepts: tuple[SharedConcept, ...]
    words: tuple[str, ...]
    raises: tuple[tuple[str, float], ...]


def reasons_of(
    need: Posting,
    offer: Posting,
    *,
    vocabulary: Vocabulary,
    parts: Mapping[str, float],
    weights: MatchWeights | None = None,
) -> Reasons:
    """Why the two fit, in concepts and words, and what would raise the score.

    Concepts are the narrowest that both have; words are those of the need whose stem the offer has too, the
    longest first.
    """
    return Reasons(
        concepts=_shared_concepts(need, offer, vocabulary),
        words=_shared_words(need, offer),
        raises=_raises(need, offer, parts, weights or MatchWeights()),
    )


def why_not(index: MatchIndex, need: int, offer: int, listed: frozenset[int]) -> tuple[Fit, str]:
    """The pair as it is, and the code of what keeps it off the list of the one who asks.

    A filter by its name; "nothing_shared", "below_least"; "others_fit_better"; "" when it is listed.
    `listed`: keys of the other side that are.
    """
    fit = index.pair(need, offer)
    if fit.filters:
        return fit, fit.filters[0]
    if fit.parts["concepts"] + fit.parts["words"] + fit.parts.get("meaning", 0.0) <= 0:
        return fit, "nothing_shared"
    if fit.score < LEAST:
        return fit, "below_least"
    return fit, "" if {need, offer} & listed else "others_fit_better"


def _shared_concepts(need: Posting, offer: Posting, vocabulary: Vocabulary) -> tuple[SharedConcept, ...]:
    said = [vocabulary.tags(post.text, post.language) for post in (need, offer)]
    strong = [
        spread({key: tag.strength for key, tag in tags.items()} | dict.fromkeys(post.codes, 1.0))
        for tags, post in zip(said, (need, offer), strict=True)
    ]
    shared = {key: strong[0][key] * strong[1][key] for key in strong[0].keys() & strong[1].keys()}
    above = {up for key in shared for up in spread({key: 1.0}) if up != key}
    ranked = sorted((key for key in shared if key not in above), key=lambda key: (-shared[key], key))
    return tuple(
        SharedConcept(
            key=key,
            need_words=said[0][key].words if key in said[0] else (),
            offer_words=said[1][key].words if key in said[1] else (),
        )
        for key in ranked[:MOST_SHOWN]
    )


def _shared_words(need: Posting, offer: Posting) -> tuple[str, ...]:
    stems = {word[:STEM] for word in TOKEN.findall(fold(offer.text)) if len(word) >= SHORTEST}
    found: dict[str, str] = {}
    for word in TOKEN.findall(fold(need.text)):
        if len(word) > SHORTEST and word[:STEM] in stems and not word.isdigit():
            found.setdefault(word[:STEM], word)
    return tuple(sorted(found.values(), key=lambda word: (-len(word), word))[:MOST_SHOWN])


def _raises(
    need: Posting, offer: Posting, parts: Mapping[str, float], weights: MatchWeights
) -> tuple[tuple[str, float], ...]:
    found = []
    for name in ("stage", "maturity"):
        whole = getattr(weights, name)
        for side, post in (("need", need), ("offer", offer)):
            if not getattr(post, name):
                found.append((f"{name}_{side}", whole))
    left = weights.concepts - parts.get("concepts", 0.0)
    for side, post in (("need", need), ("offer", offer)):
        if not post.codes and left > weights.concepts / 2:
            found.append((f"codes_{side}", left))
        if len(TOKEN.findall(post.text)) < FEW_WORDS:
            found.append((f"text_{side}", weights.words - parts.get("words", 0.0)))
    return tuple(found)
