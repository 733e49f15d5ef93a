"""How do the answers spread? Shares of the five levels around the middle one, "do not know" set apart."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from mapping.charts.figure import Column, Figure, Heading, NumberText, Table, make_figure, plain_number
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import LABEL, NOTE, Type, lines_of_text, text
from mapping.charts.palette import DIVERGING, paint
from mapping.charts.svg import frame, hatch, line, rect, tip
from mapping.charts.typography import LINE, text_width, widest, wrap

KIND = "diverging"
_WIDTH = 760.0
# White letters on the dark ends, ink on the pale middle.
_LETTERS = ("surface", "ink", "ink", "ink", "surface")


@dataclass(frozen=True, kw_only=True)
class Spread:
    """The answers to one statement: how many for each of the five levels, and how many did not know.

    `counts` is None when too few answered to show them; `reason` says so.
    """

    label: str
    counts: tuple[int, int, int, int, int] | None
    unknown: int | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class SpreadWords:
    """Title of the rows, names of the five levels, and the words for "do not know"."""

    row: str
    levels: tuple[str, str, str, str, str]
    unknown: str


def spread_figure(rows: Sequence[Spread], *, heading: Heading, words: SpreadWords) -> Figure:
    """Make the figure; a hidden row also hides how many did not know."""
    kept = [
        row if row.counts is not None else Spread(label=row.label, counts=None, reason=row.reason)
        for row in rows
    ]
    columns = [Column(label=words.row)]
    columns += [Column(label=label, kind="number", decimals=0) for label in (*words.levels, words.unknown)]
    cells = [
        (row.label, *(row.counts or (row.reason or None, None, None, None, None)), row.unknown)
        for row in kept
    ]
    stored = [asdict(row) | {"counts": None if row.counts is None else list(row.counts)} for row in kept]
    return make_figure(
        heading,
        kind=KIND,
        data={"rows": stored, "words": asdict(words) | {"levels": list(words.levels)}},
        table=Table(columns=tuple(columns), rows=tuple(cells)),
    )


class _Plot(NamedTuple):
    """The middle line, the pixels of one whole row of answers, and where the unknown begin."""

    room: float
    middle: float
    whole: float
    apart: float
    words: SpreadWords
    number: NumberText
    stripes: str


def spread_plot(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the rows: levels 1 and 2 to the left of the line, 4 and 5 to the right, 3 across it.

    The width is the share among those who gave a level; the numbers in it are answers.
    """
    definition, stripes = hatch(f"{figure.key}-")
    stored = figure.data["words"]
    words = SpreadWords(**stored | {"levels": tuple(stored["levels"])})
    rows = [
        Spread(**row | {"counts": None if row["counts"] is None else tuple(row["counts"])})
        for row in figure.data["rows"]
    ]
    plot = _plot(rows, words, number, stripes)
    items = [
        LegendItem(rect(-8, -7, 16, 14, paint(fill=colour, stroke="line") + ' rx="3"'), f"{level} {name}")
        for level, (colour, name) in enumerate(zip(DIVERGING, words.levels, strict=True), start=1)
    ]
    items.append(LegendItem(rect(-8, -7, 16, 14, stripes + ' rx="3"'), words.unknown))
    key, deep = legend(items, width=_WIDTH)
    y = top = deep + 14
    parts = []
    for row in rows:
        drawn, height = _row(row, y, plot)
        parts.append(drawn)
        y += height
    if not rows:
        parts.append(rect(0, y, _WIDTH, 44, stripes + ' rx="3"'))
        y += 44
    middle = line(plot.middle, top, plot.middle, y + 2, paint(stroke="line-strong")) if rows else ""
    return frame(figure, definition + key + middle + "".join(parts), (_WIDTH, y + 6), number=number)


def _sides(counts: Sequence[int]) -> tuple[float, float]:
    """Shares on the left and on the right of the middle line."""
    total = sum(counts) or 1
    half = counts[2] / 2
    return (counts[0] + counts[1] + half) / total, (counts[3] + counts[4] + half) / total


def _plot(rows: Sequence[Spread], words: SpreadWords, number: NumberText, stripes: str) -> _Plot:
    room = min(widest([row.label for row in rows], LABEL.size), 230.0) + 20
    sides = [_sides(row.counts) for row in rows if row.counts is not None]
    left = max((side[0] for side in sides), default=0.5)
    right = max((side[1] for side in sides), default=0.5)
    apart = _WIDTH - 92
    whole = (apart - 28 - room) / max(left + right, 0.5)
    return _Plot(room, room + left * whole, whole, apart, words, number, stripes)


def _row(row: Spread, top: float, plot: _Plot) -> tuple[str, float]:
    lines = wrap(row.label, LABEL.size, plot.room - 20)
    height = max(36.0, len(lines) * LABEL.size * LINE + 12)
    y = top + height / 2
    label = lines_of_text(0, y, lines)
    if row.counts is None:
        box = rect(plot.room, y - 11, plot.apart - 28 - plot.room, 22, plot.stripes + ' rx="3"')
        return label + box + _reason(row.reason, y, plot), height
    return label + _segments(row, row.counts, y, plot) + _unknown(row, y, plot), height


def _reason(reason: str, y: float, plot: _Plot) -> str:
    lines = wrap(reason, NOTE.size, plot.apart - plot.room - 80)
    wide, deep = widest(lines, NOTE.size) + 14, len(lines) * NOTE.size * LINE + 3
    x = (plot.room + plot.apart - 28) / 2
    plate = rect(x - wide / 2, y - deep / 2, wide, deep, paint(fill="surface") + ' rx="3"')
    return plate + lines_of_text(x, y, lines, NOTE.centred()) if reason else ""


def _segments(row: Spread, counts: Sequence[int], y: float, plot: _Plot) -> str:
    total = sum(counts)
    if not total:
        return ""
    x = plot.middle - _sides(counts)[0] * plot.whole
    parts = []
    for place, count in enumerate(counts):
        wide = count / total * plot.whole
        if not count:
            continue
        look = paint(fill=DIVERGING[place], stroke="line" if place == 2 else "surface")
        words = plot.number(count, 0)
        drawn = rect(x, y - 11, wide, 22, look)
        if text_width(words, 12.5) + 6 < wide:
            drawn += text(x + wide / 2, y + 4.5, words, Type(12.5, _LETTERS[place], "middle"))
        parts.append(tip(f"{row.label}: {words} {plot.words.levels[place]}", drawn))
        x += wide
    return "".join(parts)


def _unknown(row: Spread, y: float, plot: _Plot) -> str:
    """Those who did not know, on a scale of their own at the right: never part of the shares."""
    if row.unknown is None:
        return ""
    words = plot.number(row.unknown, 0)
    total = sum(row.counts or ()) + row.unknown
    wide = 60 * row.unknown / total if total else 0.0
    box = rect(plot.apart, y - 8, wide, 16, plot.stripes + ' rx="2"') if row.unknown else ""
    label = text(plot.apart + wide + 6, y + 4.5, words, Type(12.5, "muted"))
    return tip(f"{row.label}: {words} {plot.words.unknown}", f"{box}{label}")
