"""The words by which a need or an offer is found: what everybody reads of it, never who is behind it."""

from typing import Any

from cohes3ion.lib.search.words import search_text


def post_words(post: Any) -> str:
    """Title, text and the name of its region, in lower case without accents."""
    return search_text(f"{post.title} {post.text} {post.region.name}")
