"""Outlines that share their borders: read them, simplify each border once, round them to a grid.

Everywhere here regions are rings of points by code. Neighbours hold the same points along their border, so a
border is found by its points; no list of arcs has to be kept. What is simplified is the border, not the
region: both neighbours get the same line, and no gap opens between them.
"""

import heapq
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Point = tuple[float, float]
Line = tuple[Point, ...]
Regions = dict[str, list[Line]]


def read_topojson(text: str, *, layer: str, key: Callable[[Mapping[str, Any]], str]) -> Regions:
    """The rings of each region of a layer, each ending before its start; `key` gives the code of a shape."""
    topology = json.loads(text)
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[Line] = []
    for steps in topology["arcs"]:
        x = y = 0
        arc = []
        for step in steps:
            x, y = x + step[0], y + step[1]
            arc.append((x0 + kx * x, y0 + ky * y))
        arcs.append(tuple(arc))
    regions: Regions = defaultdict(list)
    for shape in topology["objects"][layer]["geometries"]:
        regions[key(shape)].extend(_rings(shape, arcs))
    return dict(regions)


def read_geojson(text: str) -> Regions:
    """The rings of each NUTS 3 feature; its code is the property NUTS_ID, or its id.

    Outer rings come out clockwise and holes the other way round, whatever the file does.
    """
    regions: Regions = defaultdict(list)
    for feature in json.loads(text)["features"]:
        code = str((feature.get("properties") or {}).get("NUTS_ID") or feature.get("id") or "")
        if len(code) != 5:
            continue
        shape = feature["geometry"]
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        for polygon in polygons:
            for place, ring in enumerate(polygon):
                points = tuple((float(point[0]), float(point[1])) for point in ring[:-1])
                clockwise = area(points) < 0
                regions[code].append(points if clockwise == (place == 0) else points[::-1])
    return dict(regions)


def _rings(shape: Mapping[str, Any], arcs: Sequence[Line]) -> list[Line]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    rings = []
    for parts in (part for polygon in polygons for part in polygon):
        points: list[Point] = []
        for number in parts:
            arc = arcs[number] if number >= 0 else arcs[~number][::-1]
            points.extend(arc[:-1])
        rings.append(tuple(points))
    return rings


def moved(regions: Regions, move: Callable[[Point], Point]) -> Regions:
    """Every point moved; equal points stay equal. Points that fall together are written once."""
    places: dict[Point, Point] = {}
    for rings in regions.values():
        for ring in rings:
            for point in ring:
                if point not in places:
                    places[point] = move(point)
    return {
        code: [_without_repeats(tuple(places[point] for point in ring)) for ring in rings]
        for code, rings in regions.items()
    }


def _without_repeats(ring: Line) -> Line:
    return tuple(point for place, point in enumerate(ring) if point != ring[place - 1])


def area(ring: Sequence[Point]) -> float:
    """Area inside a ring; its sign tells the direction."""
    ahead = (*ring[1:], *ring[:1])
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ahead, strict=True)) / 2


def edge(one: Point, other: Point) -> tuple[Point, Point]:
    """A border of two points, the same in both directions."""
    return (one, other) if one < other else (other, one)


def edges(ring: Sequence[Point]) -> Iterable[tuple[Point, Point]]:
    return (edge(one, other) for one, other in zip(ring, (*ring[1:], *ring[:1]), strict=True))


def junctions(regions: Regions) -> set[Point]:
    """Points where other than two lines meet: they end a border, and they never move."""
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for rings in regions.values():
        for ring in rings:
            for one, other in edges(ring):
                neighbours[one].add(other)
                neighbours[other].add(one)
    return {point for point, near in neighbours.items() if len(near) != 2}


def borders_of(ring: Line, ends: set[Point]) -> list[Line]:
    """Cut a ring at the junctions; a ring without any starts at its smallest point."""
    cuts = [place for place, point in enumerate(ring) if point in ends]
    if not cuts:
        start = ring.index(min(ring))
        return [(*ring[start:], *ring[:start], ring[start])]
    turned = (*ring[cuts[0] :], *ring[: cuts[0]], ring[cuts[0]])
    stops = [cut - cuts[0] for cut in cuts[1:]] + [len(ring)]
    return [turned[one : other + 1] for one, other in zip([0, *stops], stops, strict=False)]


def weights(line: Line) -> list[float]:
    """How much area each point of a line stands for (Visvalingam and Whyatt 1993); the ends count most.

    Points are taken away one by one, the least first; a point never counts less than one taken before it.
    """
    count = len(line)
    found = [float("inf")] * count
    before, after = list(range(-1, count - 1)), list(range(1, count + 1))

    def triangle(place: int) -> float:
        (x1, y1), (x2, y2), (x3, y3) = line[before[place]], line[place], line[after[place]]
        return abs((x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1)) / 2

    size = [0.0] + [triangle(place) for place in range(1, count - 1)] + [0.0]
    queue = [(size[place], place) for place in range(1, count - 1)]
    heapq.heapify(queue)
    most = 0.0
    while queue:
        one, place = heapq.heappop(queue)
        if one != size[place] or found[place] != float("inf"):
            continue
        most = max(most, one)
        found[place] = most
        left, right = before[place], after[place]
        after[left], before[right] = right, left
        for near in (left, right):
            if 0 < near < count - 1:
                size[near] = triangle(near)
                heapq.heappush(queue, (size[near], near))
    return found
