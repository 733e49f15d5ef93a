"""From need to action to money: bands between up to four columns, as wide as what flows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple

from mapping.charts.figure import (
    Column,
    Figure,
    Heading,
    NumberText,
    Table,
    make_figure,
    number_text,
    plain_number,
    rounded,
)
from mapping.charts.lettering import NOTE, Type, lines_of_text, text
from mapping.charts.palette import paint
from mapping.charts.svg import frame, hatch, px, rect, tip
from mapping.charts.typography import LINE, text_width, widest, wrap

KIND = "sankey"
MOST_COLUMNS, MOST_LINKS = 4, 25
_WIDTH, _BAR, _GAP = 760.0, 10.0, 22.0
_NAME = Type(13, "text")
_COLOURS = ("gap", "c1", "c3", "c4")
_BANDS = ("gap-soft", "over-soft", "over-soft", "over-soft")


@dataclass(frozen=True, kw_only=True)
class SankeyNode:
    """A need, an action or a source of money, in column 0 to 3. `empty` is grey: "Not yet funded"."""

    key: str
    label: str
    column: int
    empty: bool = False


@dataclass(frozen=True, kw_only=True)
class SankeyLink:
    """How much flows from one node to a node in a later column."""

    source: str
    target: str
    value: float


@dataclass(frozen=True, kw_only=True)
class SankeyWords:
    """Titles of the table and of the columns, and the unit behind each number."""

    source: str
    target: str
    value: str
    columns: tuple[str, ...] = ()
    unit: str = ""
    decimals: int = 1


def sankey_figure(
    nodes: Sequence[SankeyNode], links: Sequence[SankeyLink], *, heading: Heading, words: SankeyWords
) -> Figure:
    """Make the figure. Too many columns or links, a link backwards or one of no width raise `ValueError`."""
    by_key = {node.key: node for node in nodes}
    if len(links) > MOST_LINKS or any(not 0 <= node.column < MOST_COLUMNS for node in nodes):
        raise ValueError(f"A flow picture holds {MOST_COLUMNS} columns and {MOST_LINKS} links.")
    for link in links:
        if link.value <= 0 or by_key[link.source].column >= by_key[link.target].column:
            raise ValueError(f"The link from {link.source!r} to {link.target!r} does not flow onwards.")
    kept = [SankeyLink(**asdict(link) | {"value": rounded(link.value, words.decimals)}) for link in links]
    columns = (
        Column(label=words.source),
        Column(label=words.target),
        Column(label=words.value, kind="number", decimals=words.decimals),
    )
    rows = tuple((by_key[link.source].label, by_key[link.target].label, link.value) for link in kept)
    data = {
        "nodes": [asdict(node) for node in nodes],
        "links": [asdict(link) for link in kept],
        "words": asdict(words) | {"columns": list(words.columns)},
    }
    return make_figure(heading, kind=KIND, data=data, table=Table(columns=columns, rows=rows))


class _Bar(NamedTuple):
    """A node on the page."""

    node: SankeyNode
    x: float
    y: float
    high: float
    flow: float


def sankey_plot(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the flow; each band says its amount under the pointer, each node shows its own."""
    data = figure.data
    words = SankeyWords(**data["words"] | {"columns": tuple(data["words"]["columns"])})
    nodes = [SankeyNode(**node) for node in data["nodes"]]
    links = [SankeyLink(**link) for link in data["links"]]
    if not links:
        definition, stripes = hatch(f"{figure.key}-")
        return frame(
            figure, definition + rect(0, 0, _WIDTH, 44, stripes + ' rx="3"'), (_WIDTH, 48), number=number
        )
    top = 30.0 if words.columns else 6.0
    bars, bottom = _bars(nodes, links, top)
    body = _titles(words, bars) + _bands(links, bars, words, number)
    body += "".join(_bar(bar, bars, words, number) for bar in bars.values())
    return frame(figure, body, (_WIDTH, bottom + 10), number=number)


def _flows(nodes: Sequence[SankeyNode], links: Sequence[SankeyLink]) -> dict[str, float]:
    """What passes through each node: the larger of what comes in and what goes out."""
    inward: dict[str, float] = defaultdict(float)
    outward: dict[str, float] = defaultdict(float)
    for link in links:
        outward[link.source] += link.value
        inward[link.target] += link.value
    return {node.key: max(inward[node.key], outward[node.key]) for node in nodes}


def _bars(
    nodes: Sequence[SankeyNode], links: Sequence[SankeyLink], top: float
) -> tuple[dict[str, _Bar], float]:
    """Places of the nodes: columns at equal distances, each centred on the height of the tallest."""
    flows = _flows(nodes, links)
    columns: dict[int, list[SankeyNode]] = defaultdict(list)
    for node in nodes:
        if flows[node.key]:
            columns[node.column].append(node)
    totals = {column: sum(flows[node.key] for node in members) for column, members in columns.items()}
    scale = min(300.0 / max(totals.values()), 140.0 / max(flows.values()))
    tallest = max(
        totals[at] * scale + sum(_needs(node, flows, scale) for node in columns[at]) for at in columns
    )
    left, right = _side_room(columns[min(columns)]), _side_room(columns[max(columns)])
    step = (_WIDTH - left - right - _BAR) / max(max(columns) - min(columns), 1)
    bars = {}
    for at in sorted(columns):
        high = totals[at] * scale + sum(_needs(node, flows, scale) for node in columns[at])
        y = top + (tallest - high) / 2
        for node in columns[at]:
            extra = _needs(node, flows, scale)
            tall = flows[node.key] * scale
            bars[node.key] = _Bar(
                node, left + (at - min(columns)) * step, y + extra / 2, tall, flows[node.key]
            )
            y += tall + extra
    return bars, top + tallest


def _needs(node: SankeyNode, flows: dict[str, float], scale: float) -> float:
    """Room around a bar: the usual gap, or what its words need when they are taller than the bar."""
    words = (len(wrap(node.label, _NAME.size, 132)) + 1) * _NAME.size * LINE + 8
    return max(_GAP, words - flows[node.key] * scale)


def _side_room(members: Sequence[SankeyNode]) -> float:
    return min(max(widest(wrap(node.label, _NAME.size, 132), _NAME.size) for node in members), 132) + 12


def _titles(words: SankeyWords, bars: dict[str, _Bar]) -> str:
    places = {bar.node.column: bar.x for bar in bars.values()}
    last = max(places)
    parts = []
    for column, x in places.items():
        if column < len(words.columns):
            style, at = Type(12.5, "ink", "start", True), x
            if column == min(places):
                style, at = style.at_end(), x + _BAR
                at = max(at, text_width(words.columns[column], 12.5, bold=True))
            elif column != last:
                style, at = style.centred(), x + _BAR / 2
            parts.append(text(at, 14, words.columns[column], style))
    return "".join(parts)


def _bands(links: Sequence[SankeyLink], bars: dict[str, _Bar], words: SankeyWords, number: NumberText) -> str:
    """The bands, sorted at both ends so that they cross as little as they can."""
    starts: dict[str, float] = {key: bar.y for key, bar in bars.items()}
    ends = dict(starts)
    scale = next(bar.high / bar.flow for bar in bars.values())
    upper: dict[int, float] = {}
    for place in sorted(
        range(len(links)), key=lambda at: (bars[links[at].source].y, bars[links[at].target].y)
    ):
        upper[place] = starts[links[place].source]
        starts[links[place].source] += links[place].value * scale
    parts = []
    for place in sorted(range(len(links)), key=lambda at: (bars[links[at].target].y, upper[at])):
        link = links[place]
        source, target = bars[link.source], bars[link.target]
        high = link.value * scale
        drawn = _band((source.x + _BAR, upper[place]), (target.x, ends[link.target]), high)
        ends[link.target] += high
        colour = "q0" if target.node.empty else _BANDS[source.node.column]
        said = f"{source.node.label} → {target.node.label}: {_amount(link.value, words, number)}"
        parts.append(tip(said, f'<path d="{drawn}" {paint(fill=colour)} fill-opacity=".8"/>'))
    return "".join(parts)


def _band(start: tuple[float, float], end: tuple[float, float], high: float) -> str:
    (x1, y1), (x2, y2) = start, end
    middle = (x1 + x2) / 2
    there = f"M{px(x1)} {px(y1)}C{px(middle)} {px(y1)} {px(middle)} {px(y2)} {px(x2)} {px(y2)}"
    back = f"C{px(middle)} {px(y2 + high)} {px(middle)} {px(y1 + high)} {px(x1)} {px(y1 + high)}"
    return f"{there}v{px(high)}{back}z"


def _amount(value: float, words: SankeyWords, number: NumberText) -> str:
    return f"{number_text(value, number, decimals=words.decimals)} {words.unit}".strip()


def _bar(bar: _Bar, bars: dict[str, _Bar], words: SankeyWords, number: NumberText) -> str:
    """A node: the first column named at its left, the others at their right, on a plate over the bands."""
    colour = "c6" if bar.node.empty else _COLOURS[bar.node.column]
    columns = [other.node.column for other in bars.values()]
    first, last = bar.node.column == min(columns), bar.node.column == max(columns)
    rows = wrap(bar.node.label, _NAME.size, 132)
    deep = (len(rows) + 1) * _NAME.size * LINE
    middle = bar.y + bar.high / 2
    style, x = (_NAME.at_end(), bar.x - 8) if first else (_NAME, bar.x + _BAR + 8)
    amount = _amount(bar.flow, words, number)
    parts = [rect(bar.x, bar.y, _BAR, bar.high, paint(fill=colour))]
    if not first and not last:
        wide = max(widest(rows, _NAME.size), text_width(amount, NOTE.size)) + 10
        plate = paint(fill="surface") + ' rx="3" fill-opacity=".78"'
        parts.append(rect(x - 5, middle - deep / 2 - 2, wide, deep + 4, plate))
    half = _NAME.size * LINE / 2
    parts.append(lines_of_text(x, middle - half, rows, style))
    parts.append(lines_of_text(x, middle + deep / 2 - half, [amount], style._replace(size=12, fill="muted")))
    return "".join(parts)
