"""From frozen content to a tagged PDF: the drawings of the pages, the project's fonts, no network."""

import datetime as dt
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.pdf import html_to_pdf
from cohes3ion.lib.print_fonts import style_sheet
from cohes3ion.lib.prose import prose
from journeys.enums import Chapter
from journeys.selectors import words
from journeys.selectors.maps import region_cover
from mapping.charts.drawing import draw
from mapping.charts.figure import Figure


def _drawing(stored: dict[str, Any], *, place: str = "") -> dict[str, Any]:
    """A stored figure with its drawing and its table. `place` keeps ids apart where figures repeat."""
    figure = Figure.from_dict({**stored, "key": f"{place}{stored['key']}"})
    svg = draw(figure, number=words.number)
    return {"figure": figure, "svg": mark_safe(svg), "rows": figure.table.texts(words.number)}


def _cover_picture(content: dict[str, Any]) -> SafeString:
    """The outline of a region on its document's cover; a document of many regions has none."""
    if content["scope"] != "region":
        return mark_safe("")
    region = content["regions"][0]["content"]["region"]
    return mark_safe(region_cover(slug=region["slug"], codes=region["nuts_codes"]))


def by_statement(answers: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Answers grouped by statement, so that one about many units takes one row of the table."""
    grouped: dict[str, list[dict[str, Any]]] = {}
    for answer in answers:
        grouped.setdefault(answer["code"], []).append(answer)
    return list(grouped.items())


def _document_html(*, content: dict[str, Any], edition: int, made_at: dt.datetime) -> str:
    """The document as one HTML page, for the PDF and for a preview."""
    regions = [
        {
            **region,
            "figures": {
                item["key"]: _drawing(item, place=f"{region['slug']}-") for item in region["figures"]
            },
            "unit_names": {unit["id"]: unit["name"] for unit in region["content"]["units"]},
            "answers": by_statement(region["content"]["answers"]),
        }
        for region in content["regions"]
    ]
    return render_to_string(
        "documents/policy_learning.html",
        {
            "document": content,
            "regions": regions,
            "themes": _drawing(content["themes"]) if content["themes"] else None,
            "narratives": {chapter: prose(text) for chapter, text in content["narratives"].items() if text},
            "chapters": {chapter.value: str(chapter.label) for chapter in Chapter},
            "cover": _cover_picture(content),
            "edition": edition,
            "made_at": made_at,
            "data_version": fingerprint(content)[:12],
        },
    )


def document_pdf(*, content: dict[str, Any], edition: int, made_at: dt.datetime) -> tuple[bytes, int]:
    """The PDF and its number of pages."""
    html = _document_html(content=content, edition=edition, made_at=made_at)
    return html_to_pdf(html, css=style_sheet("document"))
