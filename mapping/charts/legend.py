"""A legend, for what cannot be written beside the mark itself."""

from collections.abc import Iterable
from typing import NamedTuple

from mapping.charts.lettering import Type, lines_of_text
from mapping.charts.svg import px
from mapping.charts.typography import LINE, widest, wrap


class LegendItem(NamedTuple):
    """A small drawing around (0, 0), at most 18 high and wide, and its words."""

    drawing: str
    label: str


def legend(items: Iterable[LegendItem], *, width: float) -> tuple[str, float]:
    """A legend that flows over as many lines as it needs; returns the drawing and its height."""
    style = Type(13)
    parts: list[str] = []
    x, y, height = 0.0, 0.0, 0.0
    for item in items:
        rows = wrap(item.label, style.size, width - 24)
        wide = widest(rows, style.size) + 24
        if x and x + wide > width:
            x, y = 0.0, height + 4
        tall = max(18.0, len(rows) * style.size * LINE)
        parts.append(f'<g transform="translate({px(x + 9)} {px(y + 9)})">{item.drawing}</g>')
        parts.append(lines_of_text(x + 24, y + tall / 2, rows, style))
        x += wide + 20
        height = max(height, y + tall)
    return "".join(parts), height
