"""A response as a tagged PDF: the form to fill in on paper, or with its answers."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.pdf import html_to_pdf
from cohes3ion.lib.print_fonts import style_sheet


def form_pdf(*, content: dict[str, Any], made_at: dt.datetime) -> tuple[bytes, int]:
    """The PDF and its number of pages. The first page names the version of the data all of it comes from."""
    context = {"form": content, "made_at": made_at, "data_version": fingerprint(content)[:12]}
    return html_to_pdf(render_to_string("documents/form.html", context), css=style_sheet("form"))
