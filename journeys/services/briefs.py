"""Steering briefs: content frozen at the request, laid out on exactly two pages by a worker."""

import datetime as dt
from bisect import bisect_left
from functools import cache
from typing import Any

from django.template.loader import render_to_string

from cohes3ion.lib.authors import stored
from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.pdf import html_to_pdf
from cohes3ion.lib.print_fonts import style_sheet
from journeys.models import Brief
from journeys.selectors.briefs import brief_content
from journeys.services.printing import printed
from mapping.models import RegionMap

PAGES = 2
# Rows of each list, and letters of each line, from generous to whatever fits on two pages.
FITS = (
    *((24, 180), (18, 180), (14, 180), (11, 160), (9, 160)),
    *((8, 160), (7, 140), (6, 120), (5, 120), (4, 90), (3, 60), (2, 45)),
)


def request_brief(*, region_map: RegionMap, since: dt.date, by: Any) -> tuple[Brief, bool]:
    """The brief of today's content; a new waiting row only when the content is new. (row, is new)"""
    content = brief_content(region_map=region_map, since=since)
    digest = fingerprint(content)
    place = {"exercise": region_map.exercise, "region": region_map.region}
    same = Brief.objects.filter(**place, fingerprint=digest).standing()
    return same.or_new(
        **place,
        since=since,
        language=content["language"],
        content=content,
        fingerprint=digest,
        created_by=stored(by),
    )


def render_brief(*, brief_id: int) -> bool:
    """Render one row to PDF. False when somebody else has it or it is finished."""
    row = Brief.claim(brief_id)
    return printed(
        row, name="brief.pdf", make=lambda row: brief_pdf(content=row.content, made_at=row.created_at)
    )


def brief_pdf(*, content: dict[str, Any], made_at: dt.datetime) -> tuple[bytes, int]:
    """The PDF on two pages: long lists and lines are shortened, and say how much more there is.

    What fits on one page gets a second one, from the disputed statements on.
    """
    css = style_sheet("brief")

    @cache
    def laid_out(step: int) -> tuple[bytes, int]:
        return html_to_pdf(_html(content, made_at=made_at, fit=FITS[step]), css=css)

    # The first step that fits, by halves: a layout takes most of a second.
    step = bisect_left(range(len(FITS) - 1), True, key=lambda step: laid_out(step)[1] <= PAGES)
    pdf, pages = laid_out(step)
    if pages < PAGES:
        html = _html(content, made_at=made_at, fit=FITS[0], is_short=True)
        pdf, pages = html_to_pdf(html, css=css)
    return pdf, pages


def _html(
    content: dict[str, Any], *, made_at: dt.datetime, fit: tuple[int, int], is_short: bool = False
) -> str:
    rows, letters = fit
    return render_to_string(
        "documents/steering_brief.html",
        {
            "brief": content,
            "since": dt.date.fromisoformat(content["since"]),
            "due_on": dt.date.fromisoformat(content["due_on"]) if content["due_on"] else None,
            "made_at": made_at,
            "rows": f":{rows}",
            "most": rows,
            "letters": letters,
            "is_tight": fit == FITS[-1],
            "is_short": is_short,
            "data_version": fingerprint(content)[:12],
        },
    )
