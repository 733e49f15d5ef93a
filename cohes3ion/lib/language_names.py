"""What languages are called by those who speak them."""

from django.utils.text import capfirst
from django.utils.translation import get_language_info


def language_name(code: str) -> str:
    """As its speakers call it, as the word stands alone; a code that Django does not know stays a code."""
    try:
        return capfirst(str(get_language_info(code)["name_local"]))
    except KeyError:
        return code
