"""A profile to recognise at a glance: the same levels as the gap plot, in a fixed order around a circle."""

import math
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
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import Type, lines_of_text, text
from mapping.charts.palette import paint
from mapping.charts.paths import Point
from mapping.charts.svg import frame, hatch, line, mark, px
from mapping.charts.typography import LINE, wrap

KIND = "radar"
_WIDTH, _RADIUS, _ROOM = 520.0, 136.0, 112.0
_NAME = Type(13, "text")


@dataclass(frozen=True, kw_only=True)
class Spoke:
    """One theme of the profile. A missing level leaves a hole in the line; it is never put in the middle."""

    label: str
    now: float | None
    needed: float | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class RadarWords:
    """Title of the rows and names of the two lines."""

    row: str
    now: str
    needed: str = ""
    missing: str = ""
    decimals: int = 1


def radar_figure(spokes: Sequence[Spoke], *, heading: Heading, words: RadarWords) -> Figure:
    """Make the figure; the themes keep their order, so that profiles can be compared."""
    kept = [
        Spoke(**asdict(one) | {"now": rounded_or_none(one.now), "needed": rounded_or_none(one.needed)})
        for one in spokes
    ]
    columns = [Column(label=words.row), Column(label=words.now, kind="number", decimals=words.decimals)]
    if words.needed:
        columns.append(Column(label=words.needed, kind="number"))
    rows = [
        (
            one.label,
            (one.reason or words.missing or None) if one.now is None else one.now,
            *((one.needed,) if words.needed else ()),
        )
        for one in kept
    ]
    return make_figure(
        heading,
        kind=KIND,
        data={"spokes": [asdict(one) for one in kept], "words": asdict(words)},
        table=Table(columns=tuple(columns), rows=tuple(rows)),
    )


def radar_plot(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the profile with rings for the levels 1 to 5; each name has its numbers below it."""
    words = RadarWords(**figure.data["words"])
    spokes = [Spoke(**spoke) for spoke in figure.data["spokes"]]
    definition, stripes = hatch(f"{figure.key}-")
    key, deep = legend(_legend_items(spokes, words, stripes), width=_WIDTH)
    names = [_rows_of(spoke, number, words.decimals) for spoke in spokes]
    above = max((len(rows) for rows in names), default=1) * _NAME.size * LINE + 14
    centre = (_WIDTH / 2, deep + 12 + above + _RADIUS)
    parts = [definition, key, *(_ring(level, len(spokes), centre) for level in (1, 2, 3, 4, 5))]
    parts += [
        line(*centre, *_at(5, place, len(spokes), centre), paint(stroke="line"))
        for place in range(len(spokes))
    ]
    parts.append(_outline([spoke.needed for spoke in spokes], centre, needed=True))
    parts.append(_outline([spoke.now for spoke in spokes], centre, needed=False))
    parts += [
        text(centre[0] + 4, centre[1] - _RADIUS * level / 5 + 12, number(level, 0), Type(11, "muted"))
        for level in (1, 3, 5)
    ]
    for place, spoke in enumerate(spokes):
        parts.append(_name(names[place], place, len(spokes), centre))
        if spoke.now is None:
            parts.append(mark("circle", *_at(5, place, len(spokes), centre), 6, stripes))
    return frame(figure, "".join(parts), (_WIDTH, centre[1] + _RADIUS + above), number=number)


def _at(level: float, place: int, count: int, centre: Point) -> Point:
    angle = 2 * math.pi * place / count - math.pi / 2
    return centre[0] + _RADIUS * level / 5 * math.cos(angle), centre[1] + _RADIUS * level / 5 * math.sin(
        angle
    )


def _ring(level: int, count: int, centre: Point) -> str:
    """A ring for a level: with corners where there are enough themes, else a circle."""
    look = paint(stroke="line-strong" if level == 5 else "line")
    if count < 3:
        return mark("circle", *centre, _RADIUS * level / 5, look)
    points = "L".join(
        f"{px(x)} {px(y)}" for x, y in (_at(level, place, count, centre) for place in range(count))
    )
    return f'<path d="M{points}z" {look}/>'


def _outline(values: Sequence[float | None], centre: Point, *, needed: bool) -> str:
    """The line through the levels that are there, broken where one is missing; filled only when whole."""
    count = len(values)
    points = [
        None if value is None else _at(value, place, count, centre) for place, value in enumerate(values)
    ]
    whole = count > 2 and None not in points
    path = ""
    for place in range(count):
        here, following = points[place], points[(place + 1) % count]
        if here is not None and following is not None and count > 1:
            path += f"M{px(here[0])} {px(here[1])}L{px(following[0])} {px(following[1])}"
    if whole:
        path = "M" + "L".join(f"{px(x)} {px(y)}" for x, y in filter(None, points)) + "z"
    if needed:
        dashed = paint(stroke="gap") + ' stroke-width="2" stroke-dasharray="5 4" stroke-linejoin="round"'
        ends = [
            mark("diamond", *point, 3.6, paint(fill="surface", stroke="gap") + ' stroke-width="1.8"')
            for point in points
            if point
        ]
        return (f'<path d="{path}" {dashed}/>' if path else "") + "".join(ends)
    look = (
        paint(fill="c1" if whole else "", stroke="c1")
        + ' fill-opacity=".13" stroke-width="2.2" stroke-linejoin="round"'
    )
    dots = [mark("circle", *point, 4, paint(fill="c1", stroke="surface")) for point in points if point]
    return (f'<path d="{path}" {look}/>' if path else "") + "".join(dots)


def _rows_of(spoke: Spoke, number: NumberText, decimals: int) -> tuple[str, ...]:
    """The name of a theme, wrapped, and its numbers (or the reason) as the last row."""
    now = "–" if spoke.now is None else number_text(spoke.now, number, decimals=decimals)
    needed = spoke.needed
    numbers = now if needed is None else f"{now} → {number_text(needed, number, decimals=decimals)}"
    return *wrap(spoke.label, _NAME.size, _ROOM), numbers


def _name(rows: Sequence[str], place: int, count: int, centre: Point) -> str:
    x, y = _at(5.45, place, count, centre)
    across = x - centre[0]
    style = _NAME.centred() if abs(across) < 24 else _NAME if across > 0 else _NAME.at_end()
    deep = len(rows) * _NAME.size * LINE
    lift = (y - centre[1]) / (_RADIUS * 1.09)
    middle = y + lift * deep / 2
    *name, numbers = rows
    half = _NAME.size * LINE / 2
    drawn = lines_of_text(x, middle - half, name, style)
    return drawn + lines_of_text(
        x, middle + deep / 2 - half, [numbers], style._replace(fill="muted", size=12)
    )


def _legend_items(spokes: Sequence[Spoke], words: RadarWords, stripes: str) -> list[LegendItem]:
    now = line(-9, 0, 9, 0, paint(stroke="c1") + ' stroke-width="2.2"') + mark(
        "circle", 0, 0, 4, paint(fill="c1")
    )
    needed = line(-9, 0, 9, 0, paint(stroke="gap") + ' stroke-width="2" stroke-dasharray="5 4"')
    items = [LegendItem(now, words.now)]
    if any(spoke.needed is not None for spoke in spokes):
        items.append(LegendItem(needed, words.needed))
    reasons = dict.fromkeys(spoke.reason or words.missing for spoke in spokes if spoke.now is None)
    return items + [LegendItem(mark("circle", 0, 0, 6, stripes), reason) for reason in reasons if reason]
