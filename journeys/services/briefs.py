"""Steering briefs: content frozen at the request, laid out on exactly two pages by a worker."""

import datetime as dt
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.pdf import html_to_pdf
from cohes3ion.lib.print_fonts import font_faces
from cohes3ion.lib.work import at_work, keep_file
from journeys.models import Brief
from journeys.selectors.briefs import brief_content
from mapping.models import RegionMap

ENDED_WITHOUT = (JobState.FAILED, JobState.CANCELLED)
PAGES = 2
# Rows of each list, and letters of each line, from generous to whatever fits on two pages.
FITS = ((8, 160), (7, 140), (6, 120), (4, 90), (2, 45))


def request_brief(*, region_map: RegionMap, since: dt.date, by: Any) -> tuple[Brief, bool]:
    """The brief of today's content; a new waiting row only when the content is new. (row, is new)"""
    content = brief_content(region_map=region_map, since=since)
    digest = fingerprint(content)
    place = {"exercise": region_map.exercise, "region": region_map.region}
    same = Brief.objects.filter(**place, fingerprint=digest).exclude(state__in=ENDED_WITHOUT)
    return same.or_new(
        **place,
        since=since,
        language=content["language"],
        content=content,
        fingerprint=digest,
        created_by=by if by is not None and by.pk else None,
    )


def render_brief(*, brief_id: int) -> bool:
    """Render one row to PDF. False when somebody else has it or it is finished."""
    row = Brief.claim(brief_id)
    if row is None:
        return False
    with at_work(row):
        row.report(10, "layout")
        with translation.override(row.language):
            pdf, pages = brief_pdf(content=row.content, made_at=row.created_at)
        keep_file(row, "brief.pdf", pdf, pages=pages)
    return True


def brief_pdf(*, content: dict[str, Any], made_at: dt.datetime) -> tuple[bytes, int]:
    """The PDF on two pages: long lists and lines are shortened, and say how much more there is."""
    css = font_faces() + (Path(settings.BASE_DIR) / "static/css/brief.css").read_text(encoding="utf-8")
    pdf, pages = b"", 0
    for rows, letters in FITS:
        html = render_to_string(
            "documents/steering_brief.html",
            {
                "brief": content,
                "since": dt.date.fromisoformat(content["since"]),
                "due_on": dt.date.fromisoformat(content["due_on"]) if content["due_on"] else None,
                "made_at": made_at,
                "rows": f":{rows}",
                "most": rows,
                "letters": letters,
                "is_tight": (rows, letters) == FITS[-1],
                "data_version": fingerprint(content)[:12],
            },
        )
        pdf, pages = html_to_pdf(html, css=css)
        if pages <= PAGES:
            break
    return pdf, pages
