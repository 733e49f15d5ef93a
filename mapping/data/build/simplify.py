"""Fewer points for outlines, without gaps between neighbours and without losing a region."""

from dataclasses import dataclass

from mapping.charts.dissolve import dissolve
from mapping.data.build.topology import (
    Line,
    Point,
    Regions,
    area,
    borders_of,
    edge,
    edges,
    junctions,
    moved,
    weights,
)


@dataclass(frozen=True, kw_only=True)
class Grid:
    """Where rounded points lie: `unit` metres apart, counted from the upper left corner, downwards."""

    left: float
    top: float
    unit: float

    def place(self, point: Point) -> Point:
        return (
            float(round((point[0] - self.left) / self.unit)),
            float(round((self.top - point[1]) / self.unit)),
        )


def without_islets(regions: Regions, *, least: float) -> Regions:
    """Leave out islands and lakes smaller than `least`; the largest ring of a region stays.

    A ring that touches another region is a border, no islet, and stays whatever its size.
    """
    times: dict[tuple[Point, Point], int] = {}
    for rings in regions.values():
        for ring in rings:
            for step in edges(ring):
                times[step] = times.get(step, 0) + 1
    kept: Regions = {}
    for code, rings in regions.items():
        largest = max(rings, key=lambda ring: abs(area(ring)), default=())
        kept[code] = [
            ring
            for ring in rings
            if ring is largest or abs(area(ring)) >= least or any(times[step] > 1 for step in edges(ring))
        ]
    return kept


def simplified(regions: Regions, *, grid: Grid, least: float) -> Regions:
    """Points that stand for less than `least` square metres are left out, the others put on the grid.

    A region that would lose most of its area keeps all its points; one that is smaller than the grid becomes
    a mark at its place. Neither may be missing from a map of all regions.
    """
    simplifier = _Simplifier(regions, least)
    drawn = simplifier.drawn(grid)
    small = [code for code in regions if _lost(regions[code], drawn[code], grid)]
    if small:
        simplifier.keep(small)
        drawn = simplifier.drawn(grid)
    return {
        code: drawn[code] if any(abs(area(ring)) >= 2 for ring in drawn[code]) else [_mark(rings, grid)]
        for code, rings in regions.items()
    }


def _lost(rings: list[Line], drawn: list[Line], grid: Grid) -> bool:
    before = abs(sum(area(ring) for ring in rings)) / grid.unit**2
    return abs(sum(area(ring) for ring in drawn)) < 0.6 * before


def _mark(rings: list[Line], grid: Grid) -> Line:
    """The smallest shape that can still be seen, around the middle of a region."""
    points = [point for ring in rings for point in ring]
    middle = (sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points))
    x, y = grid.place(middle)
    return ((x, y - 1), (x + 1, y), (x, y + 1), (x - 1, y))


class _Simplifier:
    """Weighs each border once, whichever side it is asked from."""

    def __init__(self, regions: Regions, least: float) -> None:
        self.regions, self.least = regions, least
        self.ends = junctions(regions)
        self.weighed: dict[Line, list[float]] = {}
        self.whole: set[tuple[Point, Point]] = set()

    def keep(self, codes: list[str]) -> None:
        """Leave the borders of these regions as they are."""
        for code in codes:
            for ring in self.regions[code]:
                self.whole.update(edges(ring))

    def drawn(self, grid: Grid) -> Regions:
        """All regions with fewer points, on the grid, without spikes that go there and back."""
        fewer = {
            code: [line for line in map(self._ring, rings) if len(line) > 2]
            for code, rings in self.regions.items()
        }
        return {code: list(dissolve(rings)) for code, rings in moved(fewer, grid.place).items()}

    def _ring(self, ring: Line) -> Line:
        points: list[Point] = []
        for border in borders_of(ring, self.ends):
            points.extend(self._border(border)[:-1])
        return tuple(points)

    def _border(self, line: Line) -> Line:
        if edge(line[0], line[1]) in self.whole:
            return line
        forward = (line[0], line[1]) <= (line[-1], line[-2])
        known = line if forward else line[::-1]
        if known not in self.weighed:
            self.weighed[known] = weights(known)
        pairs = zip(known, self.weighed[known], strict=True)
        fewer = tuple(point for point, weight in pairs if weight >= self.least)
        return fewer if forward else fewer[::-1]
