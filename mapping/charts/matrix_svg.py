"""The capability matrix as a picture."""

from collections import defaultdict
from itertools import accumulate, groupby, pairwise
from typing import NamedTuple

from mapping.charts.column_heads import column_heads
from mapping.charts.figure import Figure, NumberText, plain_number
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import LABEL, NOTE, Type, lines_of_text, text
from mapping.charts.matrix import MatrixColumn, MatrixMark, MatrixParts, MatrixRow, MatrixWords, matrix_parts
from mapping.charts.palette import paint
from mapping.charts.svg import frame, hatch, line, mark, px, rect, tip
from mapping.charts.typography import LINE, widest, wrap

_WIDTH = 760.0
_RADII = (0.0, 7.0, 9.0, 11.0, 13.0, 15.0)
_GROUP = Type(12, "muted", "start", True)


class _Grid(NamedTuple):
    """Where the columns begin and end, and how large the marks are."""

    left: float
    edges: tuple[float, ...]
    scale: float
    stripes: str


def matrix_svg(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the matrix; with many rows they stand closer, with many columns the picture grows wider."""
    parts = matrix_parts(figure)
    definition, stripes = hatch(f"{figure.key}-")
    scale = 0.85 if len(parts.rows) > 24 else 1.0
    labels = [row.label for row in parts.rows] + [parts.words.row]
    room = min(widest(labels, LABEL.size, bold=True) + 18, 230.0)
    grid = _Grid(room, _edges(parts, room, scale), scale, stripes)
    width = max(_WIDTH, grid.edges[-1])
    head, top = _head(parts, grid)
    body, bottom = _rows(parts, grid, top)
    bands = _bands(parts.columns, grid, bottom)
    key, deep = legend(_legend_items(parts, stripes), width=width)
    moved = f'<g transform="translate(0 {px(bottom + 16)})">{key}</g>'
    return frame(figure, definition + bands + head + body + moved, (width, bottom + deep + 18), number=number)


def _edges(parts: MatrixParts, room: float, scale: float) -> tuple[float, ...]:
    """Left edge of every column and the right edge of the last.

    A cell with two marks makes its column wider, and so does a group title with a long word.
    """
    count: dict[tuple[int, int], int] = defaultdict(int)
    for item in parts.marks:
        count[item.row, item.column] += 1
    widths = [46.0 * scale] * len(parts.columns)
    for (_, column), number in count.items():
        widths[column] = max(widths[column], 46.0 * scale * number)
    for group, members in groupby(range(len(widths)), key=lambda place: parts.columns[place].group):
        places = list(members)
        total = sum(widths[place] for place in places)
        words = widest(group.split(), _GROUP.size, bold=True) + 14
        for place in places:
            widths[place] *= max(words / total, 1.0)
    stretch = min(max((_WIDTH - room) / sum(widths), 1.0), 1.7) if widths else 1.0
    return tuple(accumulate((width * stretch for width in widths), initial=room))


def _head(parts: MatrixParts, grid: _Grid) -> tuple[str, float]:
    """Group titles on top, column titles below, the title of the rows at the left."""
    groups, height = _group_titles(parts.columns, grid)
    notes = [column.note for column in parts.columns]
    heads, deep = column_heads([column.label for column in parts.columns], notes, edges=grid.edges)
    base = height + max(deep, 18.0)
    heads = f'<g transform="translate(0 {px(height)})">{heads}</g>'
    if any(notes):
        lines = wrap(parts.words.notes, NOTE.size, grid.left - 14)
        high = len(lines) * NOTE.size * LINE
        title = text(0, base - high - 16, parts.words.row, Type(12.5, "ink", "start", True))
        return groups + heads + title + lines_of_text(0, base - 8 - high / 2, lines, NOTE), base
    return groups + heads + text(0, base - 8, parts.words.row, Type(12.5, "ink", "start", True)), base


def _spans(columns: tuple[MatrixColumn, ...], grid: _Grid) -> list[tuple[str, float, float]]:
    """Groups of neighbouring columns: title, left and right edge."""
    spans = []
    for group, members in groupby(enumerate(columns), key=lambda item: item[1].group):
        places = [place for place, _ in members]
        spans.append((group, grid.edges[places[0]], grid.edges[places[-1] + 1]))
    return spans


def _group_titles(columns: tuple[MatrixColumn, ...], grid: _Grid) -> tuple[str, float]:
    titles = [
        (wrap(group, _GROUP.size, right - left - 8, bold=True), left, right)
        for group, left, right in _spans(columns, grid)
        if group
    ]
    deep = max((len(lines) for lines, _, _ in titles), default=0) * _GROUP.size * LINE
    if not deep:
        return "", 4.0
    parts = []
    for lines, left, right in titles:
        parts.append(lines_of_text(left + 6, 6 + deep - len(lines) * _GROUP.size * LINE / 2, lines, _GROUP))
        parts.append(line(left + 6, deep + 10, right - 6, deep + 10, paint(stroke="line-strong")))
    return "".join(parts), deep + 20


def _bands(columns: tuple[MatrixColumn, ...], grid: _Grid, bottom: float) -> str:
    """Every second group stands on a tinted ground."""
    return "".join(
        rect(left, 0, right - left, bottom, paint(fill="canvas"))
        for number, (_, left, right) in enumerate(_spans(columns, grid))
        if number % 2 == 0
    )


def _rows(parts: MatrixParts, grid: _Grid, top: float) -> tuple[str, float]:
    cells: dict[tuple[int, int], list[MatrixMark]] = defaultdict(list)
    for item in parts.marks:
        cells[item.row, item.column].append(item)
    drawn, y = [], top
    for place, row in enumerate(parts.rows):
        label, height = _row_label(row, grid, y)
        middle = y + height / 2
        drawn.append(line(0, y, grid.edges[-1], y, paint(stroke="line")) + label)
        for column, (left, right) in enumerate(pairwise(grid.edges)):
            items = cells.get((place, column), [])
            for number, item in enumerate(items):
                x = left + (right - left) * (number + 0.5) / len(items)
                drawn.append(_mark(item, (x - 4 * grid.scale, middle), parts, grid))
        y += height
    if not parts.rows:
        drawn.append(rect(0, y, max(grid.edges[-1], _WIDTH), 44, grid.stripes + ' rx="3"'))
        y += 44
    return "".join(drawn) + line(0, y, grid.edges[-1], y, paint(stroke="line")), y


def _row_label(row: MatrixRow, grid: _Grid, top: float) -> tuple[str, float]:
    indent = min(row.depth, 4) * 14.0
    bold = row.depth == 0
    lines = wrap(row.label, LABEL.size, grid.left - 14 - indent, bold=bold)
    height = max(40.0 * grid.scale, len(lines) * LABEL.size * LINE + 12)
    style = Type(LABEL.size, "ink" if bold else "text", "start", bold)
    label = lines_of_text(indent, top + height / 2, lines, style)
    return (tip(row.label, label, row.href) if row.href else label), height


def _mark(item: MatrixMark, place: tuple[float, float], parts: MatrixParts, grid: _Grid) -> str:
    """A disc that grows with the strength, the number in it and the letter of the role beside it."""
    x, y = place
    radius = _RADII[item.strength or 3] * grid.scale
    drawn = _disc(item.strength, (x, y), radius, grid.stripes)
    if item.linked:
        drawn += mark("circle", x, y, radius + 2.5, paint(stroke="ink") + ' stroke-width="1.3"')
    if item.role:
        beside = x + radius * 0.78 + (6 if item.linked else 3)
        drawn += text(beside, y + radius * 0.7 + 5, item.role, Type(10.5, "muted", bold=True))
    return tip(_tip_words(item, parts.rows[item.row].label, parts.words), drawn, item.href)


def _tip_words(item: MatrixMark, unit: str, words: MatrixWords) -> str:
    role = dict(words.roles).get(item.role, "")
    strength = (
        item.reason or words.missing if item.strength is None else _strength_words(item.strength, words)
    )
    return f"{unit}, {item.name}: " + ", ".join(part for part in (strength, role) if part)


def _strength_words(strength: int, words: MatrixWords) -> str:
    return f"{strength} {words.strengths[strength - 1]}"


def _disc(strength: int | None, place: tuple[float, float], radius: float, stripes: str) -> str:
    x, y = place
    if strength is None:
        return mark("circle", x, y, radius, stripes)
    size = 10.5 if radius < 8 else 12.0
    look = paint(fill=f"q{strength}", stroke="line-strong" if strength == 1 else "surface")
    digit = text(x, y + size * 0.36, str(strength), Type(size, f"q{strength}t", "middle", True))
    return mark("circle", x, y, radius, look) + digit


def _legend_items(parts: MatrixParts, stripes: str) -> list[LegendItem]:
    words = parts.words
    items = [
        LegendItem(_disc(strength, (0, 0), min(_RADII[strength] * 0.8 + 1, 9), stripes), name)
        for strength, name in enumerate(words.strengths, start=1)
    ]
    if words.linked and any(item.linked for item in parts.marks):
        ring = mark("circle", 0, 0, 8, paint(stroke="ink") + ' stroke-width="1.3"')
        items.append(LegendItem(ring, words.linked))
    reasons = dict.fromkeys(item.reason or words.missing for item in parts.marks if item.strength is None)
    told = ", ".join(reason for reason in reasons if reason)
    items += [LegendItem(mark("circle", 0, 0, 8, stripes), told)] if told else []
    letter = Type(12, "muted", "middle", True)
    used = {item.role for item in parts.marks}
    notes = " ".join(column.note for column in parts.columns)
    items += [
        LegendItem(text(0, 4.5, sign, letter), meaning) for sign, meaning in words.signs if sign in notes
    ]
    return items + [
        LegendItem(text(0, 4.5, sign, letter), name) for sign, name in words.roles if sign in used
    ]
