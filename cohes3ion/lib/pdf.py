"""HTML to tagged PDF, without any network or file access."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

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


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher  # slow import: only workers render

    return URLFetcher(allowed_protocols=["data"])


def html_to_pdf(html: str, *, css: str = "") -> tuple[bytes, int]:
    """Render `html` as PDF/UA-1: the file and its number of pages.

    Only data: addresses are read; anything else is left blank. Fonts come as data: addresses in `css`.
    """
    from weasyprint import HTML  # slow import: only workers render

    fonts, sheets = _fonts_and_sheets(css)
    with _no_garbage_collection():
        page = HTML(string=html, url_fetcher=_fetcher())
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
