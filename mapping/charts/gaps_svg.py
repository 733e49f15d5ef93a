"""The gap plot as a picture: a dot for now, a diamond for what is needed, the gap printed at the right."""

from collections.abc import Sequence
from typing import NamedTuple

from mapping.charts.figure import Figure, NumberText, number_text, plain_number
from mapping.charts.gaps import GapRow, GapWords, gap_rows, gap_words
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import LABEL, NOTE, Type, lines_of_text, text
from mapping.charts.palette import paint
from mapping.charts.svg import frame, hatch, line, mark, px, rect
from mapping.charts.typography import LINE, text_width, widest, wrap

_LEVELS = (1, 2, 3, 4, 5)
_VALUE = Type(12, "text")
_AXIS = Type(13, "ink", "middle", True)


class _Plot(NamedTuple):
    """Places of the plot: where level 1 and level 5 are, and how wide the picture is."""

    left: float
    right: float
    width: float
    narrow: bool
    hatch: str
    number: NumberText

    def x(self, level: float) -> float:
        return self.left + (min(max(level, 1), 5) - 1) / 4 * (self.right - self.left)


def gap_plot(figure: Figure, *, narrow: bool = False, number: NumberText = plain_number) -> str:
    """Draw a gap figure; `narrow` is for phones: the label stands above its line."""
    rows, words = gap_rows(figure), gap_words(figure)
    part = "narrow-" if narrow else ""
    definition, stripes = hatch(f"{figure.key}-{part}")
    width = 360.0 if narrow else 760.0
    room = 0.0 if narrow else min(widest([row.label for row in rows], LABEL.size), 210.0)
    ends = (34.0, width - 34) if narrow else (room + 44, width - _gap_room(words))
    plot = _Plot(*ends, width, narrow, stripes, number)
    key, height = legend(_legend_items(rows, words), width=width)
    head, top = _axis_head(plot, words, height + (14 if key else 0))
    body, bottom = [], top
    for row in rows:
        lines = wrap(row.label, LABEL.size, width - 70 if narrow else room)
        high = 40.0 + len(lines) * 18 if narrow else max(44.0, len(lines) * LABEL.size * LINE + 18)
        body.append(_row(plot, row, lines, bottom, high))
        bottom += high
    if not rows:
        body, bottom = [_missing(plot, GapRow(label="", now=None), top + 22)], top + 44
    grid = "" if narrow else _grid(plot, top, bottom)
    drawing = definition + key + head + grid + "".join(body)
    return frame(figure, drawing, (width, bottom + 6), part=part, number=number)


def _gap_room(words: GapWords) -> float:
    """Room right of level 5: half of its name, and the column with the gaps."""
    column = max(text_width(words.gap, _AXIS.size, bold=True), text_width(words.unit, NOTE.size), 44)
    return column + max(text_width(words.levels[4], NOTE.size) / 2, 32) + 12


def _grid(plot: _Plot, top: float, bottom: float) -> str:
    return "".join(line(plot.x(level), top, plot.x(level), bottom, paint(stroke="line")) for level in _LEVELS)


def _legend_items(rows: Sequence[GapRow], words: GapWords) -> list[LegendItem]:
    now = mark("circle", 0, 0, 7, paint(fill="c1"))
    needed = mark("diamond", 0, 0, 6.5, paint(fill="surface", stroke="gap") + ' stroke-width="2.4"')
    tick = line(0, -8, 0, 8, paint(stroke="mid") + ' stroke-width="2.5"')
    items = [LegendItem(now, words.now)]
    if any(row.needed is not None for row in rows):
        items.append(LegendItem(needed, words.needed))
    if any(row.median is not None for row in rows):
        items.append(LegendItem(tick, words.median))
    if words.interval and any(row.low is not None and row.now is not None for row in rows):
        items.append(LegendItem(_interval(-9, 9, 0), words.interval))
    return items


def _axis_head(plot: _Plot, words: GapWords, y: float) -> tuple[str, float]:
    """Numbers and names of the five levels, and the title of the gap column; returns where the rows begin."""
    size = 11.0 if plot.narrow else 12.0
    step = (plot.right - plot.left) / 4 - 6
    names = [wrap(name, size, step) for name in words.levels]
    deep = max(len(name) for name in names) * size * LINE
    parts = [text(plot.x(level), y + 12, str(level), _AXIS) for level in _LEVELS]
    for level, name in zip(_LEVELS, names, strict=True):
        middle = y + 18 + len(name) * size * LINE / 2
        parts.append(lines_of_text(plot.x(level), middle, name, Type(size, "muted", "middle")))
    if not plot.narrow:
        parts.append(text(plot.width, y + 12, words.gap, _AXIS.at_end()))
        parts.append(text(plot.width, y + 18 + size * LINE * 0.78, words.unit, NOTE.at_end()))
    return "".join(parts), y + 22 + deep


def _row(plot: _Plot, row: GapRow, lines: Sequence[str], top: float, high: float) -> str:
    """One line of the plot: label, marks and the gap printed at the right."""
    y = top + high - 20 if plot.narrow else top + high / 2
    middle = top + 4 + len(lines) * 9 if plot.narrow else y
    rail = line(plot.left - 12, y, plot.right + 12, y, paint(stroke="line") + ' stroke-dasharray="1 4"')
    if plot.narrow:
        rail += _grid(plot, y - 13, y + 13)
    label = lines_of_text(0, middle, lines, LABEL)
    if row.now is None:
        return label + _missing(plot, row, y)
    gap = "" if row.gap is None else _gap_text(plot, row, middle)
    return rail + label + _marks(plot, row, y) + gap


def _gap_text(plot: _Plot, row: GapRow, middle: float) -> str:
    gap = row.gap or 0.0
    colour = "over" if gap < 0 else "gap" if row.strong else "muted" if gap < 0.3 else "ink"
    words = number_text(gap, plot.number, signed=True)
    return text(plot.width, middle + 5, words, Type(15, colour, "end", row.strong))


def _missing(plot: _Plot, row: GapRow, y: float) -> str:
    """A row without a score: stripes over the whole axis and the reason on top, never a dot at zero."""
    parts = [rect(plot.left, y - 10, plot.right - plot.left, 20, plot.hatch + ' rx="3"')]
    start, end = plot.left + 10, plot.right - 10
    if row.needed is not None:
        needed = plot.x(row.needed)
        words = number_text(row.needed, plot.number)
        parts.append(rect(needed - 9, y - 9, 36, 18, paint(fill="surface") + ' rx="3"'))
        parts.append(
            mark("diamond", needed, y, 7, paint(fill="surface", stroke="gap") + ' stroke-width="2.4"')
        )
        parts.append(text(needed + 11, y + 4.3, words, _VALUE))
        start, end = max((start, needed - 15), (needed + 34, end), key=lambda side: side[1] - side[0])
    if row.reason:
        lines = wrap(row.reason, NOTE.size, end - start - 12)
        wide = widest(lines, NOTE.size) + 12
        deep = len(lines) * NOTE.size * LINE + 3
        middle = (start + end) / 2
        parts.append(rect(middle - wide / 2, y - deep / 2, wide, deep, paint(fill="surface") + ' rx="3"'))
        parts.append(lines_of_text(middle, y, lines, NOTE.centred()))
    return "".join(parts)


def _interval(low: float, high: float, y: float) -> str:
    path = f"M{px(low)} {px(y - 5)}v10M{px(low)} {px(y)}H{px(high)}M{px(high)} {px(y - 5)}v10"
    return f'<path d="{path}" {paint(stroke="c1")} stroke-width="1.8"/>'


def _marks(plot: _Plot, row: GapRow, y: float) -> str:
    """Bar, interval, median, dot and diamond of one row, each value written on its outer side."""
    now = plot.x(row.now or 1)
    needed = None if row.needed is None else plot.x(row.needed)
    parts, taken = [], [(now - 9, now + 9)]
    if needed is not None:
        kind = "over" if needed < now else "gap"
        low, high = min(now, needed), max(now, needed)
        parts.append(rect(low, y - 4.5, high - low, 9, paint(fill=f"{kind}-soft")))
        taken.append((needed - 11, needed + 11))
    if row.low is not None and row.high is not None:
        ends = plot.x(row.low), plot.x(row.high)
        parts.append(_interval(*ends, y))
        taken.append((ends[0] - 2, ends[1] + 2))
    if row.median is not None:
        tick = plot.x(row.median)
        parts.append(line(tick, y - 11, tick, y + 11, paint(stroke="mid") + ' stroke-width="2.5"'))
        taken.append((tick - 3, tick + 3))
    close = needed is not None and abs(needed - now) < 14
    if needed is not None:
        hollow = paint(fill="surface", stroke=kind) + ' stroke-width="2.4"'
        parts.append(mark("diamond", needed, y, 8.5 if close else 7, hollow))
    dot = mark(
        "circle", now, y, 5 if close else 8, paint(fill="c1", stroke="surface") + ' stroke-width="1.5"'
    )
    parts.insert(-1 if needed is not None and not close else len(parts), dot)
    parts.append(_value(plot, row.now or 1, y, taken, -1 if needed is not None and needed >= now else 1))
    if row.needed is not None and needed is not None:
        parts.append(_value(plot, row.needed, y, taken, 1 if needed >= now else -1))
    return "".join(parts)


def _value(plot: _Plot, level: float, y: float, taken: Sequence[tuple[float, float]], side: int) -> str:
    """The number of a mark, pushed outwards past everything already drawn there."""
    words = number_text(level, plot.number)
    wide = text_width(words, _VALUE.size)
    near = plot.x(level) + side * 11
    for low, high in sorted(taken, reverse=side < 0):
        start, end = (near, near + wide) if side > 0 else (near - wide, near)
        if low < end + 2 and high > start - 2:
            near = high + 4 if side > 0 else low - 4
    return text(near, y + 4.3, words, _VALUE if side > 0 else _VALUE.at_end())
