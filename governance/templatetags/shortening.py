"""Texts and lists that must fit: cut between words, and between entries, never inside one."""

from collections.abc import Sequence

from django import template
from django.utils.translation import ngettext

register = template.Library()


@register.filter
def shortened(text: object, letters: int) -> str:
    """At most this many letters, cut after a whole word; a word that is longer by itself is cut."""
    words = str(text or "")
    if len(words) <= letters:
        return words
    cut = words[: letters - 2]
    whole = cut.rsplit(None, 1)[0] if not words[letters - 2].isspace() and " " in cut.strip() else cut
    return whole.rstrip(" ,;:.–-") + " …"


@register.filter
def listed(titles: Sequence[str], letters: int) -> str:
    """As many whole entries as fit, at least one, and how many more there are."""
    kept: list[str] = []
    for title in titles:
        if kept and len(", ".join([*kept, title])) > letters:
            break
        kept.append(shortened(title, letters))
    text, more = ", ".join(kept), len(titles) - len(kept)
    if not more:
        return text
    told = ngettext("%(titles)s and %(n)s more", "%(titles)s and %(n)s more", more)
    return told % {"titles": text, "n": more}
