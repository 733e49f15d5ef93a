"""Concepts of the code lists found in texts: what two texts in different languages can have in common."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from journeys.matching.empty_words import empty_words
from journeys.matching.folding import tokens

SHORTEST, LONGEST = 6, 8  # letters of a name's word that count as a beginning
COMMON = 5  # a word in so many names of a language says nothing
SURE = 1.0  # a word chosen for the concept
OF_NAME = 0.5  # a word of a name is weaker evidence than a word chosen for the concept
LEAST = 0.3
WIDER = 0.5  # what each step up the list counts


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text as it is counted."""

    text: str
    language: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A concept in a text: how sure, 0 to 1, and by which words."""

    strength: float
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Concepts with their names, and the beginnings of words that speak for them, by language."""

    names: Mapping[str, Mapping[str, str]]
    parents: Mapping[str, str]
    # By language and beginning of a word: concept and weight. A beginning with "=" is a whole word.
    words: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]]]
    _seen: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict, repr=False, compare=False)
    _empty: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def languages(self) -> list[str]:
        return sorted(self.words)

    def name(self, key: str, language: str) -> str:
        """The name of a concept, in English where the language has none; a code nobody named: the code."""
        names = self.names.get(key, {})
        return names.get(language) or names.get("en") or key.split(":", 1)[-1]

    def content(self, text: str, language: str) -> list[str]:
        """Words of a text that say something, folded, in their order: those that a text is compared by.

        Words that only hold sentences together are left out, unless they were chosen for a concept: else
        "pentru" (for) would begin words of a field in every Romanian text.
        """
        if language not in self._empty:
            sure = (
                word
                for word in empty_words(language)
                if max(self._hits(word, language).values(), default=0.0) >= SURE
            )
            self._empty[language] = empty_words(language) - set(sure)
        empty = self._empty[language]
        return [word for word in tokens(text) if word not in empty]

    def tags(self, text: str, language: str) -> dict[str, Tag]:
        """Concepts of a text, `strength = min(1, sum of the weights of its different words)`, 0.3 or more.

        A text in a language without concepts has none.
        """
        return self.tags_of(self.content(text, language), language)

    def tags_of(self, words: Iterable[str], language: str) -> dict[str, Tag]:
        """The same for `content` that is at hand."""
        if language not in self.words:
            return {}
        strengths: dict[str, float] = {}
        said: dict[str, list[str]] = {}
        for word in dict.fromkeys(words):
            for key, weight in self._hits(word, language).items():
                strengths[key] = strengths.get(key, 0.0) + weight
                said.setdefault(key, []).append(word)
        return {
            key: Tag(strength=min(1.0, strength), words=tuple(said[key]))
            for key, strength in strengths.items()
            if strength >= LEAST
        }

    def _hits(self, word: str, language: str) -> dict[str, float]:
        """Kept per word: texts repeat words, and there are far fewer words than texts."""
        found = self._seen.get((language, word))
        if found is None:
            table, found = self.words.get(language, {}), {}
            beginnings = [word[:size] for size in range(2, len(word) + 1)]
            for beginning in [*beginnings, f"{word}="]:
                for key, weight in table.get(beginning, ()):
                    found[key] = max(found.get(key, 0.0), weight)
            if len(self._seen) < 200_000:  # a flood of invented words does not fill the memory
                self._seen[language, word] = found
        return found


def make_vocabulary(rows: Iterable[Mapping[str, Any]]) -> Vocabulary:
    """Vocabulary of rows with `key`, `parent`, `names` and `words` (beginnings) by language.

    Every word of a name with six letters or more speaks for its concept by its beginning, so that cases and
    plurals meet, with `0.5 / (names of the language it begins a word of)`; one that stands in five names or
    more does not. Beginnings of `words` count 1. A step up the list is told by `spread`, not here.

    Examples
    --------
    "Energie" in German begins words of one name: 0.5; given as a word of the concept as well: 1.
    """
    rows = list(rows)
    found: dict[str, dict[str, dict[str, float]]] = {}
    for language in sorted({language for row in rows for language in row["names"]}):
        table: dict[str, dict[str, float]] = found.setdefault(language, {})
        spoken: dict[str, set[str]] = {}
        for row in (row for row in rows if not row.get("quiet")):
            for word in tokens(row["names"].get(language, "")):
                if len(word) >= SHORTEST and word not in empty_words(language):
                    spoken.setdefault(_beginning(word), set()).add(row["key"])
        for beginning, keys in spoken.items():
            # A section and its only division share a name; the narrower one stands for both.
            narrow = keys - {row["parent"] for row in rows if row["key"] in keys}
            if len(narrow) < COMMON:
                table[beginning] = dict.fromkeys(narrow, OF_NAME / len(narrow))
        for row in rows:
            for word in row["words"].get(language, ()):
                table.setdefault(word, {})[row["key"]] = SURE
    return Vocabulary(
        names={row["key"]: row["names"] for row in rows},
        parents={row["key"]: row["parent"] for row in rows},
        words={
            language: {word: tuple(sorted(keys.items())) for word, keys in table.items()}
            for language, table in found.items()
        },
    )


def _beginning(word: str) -> str:
    return word[: max(SHORTEST - 1, min(LONGEST, len(word) - 2))]


def wider(key: str) -> str:
    """The next concept up the list: "nace:C10.1" in "nace:C10" in "nace:C"; none: ""."""
    listed, _, code = key.partition(":")
    if listed not in ("nace", "ford") or len(code) < 2:
        return ""
    if "." not in code:
        return f"{listed}:{code[0]}" if listed == "nace" else ""
    whole, _, part = code.partition(".")
    return f"{listed}:{whole}.{part[:-1]}" if listed == "nace" and len(part) > 1 else f"{listed}:{whole}"


def spread(tags: Mapping[str, float]) -> dict[str, float]:
    """Strengths with what stands above: each step up counts half, and the strongest of several ways."""
    found = dict(tags)
    for key, strength in tags.items():
        up, left = wider(key), strength * WIDER
        while up:
            found[up] = max(found.get(up, 0.0), left)
            up, left = wider(up), left * WIDER
    return found


def strengths(
    vocabulary: Vocabulary, contents: Sequence[Sequence[str]], texts: Sequence[Said]
) -> list[dict[str, float]]:
    """Per text its concepts with what stands above them; codes that a person chose are sure.

    `contents`: the words of each text that say something.
    """
    found = []
    for words, said in zip(contents, texts, strict=True):
        tagged = {key: tag.strength for key, tag in vocabulary.tags_of(words, said.language).items()}
        found.append(spread(tagged | dict.fromkeys(said.codes, SURE)))
    return found
