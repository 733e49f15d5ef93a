"""A figure as a file of its own: the picture with its title, source, n, date and provenance as text."""

import re

from mapping.charts.figure import Figure
from mapping.charts.lettering import Type, text
from mapping.charts.palette import paint
from mapping.charts.svg import FONTS, esc, fixed_colours, line, px, rect
from mapping.charts.typography import LINE, wrap

_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_MARGIN = 24.0
_TITLE = Type(20, "ink", "start", True)
_SUBTITLE = Type(14, "muted")
_SMALL = Type(12, "muted")


def standalone_svg(figure: Figure, plot: str, *, label: str = "") -> str:
    """Frame a drawn plot for download.

    Colours stand in the file itself (the light ones), letters fall back to fonts every computer has.

    Parameters
    ----------
    figure
        The figure with its heading.
    plot
        What the chart module drew of the same figure; anything else raises `ValueError`.
    label
        A line above the title, such as "Figure 3" in the reader's language.
    """
    found = _SIZE.search(plot)
    if found is None:
        raise ValueError("The plot is no drawing of this package: it has no view box.")
    inner_width, inner_height = float(found[1]), float(found[2])
    width = max(inner_width, 480.0) + 2 * _MARGIN
    room = width - 2 * _MARGIN
    y = _MARGIN
    parts = [line(_MARGIN, y, width - _MARGIN, y, paint(stroke="ink") + ' stroke-width="2"')]
    for words, style, gap in (
        (label, _SMALL._replace(bold=True), 8.0),
        (figure.title, _TITLE, 8.0),
        (figure.subtitle, _SUBTITLE, 6.0),
    ):
        block, y = _block(words, style, y + gap if words else y, room)
        parts.append(block)
    y += 16
    parts.append(plot.replace("<svg ", f'<svg x="{px(_MARGIN)}" y="{px(y)}" ', 1))
    block, y = _block(figure.caption(), _SMALL, y + inner_height + 10, room)
    parts.append(block)
    height = y + _MARGIN - 8
    box = f'viewBox="0 0 {px(width)} {px(height)}" width="{px(width)}" height="{px(height)}"'
    ground = rect(0, 0, width, height, paint(fill="surface"))
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {box} font-family="{FONTS}">{ground}{"".join(parts)}</svg>'
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!-- {_comment(figure)} -->\n{fixed_colours(drawing)}'


def _block(words: str, style: Type, y: float, room: float) -> tuple[str, float]:
    """A paragraph, and where it ends."""
    if not words:
        return "", y
    parts = []
    for row in wrap(words, style.size, room, bold=style.bold):
        y += style.size * LINE
        parts.append(text(_MARGIN, y - style.size * 0.25, row, style))
    return "".join(parts), y


def _comment(figure: Figure) -> str:
    return esc(f"{figure.title} | {figure.caption()}").replace("--", "- -").strip("-")
