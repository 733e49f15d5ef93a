"""How words are set in a picture."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mapping.charts.palette import paint
from mapping.charts.svg import esc, px
from mapping.charts.typography import LINE


class Type(NamedTuple):
    """How a text is set: size, colour, anchor and weight."""

    size: float = 13
    fill: str = "text"
    anchor: str = "start"
    bold: bool = False

    def centred(self) -> "Type":
        return self._replace(anchor="middle")

    def at_end(self) -> "Type":
        return self._replace(anchor="end")


LABEL = Type(14)
NOTE = Type(12, "muted")


@lru_cache(maxsize=256)
def _attributes(style: Type) -> str:
    weight = ' font-weight="650"' if style.bold else ""
    place = "" if style.anchor == "start" else f' text-anchor="{style.anchor}"'
    return f'font-size="{px(style.size)}"{weight}{place} {paint(fill=style.fill)}'


def text(x: float, y: float, words: str, style: Type = LABEL) -> str:
    """One line of text; `y` is its base line."""
    return f'<text x="{px(x)}" y="{px(y)}" {_attributes(style)}>{esc(words)}</text>'


def lines_of_text(x: float, middle: float, rows: Sequence[str], style: Type = LABEL) -> str:
    """Several lines, centred on the height `middle`."""
    step = style.size * LINE
    first = middle - (len(rows) - 1) * step / 2 + style.size * 0.36
    if len(rows) == 1:
        return text(x, first, rows[0], style)
    spans = "".join(
        f'<tspan x="{px(x)}" y="{px(first + number * step)}">{esc(row)}</tspan>'
        for number, row in enumerate(rows)
    )
    return f"<text {_attributes(style)}>{spans}</text>"
