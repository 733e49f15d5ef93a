"""HTML to tagged PDF, without any network or file access."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from cohes3ion.lib.print_fonts import with_words_for_missing_signs

PDF_UA = "pdf/ua-1"


@lru_cache(maxsize=2)
def _fonts_and_sheets(css: str) -> tuple[Any, list[Any]]:
    """The style sheet read and its fonts unpacked: once in a process, not once for each document."""
    from weasyprint import CSS  # slow import: only workers render
    from weasyprint.text.fonts import FontConfiguration  # slow import: only workers render

    fonts = FontConfiguration()
    return fonts, [CSS(string=css, font_config=fonts, url_fetcher=_fetcher())] if css else []


# The unpacked fonts lie in a temporary folder, which goes while its renderer is still there.
atexit.register(_fonts_and_sheets.cache_clear)


class _WholeText(str):
    """A text that is one letter to whoever takes it letter by letter."""

    def __iter__(self) -> Iterator[str]:
        yield str(self)


# Attributes that place letters one by one; a single number places the text as a whole.
LETTER_BY_LETTER = ("letter-spacing", "textLength", "rotate", "x", "y", "dx", "dy")


@lru_cache(maxsize=1)
def _lay_out_texts_whole() -> None:
    """Let the renderer lay out a text of a drawing at once.

    It takes each letter by itself, in case letters have places of their own: a third of the time of a
    document with many drawings, without kerning, and words fall apart for whoever reads the file.
    """
    from weasyprint import svg  # slow import: only workers render

    letters = svg.text

    def text(drawing: Any, node: Any, font_size: float) -> None:
        places = (str(node.get(name, "")).replace(",", " ").split() for name in LETTER_BY_LETTER[2:])
        spaced = any(node.get(name) for name in LETTER_BY_LETTER[:2])
        if node.text and not spaced and all(len(numbers) < 2 for numbers in places):
            node._etree_node.text = _WholeText(node.text)
        letters(drawing, node, font_size)

    svg.TAGS.update({tag: text for tag, draw in svg.TAGS.items() if draw is letters})
    svg.text = text


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher  # slow import: only workers render

    return URLFetcher(allowed_protocols=["data"])


def html_to_pdf(html: str, *, css: str = "") -> tuple[bytes, int]:
    """Render `html` as PDF/UA-1: the file and its number of pages.

    Only data: addresses are read; anything else is left blank. Fonts come as data: addresses in `css`.
    """
    from weasyprint import HTML  # slow import: only workers render

    _lay_out_texts_whole()
    fonts, sheets = _fonts_and_sheets(css)
    with _no_garbage_collection():
        page = HTML(string=with_words_for_missing_signs(html), url_fetcher=_fetcher())
        document = page.render(stylesheets=sheets, font_config=fonts, pdf_variant=PDF_UA)
        return bytes(document.write_pdf(pdf_variant=PDF_UA, pdf_identifier=b"stm")), len(document.pages)


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Millions of boxes live until the file is written: looking for garbage among them finds none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
