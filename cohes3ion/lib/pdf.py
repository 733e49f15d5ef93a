"""HTML to tagged PDF, without any network or file access."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders


def static_text(name: str) -> str:
    path = finders.find(name) or str(Path(settings.STATIC_ROOT) / name)
    return Path(path).read_text(encoding="utf-8")


def html_to_pdf(html: str, *, css: str = "", fonts: Path | None = None) -> bytes:
    """Render `html` as PDF/UA-1. Only data: addresses are read; anything else is left blank.

    Fonts are embedded from `fonts` (a folder of the project) through data: addresses made by the caller's CSS.
    """
    from weasyprint import CSS, HTML  # slow import: only workers render
    from weasyprint.text.fonts import FontConfiguration  # slow import: only workers render
    from weasyprint.urls import URLFetcher  # slow import: only workers render

    fetcher = URLFetcher(allowed_protocols=["data"])
    configuration = FontConfiguration()
    sheets = [CSS(string=css, font_config=configuration, url_fetcher=fetcher)] if css else []
    document = HTML(string=html, url_fetcher=fetcher)
    return bytes(
        document.write_pdf(
            stylesheets=sheets,
            font_config=configuration,
            pdf_variant="pdf/ua-1",
            pdf_identifier=b"stm",
        )
    )
