"""The map of Europe as a picture: look, regions, labels on leader lines, legend, insets and notice."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mapping.charts.choropleth import (
    MapBase,
    MapClass,
    MapInset,
    MapPlace,
    map_classes,
    map_places,
    map_words,
    second_line,
)
from mapping.charts.figure import Figure, NumberText, plain_number
from mapping.charts.leaders import Place, Spot, place_labels
from mapping.charts.legend import LegendItem, legend
from mapping.charts.lettering import Type, text
from mapping.charts.palette import COLOURS, paint
from mapping.charts.paths import Box, anchor_of, box_of, rings_of
from mapping.charts.svg import element_id, esc, frame, hatch, line, mark, px, rect, tip
from mapping.charts.typography import LINE, text_width, wrap

_NAME = Type(14, "ink", "start", True)
_STATE = Type(12.5, "text")
_SMALL = Type(11, "muted")
# With more regions than this the labels give way to the list beside the map.
MOST_LABELS = 24


class _Look(NamedTuple):
    """What every part of the drawing needs."""

    base: MapBase
    classes: Mapping[str, MapClass]
    stripes: str
    number: NumberText


def europe_map(
    figure: Figure,
    *,
    base: MapBase,
    shapes: Mapping[str, str],
    narrow: bool = False,
    number: NumberText = plain_number,
) -> str:
    """Draw a map figure on its ground; `shapes` are the outlines of the regions by key.

    A region without an outline is left out of the drawing and stays in the table. The narrow drawing for
    phones has no labels and its legend below: there the list beside the map does the naming.
    """
    part = "narrow-" if narrow else ""
    definition, stripes = hatch(f"{figure.key}-{part}")
    look = _Look(base, map_classes(figure), stripes, number)
    places = [place for place in map_places(figure) if shapes.get(place.key)]
    ground = definition + _ground(f"{figure.key}-{part}", base)
    regions = "".join(_region(place, shapes[place.key], look) for place in places)
    if narrow:
        body, size = _narrow(figure, look, ground + regions)
        return frame(figure, body, size, part=part, number=number)
    key, deep = legend(_legend_items(figure, look), width=base.width * 0.38)
    panel = Box(10, 10, 38 + base.width * 0.38, deep + 34)
    body = ground + regions + _panel(panel, key) + _insets(base, places, look)
    body += _labels(places, shapes, look, panel) + _notice(figure, (base.width, base.height))
    return frame(figure, body, (base.width, base.height), number=number)


def _narrow(figure: Figure, look: _Look, drawing: str) -> tuple[str, tuple[float, float]]:
    """The map made smaller, with legend and notice below in letters that can be read."""
    base, width = look.base, 360.0
    scale = width / base.width
    key, deep = legend(_legend_items(figure, look), width=width)
    lines = len(wrap(map_words(figure).notice, _SMALL.size, width * 0.94))
    high = base.height * scale
    bottom = high + deep + 26 + lines * _SMALL.size * LINE
    body = f'<g transform="scale({scale:.4f})" class="chart-scaled">{drawing}</g>'
    body += f'<g transform="translate(0 {px(high + 10)})">{key}</g>'
    return body + _notice(figure, (width, bottom), part=0.94), (width, bottom)


# Side, direction of the gradient, and its box in parts of width and height.
_EDGES = (
    ("left", "0 0 1 0", (0, 0, 0.09, 1)),
    ("right", "1 0 0 0", (0.91, 0, 0.09, 1)),
    ("top", "0 0 0 1", (0, 0, 1, 0.09)),
    ("bottom", "0 1 0 0", (0, 0.91, 1, 0.09)),
)


@lru_cache(maxsize=16)
def _land(around: str, land: str, borders: str) -> str:
    return (
        f'<g stroke-linejoin="round"><path d="{esc(around)}" {paint(fill="land-2")}/>'
        f'<path d="{esc(land)}" {paint(fill="land", stroke="border-n")} stroke-width=".6"/>'
        f'<path d="{esc(borders)}" {paint(stroke="border-c")} stroke-width=".7"/></g>'
    )


def with_land_once(wide: str, narrow: str, *, base: MapBase, key: str) -> tuple[str, str]:
    """Both drawings for one page: the narrow one shows the coast of the wide one, most of their weight."""
    land, identity = _land(base.around, base.land, base.borders), element_id(key, "land")
    named = land.replace("<g", f'<g id="{identity}"', 1)
    return wide.replace(land, named, 1), narrow.replace(land, f'<use href="#{identity}"/>', 1)


def _ground(key: str, base: MapBase) -> str:
    """Sea, land and borders, fading into the sea at the edges of the picture."""
    stop = f'class="chart-stop-sea" stop-color="{COLOURS["sea"]}"'
    stops = f'<stop offset="0" {stop}/><stop offset="1" {stop} stop-opacity="0"/>'
    gradients, edges = "", ""
    for side, direction, (left, top, wide, high) in _EDGES:
        identity = element_id(key, f"fade-{side}")
        x1, y1, x2, y2 = direction.split()
        ends = f'x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"'
        gradients += f'<linearGradient id="{identity}" {ends}>{stops}</linearGradient>'
        box = (left * base.width, top * base.height, wide * base.width, high * base.height)
        edges += rect(*box, f'fill="url(#{identity})"')
    sea = rect(0, 0, base.width, base.height, paint(fill="sea"))
    land = _land(base.around, base.land, base.borders)
    return f"<defs>{gradients}</defs>{sea}{land}{edges}"


def _paint_of(state: str, look: _Look) -> str:
    level = look.classes[state].level
    if not level:
        return look.stripes.replace("cs-line", "cs-ink").replace(COLOURS["line"], COLOURS["ink"])
    return paint(fill=f"q{level}", stroke="ink")


def _region(place: MapPlace, shape: str, look: _Look) -> str:
    outline = (
        f'<path d="{esc(shape)}" {_paint_of(place.state, look)} stroke-width="1.1" stroke-linejoin="round"/>'
    )
    words = f"{place.name}: {look.classes[place.state].label}"
    line_two = second_line(place, look.classes, look.number)
    if line_two != look.classes[place.state].label:
        words += f", {line_two}"
    return tip(words, outline, place.href)


def _legend_items(figure: Figure, look: _Look) -> list[LegendItem]:
    words = map_words(figure)
    items = []
    for one in look.classes.values():
        sample = paint(fill=f"q{one.level}", stroke="line-strong") if one.level else look.stripes
        items.append(LegendItem(rect(-8, -7, 16, 14, sample + ' rx="3"'), one.label))
    if words.others:
        items.append(
            LegendItem(rect(-8, -7, 16, 14, paint(fill="land", stroke="line") + ' rx="3"'), words.others)
        )
    return items


def _panel(panel: Box, key: str) -> str:
    box = rect(
        panel.left,
        panel.top,
        panel.right - panel.left,
        panel.bottom - panel.top,
        paint(fill="surface", stroke="line") + ' rx="8" fill-opacity=".94"',
    )
    return f'{box}<g transform="translate({px(panel.left + 14)} {px(panel.top + 12)})">{key}</g>'


def _labels(places: Sequence[MapPlace], shapes: Mapping[str, str], look: _Look, panel: Box) -> str:
    if len(places) > MOST_LABELS:
        return ""
    wanted = []
    for place in places:
        rings = rings_of(shapes[place.key])
        below = second_line(place, look.classes, look.number)
        wide = max(text_width(place.name, _NAME.size, bold=True), text_width(below, _STATE.size))
        wanted.append(Place(anchor_of(rings), box_of(rings), wide + 4, 34))
    base = look.base
    spots = place_labels(
        tuple(wanted), Box(4, 4, base.width - 4, base.height - 30), (panel, *_inset_boxes(base))
    )
    return "".join(_label(place, spot, look) for place, spot in zip(places, spots, strict=True))


def _label(place: MapPlace, spot: Spot, look: _Look) -> str:
    dot = mark("circle", *spot.start, 2.6, paint(fill="ink", stroke="surface"))
    leader = line(*spot.start, *spot.end, paint(stroke="ink") + ' stroke-width=".9"')
    x, style, below = spot.box.left + 2, _NAME, _STATE
    if spot.box.right < spot.end[0]:
        x, style, below = spot.box.right - 2, _NAME.at_end(), _STATE.at_end()
    name = text(x, spot.box.top + 14, place.name, style)
    state = text(x, spot.box.top + 30, second_line(place, look.classes, look.number), below)
    return f'{leader}{dot}<g class="chart-halo">{name}{state}</g>'


def _inset_boxes(base: MapBase) -> list[Box]:
    """Boxes in the lower left corner, side by side."""
    boxes, x = [], 10.0
    for inset in base.insets:
        boxes.append(Box(x, base.height - 32 - inset.height, x + inset.width, base.height - 32))
        x += inset.width + 8
    return boxes


def _insets(base: MapBase, places: Sequence[MapPlace], look: _Look) -> str:
    return "".join(
        _inset(inset, box, places, look) for inset, box in zip(base.insets, _inset_boxes(base), strict=True)
    )


def _inset(inset: MapInset, box: Box, places: Sequence[MapPlace], look: _Look) -> str:
    regions = "".join(
        _region(place, inset.shapes[place.key], look) for place in places if place.key in inset.shapes
    )
    return (
        f'<g transform="translate({px(box.left)} {px(box.top)})">'
        + rect(0, 0, inset.width, inset.height, paint(fill="sea", stroke="line-strong") + ' rx="4"')
        + f'<path d="{esc(inset.land)}" {paint(fill="land", stroke="border-n")} stroke-width=".6"/>{regions}'
        + text(6, 14, inset.label, _SMALL)
        + "</g>"
    )


def _notice(figure: Figure, size: tuple[float, float], *, part: float = 0.55) -> str:
    """The owner of the outlines, in the lower right corner: every map has to name it."""
    width, height = size
    lines = wrap(map_words(figure).notice, _SMALL.size, width * part)
    first = height - 8 - (len(lines) - 1) * _SMALL.size * LINE
    rows = [
        text(width - 8, first + number * _SMALL.size * LINE, words, _SMALL.at_end())
        for number, words in enumerate(lines)
    ]
    return f'<g class="chart-halo">{"".join(rows)}</g>'
