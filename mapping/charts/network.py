"""Who works with whom? Up to sixty organisations as a drawing; shape and colour both say what they are."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mapping.charts.figure import Cell, Column, Figure, Heading, NumberText, Table, make_figure, plain_number
from mapping.charts.leaders import SHORT_STEPS, Place, Spot, place_labels
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import Type, lines_of_text
from mapping.charts.palette import paint
from mapping.charts.paths import Box, Point
from mapping.charts.svg import frame, hatch, line, mark, px, rect, tip
from mapping.charts.typography import LINE, widest, wrap

KIND = "network"
MOST_NODES = 60
# Only the best connected get a name beside them; the others have theirs under the pointer and in the list.
MOST_NAMES = 12
_WIDTH, _EDGE = 680.0, 46.0
_NAME = Type(12.5, "ink", "start", True)
LOOKS = {
    "government": ("circle", "c1"),
    "business": ("square", "c2"),
    "knowledge": ("triangle", "c3"),
    "civil_society": ("diamond", "c4"),
    # Levels of territorial units.
    "region": ("circle", "c1"),
    "between": ("square", "c2"),
    "city": ("triangle", "c3"),
    "beside": ("diamond", "c4"),
}
_OTHER = ("circle", "c6")
_MISSING = paint(stroke="gap") + ' stroke-width="2.4" stroke-dasharray="6 4"'


@dataclass(frozen=True, kw_only=True)
class NetworkNode:
    """An organisation: its helix, and its place from 0 to 1 as the analysis stored it."""

    key: str
    label: str
    helix: str
    x: float
    y: float
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class NetworkLink:
    """A working relation between two organisations, 1 (weak) to 3 (strong), or one that is missing."""

    source: str
    target: str
    weight: float = 1.0
    missing: bool = False


@dataclass(frozen=True, kw_only=True)
class NetworkWords:
    """Titles of the table, and the name of each helix in the order of the legend."""

    node: str
    helix: str
    links: str
    helices: tuple[tuple[str, str], ...]
    missing: str = ""  # what a missing link is; then the table names with whom


def network_figure(
    nodes: Sequence[NetworkNode], links: Sequence[NetworkLink], *, heading: Heading, words: NetworkWords
) -> Figure:
    """Make the figure: the table lists the organisations, the best connected first.

    More than sixty organisations raise `ValueError`: they belong in an adjacency table. A link to an
    organisation that is not among them is left out.
    """
    if len(nodes) > MOST_NODES:
        raise ValueError(f"A network picture holds {MOST_NODES} organisations, not {len(nodes)}.")
    known = {node.key for node in nodes}
    kept = [one for one in links if {one.source, one.target} <= known and one.source != one.target]
    degree = Counter(key for one in kept if not one.missing for key in (one.source, one.target))
    names = dict(words.helices)
    lacking = _lacking(nodes, kept)
    ranked = sorted(nodes, key=lambda node: (-degree[node.key], node.label))
    columns = (
        Column(label=words.node),
        Column(label=words.helix),
        Column(label=words.links, kind="number", decimals=0),
        *((Column(label=words.missing),) if words.missing else ()),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            node.label,
            names.get(node.helix, node.helix),
            degree[node.key],
            *((", ".join(lacking[node.key]),) if words.missing else ()),
        )
        for node in ranked
    )
    data = {
        "nodes": [asdict(node) | {"degree": degree[node.key]} for node in ranked],
        "links": [asdict(one) for one in kept],
        "words": asdict(words) | {"helices": [list(pair) for pair in words.helices]},
    }
    return make_figure(heading, kind=KIND, data=data, table=Table(columns=columns, rows=rows))


def _lacking(nodes: Sequence[NetworkNode], links: Sequence[NetworkLink]) -> dict[str, list[str]]:
    """With whom each has a missing link, by name in the order given."""
    labels = {node.key: node.label for node in nodes}
    found: dict[str, list[str]] = {node.key: [] for node in nodes}
    for one in links:
        if one.missing:
            found[one.source].append(labels[one.target])
            found[one.target].append(labels[one.source])
    return found


def network_plot(figure: Figure, *, number: NumberText = plain_number) -> str:
    """Draw the network; the more links a mark has, the larger it is."""
    data = figure.data
    names: dict[str, str] = dict(data["words"]["helices"])
    degrees = {node["key"]: node["degree"] for node in data["nodes"]}
    nodes = [
        NetworkNode(**{name: value for name, value in node.items() if name != "degree"})
        for node in data["nodes"]
    ]
    used = {node.helix for node in nodes}
    items = [_legend_item(helix, name) for helix, name in names.items() if helix in used]
    words = data["words"].get("missing", "")
    if words and any(one.get("missing") for one in data["links"]):
        items.append(LegendItem(line(-9, 0, 9, 0, _MISSING), words))
    key, deep = legend(items, width=_WIDTH)
    top = deep + (10 if key else 0)
    places = _places(nodes, top)
    links = sorted((NetworkLink(**one) for one in data["links"]), key=lambda one: one.missing)
    lines = "".join(_line(one, places) for one in links)
    marks = []
    for node in reversed(nodes):
        count = f"{number(degrees[node.key], 0)} {data['words']['links']}"
        said = f"{node.label}, {names.get(node.helix, node.helix)}: {count}"
        marks.append(tip(said, _mark(node, places[node.key], degrees[node.key]), node.href))
    body = key + lines + "".join(marks) + _names(nodes, degrees, places, top)
    if not nodes:
        definition, stripes = hatch(f"{figure.key}-")
        body = definition + rect(0, top, _WIDTH, 44, stripes + ' rx="3"')
    return frame(figure, body, (_WIDTH, top + (_height(nodes) if nodes else 48)), number=number)


def _height(nodes: Sequence[NetworkNode]) -> float:
    return min(140.0 + 18 * len(nodes), 440.0)


def _places(nodes: Sequence[NetworkNode], top: float) -> dict[str, Point]:
    """Stored places spread over the drawing; at its sides is room for the names, which stand outside."""
    xs, ys = [node.x for node in nodes] or [0.0], [node.y for node in nodes] or [0.0]
    sides = {-1: _EDGE, 1: _EDGE}
    for node in nodes[:MOST_NAMES]:
        side = _side(node, xs)
        if side:
            sides[side] = max(sides[side], 20 + _name_size(node)[0])

    def spread(value: float, values: list[float], start: float, end: float) -> float:
        low, high = min(values), max(values)
        return (start + end) / 2 if high == low else start + (value - low) / (high - low) * (end - start)

    bottom = top + _height(nodes) - _EDGE
    return {
        node.key: (
            spread(node.x, xs, sides[-1], _WIDTH - sides[1]),
            spread(node.y, ys, top + _EDGE, bottom),
        )
        for node in nodes
    }


def _side(node: NetworkNode, xs: Sequence[float]) -> int:
    """-1 at the left, 1 at the right, 0 in the middle third of the drawing."""
    low, high = min(xs), max(xs)
    part = (node.x - low) / (high - low) if high > low else 0.5
    return -1 if part < 1 / 3 else 1 if part > 2 / 3 else 0


def _name_size(node: NetworkNode) -> tuple[float, float]:
    rows = wrap(node.label, _NAME.size, 150, bold=True)
    return widest(rows, _NAME.size, bold=True) + 2, len(rows) * _NAME.size * LINE


def _radius(degree: int) -> float:
    return 5.0 + math.sqrt(min(degree, 16)) * 1.9


def _look(helix: str) -> tuple[str, str]:
    shape, colour = LOOKS.get(helix, _OTHER)
    return shape, paint(fill=colour, stroke="surface") + ' stroke-width="1.5"'


def _mark(node: NetworkNode, place: Point, degree: int) -> str:
    shape, look = _look(node.helix)
    return mark(shape, *place, _radius(degree), look)


def _legend_item(helix: str, name: str) -> LegendItem:
    shape, look = _look(helix)
    return LegendItem(mark(shape, 0, 0, 7, look), name)


def _line(link: NetworkLink, places: dict[str, Point]) -> str:
    if link.missing:
        return line(*places[link.source], *places[link.target], _MISSING)
    wide = 0.7 + 0.8 * min(max(link.weight, 1), 3)
    look = paint(stroke="mid") + f' stroke-width="{px(wide)}" stroke-opacity=".55"'
    return line(*places[link.source], *places[link.target], look)


def _names(
    nodes: Sequence[NetworkNode], degrees: dict[str, int], places: dict[str, Point], top: float
) -> str:
    """Names of the best connected, where they do not cover each other or a mark: outside, off the lines."""
    named = nodes[:MOST_NAMES]
    xs = [node.x for node in nodes] or [0.0]
    boxes = {node.key: _around(places[node.key], _radius(degrees[node.key]) + 2) for node in nodes}
    room = Box(0, top, _WIDTH, top + _height(nodes))
    spots: dict[str, Spot] = {}
    for node in named:
        spot = _outside(node, places[node.key], boxes[node.key], _side(node, xs), room)
        others = [box for key, box in boxes.items() if key != node.key] + [one.box for one in spots.values()]
        if spot is not None and not any(spot.box.meets(other) for other in others):
            spots[node.key] = spot
    free = [node for node in named if node.key not in spots]
    taken = [boxes[node.key] for node in nodes if node not in free] + [one.box for one in spots.values()]
    wanted = tuple(Place(places[node.key], boxes[node.key], *_name_size(node)) for node in free)
    for node, spot in zip(free, place_labels(wanted, room, tuple(taken), SHORT_STEPS[:3]), strict=True):
        # A name that finds no free room is left to the pointer and the list.
        if not any(spot.box.meets(other.box) for other in spots.values()):
            spots[node.key] = spot
    names = "".join(_name(node, spots[node.key]) for node in named if node.key in spots)
    return f'<g class="chart-halo-surface">{names}</g>'


def _around(place: Point, radius: float) -> Box:
    return Box(place[0] - radius, place[1] - radius, place[0] + radius, place[1] + radius)


def _outside(node: NetworkNode, place: Point, mark_box: Box, side: int, room: Box) -> Spot | None:
    """Beside a mark at the sides, above or below one in the middle third; none in the middle of all."""
    (x, y), (wide, deep) = place, _name_size(node)
    if side:
        left = mark_box.right + 4 if side > 0 else mark_box.left - 4 - wide
        return Spot(Box(left, y - deep / 2, left + wide, y + deep / 2), place, (x + side, y))
    third = (room.bottom - room.top) / 3
    if room.top + third < y < room.bottom - third:
        return None
    up = y < room.top + third
    upper = mark_box.top - 2 - deep if up else mark_box.bottom + 2
    return Spot(Box(x - wide / 2, upper, x + wide / 2, upper + deep), place, (x, y - 1 if up else y + 1))


def _name(node: NetworkNode, spot: Spot) -> str:
    """On a ground of its own, since paper knows no halo."""
    rows = wrap(node.label, _NAME.size, 150, bold=True)
    x, style = spot.box.left, _NAME
    if spot.box.right <= spot.start[0]:
        x, style = spot.box.right, _NAME.at_end()
    elif spot.box.left < spot.start[0]:
        x, style = spot.box.middle[0], _NAME.centred()
    box, look = spot.box, paint(fill="surface") + ' fill-opacity=".8" rx="2"'
    ground = rect(box.left, box.top, box.right - box.left, box.bottom - box.top, look)
    return ground + lines_of_text(x, box.middle[1], rows, style)
