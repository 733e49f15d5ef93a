"""The words by which a practice is found."""

from typing import Any

from cohes3ion.lib.search.words import search_text

SEARCHED = (
    *("title", "summary", "description", "institution", "location", "resources", "evidence"),
    *("difficulties", "transfer", "conditions", "keywords"),
)


def practice_words(practice: Any) -> str:
    """Its texts and the name of its region, in lower case without accents."""
    texts = [str(getattr(practice, name)) for name in SEARCHED]
    return search_text(" ".join([*texts, practice.region.name]))
