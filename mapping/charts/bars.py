"""Many regions, one theme: bars in order, the own one strong, the needed level dashed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mapping.charts.figure import (
    Column,
    Figure,
    Heading,
    NumberText,
    Table,
    make_figure,
    number_text,
    plain_number,
    rounded_or_none,
)
from mapping.charts.lettering import LABEL, NOTE, Type, lines_of_text, text
from mapping.charts.palette import paint
from mapping.charts.svg import frame, hatch, line, px, rect, tip
from mapping.charts.typography import LINE, text_width, widest, wrap

KIND = "bars"
# Beyond this number only the two ends and the neighbours of the own bar are drawn; the table has them all.
MOST_BARS = 30
_ENDS, _NEIGHBOURS = 8, 3
_AXIS = Type(13, "ink", "middle", True)


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar. Without a value it is hatched and says why."""

    label: str
    value: float | None
    own: bool = False
    reason: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class BarWords:
    """Titles of the table, and of the dashed line. With `levels` the axis runs from 1 to 5 and is named."""

    row: str
    value: str
    target: str = ""
    levels: tuple[str, ...] = ()
    decimals: int = 1


def bar_figure(
    bars: Sequence[Bar], *, heading: Heading, words: BarWords, target: float | None = None
) -> Figure:
    """Make the figure: the highest value first, bars without a value last."""
    kept = [Bar(**asdict(bar) | {"value": rounded_or_none(bar.value, words.decimals)}) for bar in bars]
    kept.sort(key=lambda bar: (bar.value is None, -(bar.value or 0)))
    rows = [(bar.label, bar.reason or None if bar.value is None else bar.value) for bar in kept]
    target = rounded_or_none(target, words.decimals)
    if target is not None and words.target:
        rows.append((words.target, target))
    columns = (Column(label=words.row), Column(label=words.value, kind="number", decimals=words.decimals))
    return make_figure(
        heading,
        kind=KIND,
        data={
            "bars": [asdict(bar) for bar in kept],
            "target": target,
            "words": asdict(words) | {"levels": list(words.levels)},
        },
        table=Table(columns=columns, rows=tuple(rows)),
    )


class _Plot:
    """Places of the plot: from where to where the axis runs, on the page and in numbers."""

    def __init__(self, figure: Figure, number: NumberText, stripes: str) -> None:
        self.bars = [Bar(**bar) for bar in figure.data["bars"]]
        self.words = BarWords(**figure.data["words"] | {"levels": tuple(figure.data["words"]["levels"])})
        self.target: float | None = figure.data["target"]
        self.number, self.stripes = number, stripes
        values = [bar.value for bar in self.bars if bar.value is not None] + [self.target or 0]
        self.low, self.high = 1.0, 5.0
        if not self.words.levels:
            self.low, self.high = min(0.0, *values), max(1.0, *values)
        self.width = 760.0
        self.left = min(widest([bar.label for bar in self.bars], LABEL.size, bold=True), 230.0) + 16
        name = widest(self.words.levels[4:], NOTE.size) if self.words.levels else 0.0
        self.right = self.width - max(name / 2, 52)
        if self.words.levels:
            self.left += max(text_width(self.words.levels[0], NOTE.size) / 2 - 24, 0)

    def x(self, value: float) -> float:
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + part * (self.right - self.left)

    def written(self, value: float) -> str:
        return number_text(value, self.number, decimals=self.words.decimals)


def bar_chart(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the bars from the start of the scale, each with its number at its end."""
    definition, stripes = hatch(f"{figure.key}-")
    plot = _Plot(figure, number, stripes)
    head, top = _head(plot)
    y, parts = top + 4, []
    previous = -1
    for place in _shown(plot.bars):
        if place != previous + 1:
            parts.append(text(0, y + 15, "⋯", Type(16, "muted")))
            y += 24
        drawn, height = _bar(plot, plot.bars[place], y)
        parts.append(drawn)
        y += height
        previous = place
    if not plot.bars:
        parts.append(rect(plot.left, y, plot.right - plot.left, 32, plot.stripes + ' rx="3"'))
        y += 32
    grid = "".join(line(plot.x(at), top, plot.x(at), y + 4, paint(stroke="line")) for at in _ticks(plot))
    body = definition + head + grid + "".join(parts) + _target(plot, top, y + 4)
    return frame(figure, body, (plot.width, y + (28 if plot.target is not None else 8)), number=number)


def _ticks(plot: _Plot) -> list[float]:
    if plot.words.levels:
        return [1, 2, 3, 4, 5]
    return [max(plot.low, 0)]


def _head(plot: _Plot) -> tuple[str, float]:
    if not plot.words.levels:
        return "", 0.0
    step = (plot.right - plot.left) / 4 - 8
    names = [wrap(name, NOTE.size, step) for name in plot.words.levels]
    parts = []
    for level, name in enumerate(names, start=1):
        parts.append(text(plot.x(level), 12, str(level), _AXIS))
        middle = 18 + len(name) * NOTE.size * LINE / 2
        parts.append(lines_of_text(plot.x(level), middle, name, NOTE.centred()))
    return "".join(parts), 24 + max(len(name) for name in names) * NOTE.size * LINE


def _shown(bars: Sequence[Bar]) -> list[int]:
    """Places of the bars that are drawn: all, or both ends and the own one with three on each side."""
    count = len(bars)
    if count <= MOST_BARS:
        return list(range(count))
    places = {*range(_ENDS), *range(count - _ENDS, count)}
    for place, bar in enumerate(bars):
        if bar.own:
            places |= set(range(max(place - _NEIGHBOURS, 0), min(place + _NEIGHBOURS + 1, count)))
    return sorted(places)


def _bar(plot: _Plot, bar: Bar, top: float) -> tuple[str, float]:
    lines = wrap(bar.label, LABEL.size, min(plot.left - 16, 230), bold=bar.own)
    height = max(30.0, len(lines) * LABEL.size * LINE + 10)
    y = top + height / 2
    style = Type(LABEL.size, "ink" if bar.own else "text", "start", bar.own)
    label = lines_of_text(0, y, lines, style)
    if bar.value is None:
        reason = f'<g class="chart-halo-surface">{text(plot.left + 74, y + 4.3, bar.reason, NOTE)}</g>'
        return label + rect(plot.left, y - 8, 64, 16, plot.stripes + ' rx="3"') + reason, height
    start, end = sorted((plot.x(max(plot.low, 0)), plot.x(bar.value)))
    look = paint(fill="c1" if bar.own else "over-soft") + ' rx="2"'
    value = text(end + 7, y + 4.7, plot.written(bar.value), style._replace(size=13))
    value = f'<g class="chart-halo-surface">{value}</g>'
    drawn = label + rect(start, y - 9, max(end - start, 1.5), 18, look) + value
    return (tip(f"{bar.label}: {plot.written(bar.value)}", drawn, bar.href) if bar.href else drawn), height


def _target(plot: _Plot, top: float, bottom: float) -> str:
    """The needed level: a dashed line over the bars, named below."""
    if plot.target is None:
        return ""
    x = plot.x(plot.target)
    words = f"{plot.words.target} {plot.written(plot.target)}".strip()
    half = text_width(words, 12.5, bold=True) / 2
    place = min(max(x, half), plot.width - half)
    dashed = paint(stroke="gap") + ' stroke-width="2" stroke-dasharray="5 4"'
    label = text(place, bottom + 17, words, Type(12.5, "gap", "middle", True))
    return f'<path d="M{px(x)} {px(top)}V{px(bottom + 4)}" {dashed}/>' + label
