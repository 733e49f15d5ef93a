"""What is met, partly or not? One line a criterion; the mark, its shape and the word all say the same."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from mapping.charts.figure import Column, Figure, Heading, NumberText, Table, make_figure, plain_number
from mapping.charts.lettering import LABEL, Type, lines_of_text
from mapping.charts.palette import paint
from mapping.charts.svg import frame, hatch, line, mark, px, rect, tip
from mapping.charts.typography import LINE, wrap

KIND = "checklist"
State = Literal["yes", "partly", "no", ""]
_WIDTH, _LEFT, _RADIUS = 340.0, 36.0, 10.0  # narrow enough for a phone
_STATE = Type(13, "muted")


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """A criterion. state: yes, partly, no; "" is not known, and `said` then gives the reason."""

    label: str
    state: State
    said: str


@dataclass(frozen=True, kw_only=True)
class CheckWords:
    """Titles of the table."""

    row: str
    state: str


def checklist_figure(rows: Sequence[CheckRow], *, heading: Heading, words: CheckWords) -> Figure:
    """Make the figure; the criteria keep their order."""
    return make_figure(
        heading,
        kind=KIND,
        data={"rows": [asdict(row) for row in rows], "words": asdict(words)},
        table=Table(
            columns=(Column(label=words.row), Column(label=words.state)),
            rows=tuple((row.label, row.said) for row in rows),
        ),
    )


def checklist_plot(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the lines: a full disc with a tick, a half disc, a ring with a bar, or hatched."""
    rows = [CheckRow(**row) for row in figure.data["rows"]]
    definition, stripes = hatch(f"{figure.key}-")
    parts, y = [definition], 0.0
    for row in rows:
        lines = wrap(row.label, LABEL.size, _WIDTH - _LEFT, bold=True)
        said = wrap(row.said, _STATE.size, _WIDTH - _LEFT)
        above, below = len(lines) * LABEL.size * LINE, len(said) * _STATE.size * LINE
        height = above + below + 14
        drawn = _symbol(row.state, (_RADIUS + 2, y + height / 2), stripes)
        drawn += lines_of_text(_LEFT, y + 7 + above / 2, lines, LABEL._replace(fill="ink", bold=True))
        drawn += lines_of_text(_LEFT, y + 7 + above + below / 2, said, _STATE)
        parts.append(tip(f"{row.label}: {row.said}", drawn))
        y += height
        parts.append(line(0, y, _WIDTH, y, paint(stroke="line")))
    if not rows:
        parts.append(rect(0, 0, _WIDTH, 44, stripes + ' rx="3"'))
        y = 44
    return frame(figure, "".join(parts), (_WIDTH, y + 2), number=number)


def _symbol(state: State, place: tuple[float, float], stripes: str) -> str:
    x, y = place
    if not state:
        return mark("circle", x, y, _RADIUS, stripes)
    if state == "yes":
        tick = f"M{px(x - 4.5)} {px(y + 0.3)}l3 3.2l6 -6.6"
        look = paint(stroke="surface") + ' stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"'
        return mark("circle", x, y, _RADIUS, paint(fill="over", stroke="over")) + f'<path d="{tick}" {look}/>'
    ring = mark("circle", x, y, _RADIUS, paint(fill="surface", stroke="over" if state == "partly" else "gap"))
    ring = ring.replace("/>", ' stroke-width="2"/>')
    if state == "no":
        bar = paint(stroke="gap") + ' stroke-width="2.4" stroke-linecap="round"'
        return ring + line(x - 4.5, y, x + 4.5, y, bar)
    half = f"M{px(x)} {px(y - _RADIUS)}a{px(_RADIUS)} {px(_RADIUS)} 0 0 0 0 {px(2 * _RADIUS)}z"
    return ring + f'<path d="{half}" {paint(fill="over")}/>'
