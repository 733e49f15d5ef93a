"""The four fields as a picture, with a name or a number at every point."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from mapping.charts.figure import Figure, NumberText, number_text, plain_number
from mapping.charts.leaders import SHORT_STEPS, Place, Spot, overlapping, place_labels
from mapping.charts.lettering import NOTE, Type, lines_of_text, text
from mapping.charts.palette import paint
from mapping.charts.paths import Box, Point
from mapping.charts.quadrant import QuadrantPoint, QuadrantWords
from mapping.charts.svg import frame, line, mark, px, rect, tip
from mapping.charts.typography import LINE, widest, wrap

# With more points than this they carry numbers from the start.
MOST_NAMES = 14
_WIDTH, _LEFT, _TOP, _WIDE, _HIGH = 620.0, 58.0, 8.0, 552.0, 440.0
_NAME = Type(13, "text")
_FIELD = Type(14, "ink", "start", True)
_TICK = Type(12.5, "muted", "middle")


def _x(level: float) -> float:
    return _LEFT + 14 + (level - 1) / 4 * (_WIDE - 28)


def _y(importance: float) -> float:
    return _TOP + 14 + (5 - importance) / 4 * (_HIGH - 28)


class _Dot(NamedTuple):
    """A point on the page: its place, and whether it lies in the field for acting first."""

    point: QuadrantPoint
    x: float
    y: float
    first: bool


def quadrant_plot(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the four fields on full axes from 1 to 5.

    Names stand beside their points. Where they would cover each other, the points carry numbers instead and
    the names stand in a list below.
    """
    words = QuadrantWords(**figure.data["words"])
    points = [QuadrantPoint(**point) for point in figure.data["points"]]
    level, importance = figure.data["lines"]
    dots = [
        _Dot(point, _x(point.now), _y(point.importance), point.now < level and point.importance >= importance)
        for point in points
        if point.now is not None and point.importance is not None
    ]
    fields, corners = _fields(words, level)
    body = _ground(level, importance) + fields + _axes(words, number)
    spots = _spots(dots, corners, (_x(level), _y(importance))) if len(dots) <= MOST_NAMES else ()
    y = _TOP + _HIGH + 62
    if len(spots) < len(dots) or overlapping(spots):
        names, y = _numbered(dots, number, y)
        body += names
    else:
        body += "".join(_named(dot, spot, number) for dot, spot in zip(dots, spots, strict=True))
    missing = [point for point in points if point.now is None or point.importance is None]
    foot, bottom = _foot(words, missing, y)
    return frame(figure, body + foot, (_WIDTH, bottom), number=number)


def _ground(level: float, importance: float) -> str:
    """The field for acting first is tinted; the lines between the fields are darker than the grid."""
    right, bottom = _LEFT + _WIDE, _TOP + _HIGH
    parts = [rect(_LEFT, _TOP, _WIDE, _HIGH, paint(fill="canvas") + ' rx="4"')]
    first = paint(fill="gap-soft") + ' fill-opacity=".45" rx="4"'
    parts.append(rect(_LEFT, _TOP, _x(level) - _LEFT, _y(importance) - _TOP, first))
    for at in (1, 2, 3, 4, 5):
        parts.append(line(_x(at), _TOP, _x(at), bottom, paint(stroke="line")))
        parts.append(line(_LEFT, _y(at), right, _y(at), paint(stroke="line")))
    strong = paint(stroke="line-strong") + ' stroke-width="1.5"'
    parts.append(line(_x(level), _TOP, _x(level), bottom, strong))
    parts.append(line(_LEFT, _y(importance), right, _y(importance), strong))
    return "".join(parts)


def _fields(words: QuadrantWords, level: float) -> tuple[str, tuple[Box, ...]]:
    """Names of the fields in the outer corners, and the boxes they take."""
    right, bottom = _LEFT + _WIDE, _TOP + _HIGH
    corners = (
        (words.act_first, True, True),
        (words.keep_strong, False, True),
        (words.watch, True, False),
        (words.enough, False, False),
    )
    parts, boxes = [], []
    for name, at_left, at_top in corners:
        room = (_x(level) - _LEFT if at_left else right - _x(level)) - 20
        lines = wrap(name, _FIELD.size, max(room, 60), bold=True)
        wide, deep = widest(lines, _FIELD.size, bold=True), len(lines) * _FIELD.size * LINE
        x = _LEFT + 10 if at_left else right - 10
        middle = _TOP + 8 + deep / 2 if at_top else bottom - 8 - deep / 2
        parts.append(lines_of_text(x, middle, lines, _FIELD if at_left else _FIELD.at_end()))
        start = x if at_left else x - wide
        boxes.append(Box(start, middle - deep / 2, start + wide, middle + deep / 2))
    return "".join(parts), tuple(boxes)


def _axes(words: QuadrantWords, number: NumberText) -> str:
    bottom = _TOP + _HIGH
    parts = []
    for at in (1, 2, 3, 4, 5):
        parts.append(text(_x(at), bottom + 18, number(at, 0), _TICK))
        parts.append(text(_LEFT - 8, _y(at) + 4.5, number(at, 0), _TICK.at_end()))
    parts.append(text(_LEFT + _WIDE / 2, bottom + 40, words.now, Type(13, "text", "middle", True)))
    turned = text(0, 0, words.importance, Type(13, "text", "middle", True))
    parts.append(f'<g transform="translate(16 {px(_TOP + _HIGH / 2)}) rotate(-90)">{turned}</g>')
    return "".join(parts)


def _spots(dots: Sequence[_Dot], corners: tuple[Box, ...], lines: Point) -> tuple[Spot, ...]:
    """A spot for each name in the field of its point: beyond a line it would say something else."""
    found: dict[int, Spot] = {}
    for right, upper in ((True, True), (False, True), (True, False), (False, False)):
        here = [n for n, dot in enumerate(dots) if (dot.x >= lines[0], dot.y <= lines[1]) == (right, upper)]
        others = tuple(_mark_box(dot) for n, dot in enumerate(dots) if n not in here)
        taken = corners + others + tuple(spot.box for spot in found.values())
        wanted = tuple(_wanted(dots[n]) for n in here)
        found |= zip(here, place_labels(wanted, _room(lines, right, upper), taken, SHORT_STEPS), strict=True)
    return tuple(found[n] for n in range(len(dots)))


def _wanted(dot: _Dot) -> Place:
    rows = wrap(dot.point.label, _NAME.size, 150, bold=dot.first)
    size = (widest(rows, _NAME.size, bold=dot.first) + 2, len(rows) * _NAME.size * LINE)
    return Place((dot.x, dot.y), _mark_box(dot), *size)


def _mark_box(dot: _Dot) -> Box:
    return Box(dot.x - 8, dot.y - 8, dot.x + 8, dot.y + 8)


def _room(lines: Point, right: bool, upper: bool) -> Box:
    """One of the four fields, without its edges."""
    across = (lines[0], _LEFT + _WIDE) if right else (_LEFT, lines[0])
    down = (_TOP, lines[1]) if upper else (lines[1], _TOP + _HIGH)
    return Box(across[0] + 2, down[0] + 2, across[1] - 2, down[1] - 2)


def _disc(dot: _Dot, radius: float) -> str:
    look = paint(fill="gap" if dot.first else "c1", stroke="surface") + ' stroke-width="1.5"'
    return mark("circle", dot.x, dot.y, radius, look)


def _said(point: QuadrantPoint, number: NumberText) -> str:
    values = [number_text(value, number) for value in (point.now, point.importance) if value is not None]
    return f"{point.label}: {' | '.join(values)}"


def _named(dot: _Dot, spot: Spot, number: NumberText) -> str:
    far = math.dist(spot.start, spot.end) > 16
    leader = line(*spot.start, *spot.end, paint(stroke="line-strong")) if far else ""
    style, x = _NAME, spot.box.left
    if spot.box.right <= spot.start[0]:
        style, x = _NAME.at_end(), spot.box.right
    elif spot.box.left < spot.start[0]:
        style, x = _NAME.centred(), (spot.box.left + spot.box.right) / 2
    rows = wrap(dot.point.label, _NAME.size, 150, bold=dot.first)
    name = lines_of_text(x, spot.box.middle[1], rows, style._replace(bold=dot.first))
    drawn = f'{_disc(dot, 6.5)}<g class="chart-halo-canvas">{name}</g>'
    return leader + tip(_said(dot.point, number), drawn, dot.point.href)


def _numbered(dots: Sequence[_Dot], number: NumberText, top: float) -> tuple[str, float]:
    """Points with numbers, and the list of their names in two columns."""
    parts, room, y = [], (_WIDTH - _LEFT) / 2, top
    for place, dot in enumerate(dots, start=1):
        digit = text(dot.x, dot.y + 4, str(place), Type(11, "surface", "middle", True))
        parts.append(tip(_said(dot.point, number), _disc(dot, 9) + digit, dot.point.href))
    half = (len(dots) + 1) // 2
    for row in range(half):
        high = 0.0
        for column, place in enumerate((row, row + half)):
            if place < len(dots):
                x = _LEFT + column * room
                rows = wrap(_said(dots[place].point, number), 12.5, room - 34)
                deep = len(rows) * 12.5 * LINE
                parts.append(text(x + 16, y + 4.5, f"{place + 1}", Type(12.5, "ink", "end", True)))
                parts.append(lines_of_text(x + 24, y + deep / 2 - 8, rows, Type(12.5)))
                high = max(high, deep)
        y += high + 4
    return "".join(parts), y + 10


def _foot(words: QuadrantWords, missing: Sequence[QuadrantPoint], y: float) -> tuple[str, float]:
    """Where the lines are, and which points have no place and why."""
    notes = [words.lines] if words.lines else []
    if missing:
        said = [f"{point.label} ({point.reason})" if point.reason else point.label for point in missing]
        notes.append(f"{words.missing} {'; '.join(said)}".strip())
    parts = []
    for note in notes:
        for row in wrap(note, NOTE.size, _WIDTH - _LEFT):
            parts.append(text(_LEFT, y, row, NOTE))
            y += NOTE.size * LINE
        y += 3
    return "".join(parts), y - 6
