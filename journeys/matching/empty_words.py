"""Words that say nothing: two texts that share only these have nothing in common."""

from functools import lru_cache

from journeys.matching.folding import fold


@lru_cache(maxsize=64)
def empty_words(language: str) -> frozenset[str]:
    """Folded; none for a language without a list."""
    from stop_words import AVAILABLE_LANGUAGES, LANGUAGE_MAPPING, get_stop_words  # reads files

    name = LANGUAGE_MAPPING.get(language, language)
    if name not in AVAILABLE_LANGUAGES:
        return frozenset()
    return frozenset(fold(word) for word in get_stop_words(name))
