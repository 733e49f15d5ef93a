"""From degrees to drawn sheets: the map of Europe, its insets, and close-ups."""

from dataclasses import dataclass
from typing import Any

from mapping.charts.dissolve import dissolve, relative_path
from mapping.data.build.projection import EUROPE, Projection, laea
from mapping.data.build.simplify import Grid, simplified, without_islets
from mapping.data.build.topology import Line, Regions, area, edges, moved

# The frame of the map of Europe in metres of EPSG:3035: from Iceland to Cyprus, from the North Cape to Crete.
LEFT, TOP, UNIT, UNITS = 2_450_000, 5_450_000, 2830, 1520
MAP = Grid(left=LEFT, top=TOP, unit=UNIT)
CLOSE = Grid(left=LEFT, top=TOP, unit=100)
# A unit of the map is half a pixel.
MAP_SCALE = 0.5
# Points that stand for less than this many square units are left out of the map.
MAP_LEAST, MAP_ISLET = 7, 8
# And in close-ups, in square metres.
CLOSE_LEAST, CLOSE_ISLET = 500_000, 1_000_000


@dataclass(frozen=True, kw_only=True)
class Far:
    """A territory outside the frame: its name, and how its codes begin."""

    key: str
    label: str
    codes: tuple[str, ...]


FAR = (
    Far(key="canarias", label="Canarias", codes=("ES7",)),
    Far(key="acores", label="Açores", codes=("PT2",)),
    Far(key="madeira", label="Madeira", codes=("PT3",)),
    Far(key="guadeloupe", label="Guadeloupe", codes=("FRY1",)),
    Far(key="martinique", label="Martinique", codes=("FRY2",)),
    Far(key="guyane", label="Guyane", codes=("FRY3",)),
    Far(key="reunion", label="La Réunion", codes=("FRY4",)),
    Far(key="mayotte", label="Mayotte", codes=("FRY5",)),
    Far(key="svalbard", label="Svalbard", codes=("NO0B",)),
)
# An inset on the map, in units: its size, the margin around the land, and the room for its name.
INSET_WIDTH, INSET_HEIGHT, INSET_MARGIN, INSET_NAME = 150, 124, 8, 34


def map_sheet(degrees: Regions) -> tuple[dict[str, Any], Regions]:
    """The regions on the map of Europe and in its insets; also the mainland's rings, in units."""
    europe = _projected(_without_far(degrees), EUROPE)
    mainland = _fewer(europe, grid=MAP, least=MAP_LEAST, islet=MAP_ISLET)
    drawn = dict(mainland)
    insets = []
    for far in FAR:
        there = _projected(_of(degrees, far), _local(_of(degrees, far)))
        if there:
            grid = _fitting(there)
            drawn.update(_fewer(there, grid=grid, least=2, islet=2))
            insets.append(_inset(far, INSET_WIDTH, INSET_HEIGHT))
    return _sheet(drawn, insets, grid=MAP, scale=MAP_SCALE), mainland


def close_sheet(degrees: Regions) -> dict[str, Any]:
    """The regions with many points; each far territory has a sheet of its own."""
    drawn = _close(_projected(_without_far(degrees), EUROPE), CLOSE)
    insets = []
    for far in FAR:
        there = _projected(_of(degrees, far), _local(_of(degrees, far)))
        if there:
            left, low, right, top = _extent(there)
            drawn.update(_close(there, Grid(left=left, top=top, unit=CLOSE.unit)))
            width, height = round((right - left) / CLOSE.unit), round((top - low) / CLOSE.unit)
            insets.append(_inset(far, width, height))
    return _sheet(drawn, insets, grid=CLOSE, scale=1)


def merged(degrees: Regions, *, length: int) -> Regions:
    """The regions whose codes have this length, each made of its parts."""
    parts: dict[str, list[Line]] = {}
    for code, rings in degrees.items():
        parts.setdefault(code[:length], []).extend(rings)
    return {code: list(dissolve(rings)) for code, rings in parts.items()}


def paths(regions: Regions) -> dict[str, str]:
    """SVG paths by code. The largest ring comes first, so that a reader meets the mainland before islands."""
    return {
        code: relative_path(sorted(rings, key=lambda ring: (-abs(area(ring)), ring)))
        for code, rings in sorted(regions.items())
    }


def country_borders(regions: Regions) -> list[Line]:
    """The lines where two countries meet, joined end to end."""
    owner: dict[tuple[Any, Any], set[str]] = {}
    for code, rings in regions.items():
        for ring in rings:
            for step in edges(ring):
                owner.setdefault(step, set()).add(code[:2])
    ahead: dict[Any, list[Any]] = {}
    for (one, other), countries in sorted(owner.items()):
        if len(countries) > 1:
            ahead.setdefault(one, []).append(other)
            ahead.setdefault(other, []).append(one)
    lines = []
    # From the ends first, so that a border is one line; closed borders come last.
    for start in sorted(ahead, key=lambda point: (len(ahead[point]) % 2 == 0, point)):
        while ahead[start]:
            line = [start]
            while ahead[line[-1]]:
                there = ahead[line[-1]].pop(0)
                ahead[there].remove(line[-1])
                line.append(there)
            lines.append(tuple(line))
    return lines


def _sheet(drawn: Regions, insets: list[dict[str, Any]], *, grid: Grid, scale: float) -> dict[str, Any]:
    size = round(UNITS * UNIT / grid.unit)
    return {"scale": scale, "width": size, "height": size, "insets": insets, "regions": paths(drawn)}


def _inset(far: Far, width: int, height: int) -> dict[str, Any]:
    return {
        "key": far.key,
        "label": far.label,
        "width": width,
        "height": height,
        "codes": list(far.codes),
    }


def _of(degrees: Regions, far: Far) -> Regions:
    return {code: rings for code, rings in degrees.items() if code.startswith(far.codes)}


def _without_far(degrees: Regions) -> Regions:
    away = tuple(code for far in FAR for code in far.codes)
    return {code: rings for code, rings in degrees.items() if not code.startswith(away)}


def _projected(degrees: Regions, projection: Projection) -> Regions:
    return moved(degrees, lambda point: projection(*point))


def _local(degrees: Regions) -> Projection:
    """A projection around the middle of a territory: there it keeps its shape."""
    left, low, right, top = _extent(degrees)
    return laea(centre=((left + right) / 2, (low + top) / 2))


def _extent(regions: Regions) -> tuple[float, float, float, float]:
    points = [point for rings in regions.values() for ring in rings for point in ring]
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    return min(xs), min(ys), max(xs), max(ys)


def _fitting(there: Regions) -> Grid:
    """The grid that puts a territory into the middle of its inset, below the name."""
    left, low, right, top = _extent(there)
    wide, high = INSET_WIDTH - 2 * INSET_MARGIN, INSET_HEIGHT - INSET_NAME - INSET_MARGIN
    unit = max((right - left) / wide, (top - low) / high)
    across = INSET_MARGIN + (wide - (right - left) / unit) / 2
    down = INSET_NAME + (high - (top - low) / unit) / 2
    return Grid(left=left - across * unit, top=top + down * unit, unit=unit)


def _fewer(regions: Regions, *, grid: Grid, least: float, islet: float) -> Regions:
    square = grid.unit**2
    kept = without_islets(regions, least=islet * square)
    return simplified(kept, grid=grid, least=least * square)


def _close(regions: Regions, grid: Grid) -> Regions:
    kept = without_islets(regions, least=CLOSE_ISLET)
    return simplified(kept, grid=grid, least=CLOSE_LEAST)
