"""HTML to tagged PDF, without any network or file access."""


def html_to_pdf(html: str, *, css: str = "") -> tuple[bytes, int]:
    """Render `html` as PDF/UA-1: the file and its number of pages.

    Only data: addresses are read; anything else is left blank. Fonts come as data: addresses in `css`.
    """
    from weasyprint import CSS, HTML  # slow import: only workers render
    from weasyprint.text.fonts import FontConfiguration  # slow import: only workers render
    from weasyprint.urls import URLFetcher  # slow import: only workers render

    fetcher = URLFetcher(allowed_protocols=["data"])
    fonts = FontConfiguration()
    sheets = [CSS(string=css, font_config=fonts, url_fetcher=fetcher)] if css else []
    page = HTML(string=html, url_fetcher=fetcher)
    document = page.render(stylesheets=sheets, font_config=fonts, pdf_variant="pdf/ua-1")
    return bytes(document.write_pdf(pdf_variant="pdf/ua-1", pdf_identifier=b"stm")), len(document.pages)
