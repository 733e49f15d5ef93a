"""Why a need and an offer fit, what would raise it, and why a pair is not listed."""

from collections.abc import Mapping
from dataclasses import dataclass

from journeys.matching.concepts import Tag, Vocabulary, spread
from journeys.matching.folding import spelled, stem, tokens
from journeys.matching.ranking import LEAST, Fit, MatchIndex, MatchWeights, Posting, said_in

MOST_SHOWN = 5
FEW_WORDS = 15
RUN = 5


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
    longest first, and only words that say something. Where none is shared but parts of words are, it is
    those of the need that share five letters in a row with one of the offer.
    """
    return Reasons(
        concepts=_shared_concepts(need, offer, vocabulary),
        words=_shared_words(need, offer, vocabulary, has_points=parts.get("words", 0.0) > 0),
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
    if said_in(fit.parts) <= 0:
        return fit, "nothing_shared"
    if round(said_in(fit.parts), 9) < LEAST:
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
    words = {key: [_words_of(tags, key) for tags in said] for key in shared if key not in above}
    # Of those that are as sure the one that more words speak for comes first.
    ranked = sorted(words, key=lambda key: (-shared[key], -sum(map(len, words[key])), key))
    typed = [spelled(post.text) for post in (need, offer)]
    return tuple(
        SharedConcept(
            key=key,
            need_words=tuple(typed[0].get(word, word) for word in words[key][0]),
            offer_words=tuple(typed[1].get(word, word) for word in words[key][1]),
        )
        for key in ranked[:MOST_SHOWN]
    )


def _words_of(tags: Mapping[str, Tag], key: str) -> tuple[str, ...]:
    return tags[key].words if key in tags else ()


def _shared_words(
    need: Posting, offer: Posting, vocabulary: Vocabulary, *, has_points: bool
) -> tuple[str, ...]:
    asked, given = (vocabulary.content(post.text, post.language) for post in (need, offer))
    stems = {found for word in given if (found := stem(word))}
    shared: dict[str, str] = {}
    for word in asked:
        if stem(word) in stems:
            shared.setdefault(stem(word), word)
    if not shared and has_points:
        runs = {run for word in given for run in _runs(word)}
        shared = {word: word for word in asked if not runs.isdisjoint(_runs(word))}
    typed = spelled(need.text)
    longest = sorted(shared.values(), key=lambda word: (-len(word), word))[:MOST_SHOWN]
    return tuple(typed.get(word, word) for word in longest)


def _runs(word: str) -> set[str]:
    """Runs of five letters: by them "Abwasserwärme" and "Wärme" are alike."""
    return {word[n : n + RUN] for n in range(len(word) - RUN + 1) if not word.isdigit()}


def _raises(
    need: Posting, offer: Posting, parts: Mapping[str, float], weights: MatchWeights
) -> tuple[tuple[str, float], ...]:
    found = []
    for name in ("stage", "maturity"):
        whole = getattr(weights, name)
        for side, post in (("need", need), ("offer", offer)):
            if not getattr(post, name):
                found.append((f"{name}_{side}", whole))
    moved = weights.to_words if need.language == offer.language else 0.0
    left = weights.concepts - moved - parts.get("concepts", 0.0)
    for side, post in (("need", need), ("offer", offer)):
        if not post.codes and left > (weights.concepts - moved) / 2:
            found.append((f"codes_{side}", left))
        if len(tokens(post.text)) < FEW_WORDS:
            found.append((f"text_{side}", weights.words + moved - parts.get("words", 0.0)))
    return tuple(found)
