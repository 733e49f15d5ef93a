"""The heat table as a picture, for PDF and download."""

from mapping.charts.column_heads import column_heads
from mapping.charts.figure import Figure, NumberText, plain_number
from mapping.charts.heat import HeatCell, HeatLine, HeatTable, heat_table
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import LABEL, NOTE, Type, lines_of_text, text
from mapping.charts.palette import paint
from mapping.charts.svg import frame, hatch, px, rect
from mapping.charts.typography import LINE, text_width, widest, wrap

_WIDTH = 760.0
_CELL = Type(14, "text", "middle")
_GAP = 2.5


def heat_svg(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the table. The labels get at most a third of the width, the columns share the rest."""
    table = heat_table(figure, number=number)
    definition, stripes = hatch(f"{figure.key}-")
    labels = [table.row, *(line.label for line in table.lines)]
    room = min(widest(labels, LABEL.size, bold=True), _WIDTH / 3) + 12
    tail = max(text_width(table.spread, 12.5, bold=True) + 16, 52) if table.spread else 0.0
    step = min((_WIDTH - room - tail) / max(len(table.columns), 1), 132.0)
    head, top = _head(table, room, step)
    parts, y = [definition, head], top
    for line in table.lines:
        drawn, height = _line(line, (room, y, step), stripes)
        parts.append(drawn)
        y += height
    key, deep = legend(_legend_items(table, stripes), width=_WIDTH)
    parts.append(f'<g transform="translate(0 {px(y + 14)})">{key}</g>')
    return frame(figure, "".join(parts), (_WIDTH, y + 16 + deep), number=number)


def _head(table: HeatTable, room: float, step: float) -> tuple[str, float]:
    """The head of the table; returns where the cells begin."""
    titles = [title for title, _ in table.columns]
    edges = [room + step * place for place in range(len(titles) + 1)]
    drawn, base = column_heads(titles, [note for _, note in table.columns], edges=edges)
    style = Type(12.5, "ink", "start", True)
    drawn += text(0, base - 8, table.row, style)
    if table.spread:
        drawn += text(room + step * len(table.columns) + 12, base - 8, table.spread, style)
    return drawn, base


def _line(line: HeatLine, place: tuple[float, float, float], stripes: str) -> tuple[str, float]:
    room, top, step = place
    lines = wrap(line.label, LABEL.size, room - 12 - (30 if line.note else 0), bold=line.own)
    height = max(34.0, len(lines) * LABEL.size * LINE + 10)
    middle = top + height / 2
    style = Type(LABEL.size, "muted" if line.plain else "ink" if line.own else "text", "start", line.own)
    parts = [lines_of_text(0, middle, lines, style)]
    if line.note:
        x = text_width(lines[-1], LABEL.size, bold=line.own) + 6
        last = middle + (len(lines) - 1) * LABEL.size * LINE / 2
        parts.append(text(x, last + 5, line.note, NOTE))
    for number, cell in enumerate(line.cells):
        box = (room + number * step + _GAP / 2, top + _GAP / 2, step - _GAP, height - _GAP)
        parts.append(_cell(cell, box, stripes))
    if line.spread:
        x = room + step * len(line.cells) + 12
        parts.append(
            text(x, middle + 5, line.spread, Type(14, "gap" if line.strong else "muted", bold=line.strong))
        )
    return "".join(parts), height


def _cell(cell: HeatCell, box: tuple[float, float, float, float], stripes: str) -> str:
    x, y, width, height = box
    middle = (x + width / 2, y + height / 2 + 5)
    if cell.level < 0:
        return text(*middle, cell.text, Type(14, "muted", "middle"))
    if cell.level:
        look = paint(fill=f"q{cell.level}") + ' rx="3"'
        return rect(x, y, width, height, look) + text(
            *middle, cell.text, _CELL._replace(fill=f"q{cell.level}t")
        )
    plate = rect(middle[0] - 10, middle[1] - 14, 20, 18, paint(fill="surface") + ' rx="9"')
    return rect(x, y, width, height, stripes + ' rx="3"') + plate + text(*middle, cell.text, NOTE.centred())


def _legend_items(table: HeatTable, stripes: str) -> list[LegendItem]:
    items = [
        LegendItem(rect(-8, -7, 16, 14, paint(fill=f"q{level}", stroke="line") + ' rx="3"'), label)
        for level, label in table.classes
    ]
    for mark, reason in table.reasons:
        box = rect(-8, -7, 16, 14, stripes + ' rx="3"')
        items.append(LegendItem(box, reason if mark == "–" else f"{mark}: {reason}"))
    return items
