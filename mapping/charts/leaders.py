"""Labels on leader lines: where each can stand without covering another, a region, or the legend."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from mapping.charts.paths import Box, Point

_ANGLES = tuple(
    math.radians(degrees) for degrees in (0, 180, 30, 150, -30, -150, 60, 120, -60, -120, 90, -90)
)
LONG_STEPS = (14.0, 34.0, 60.0, 95.0)
SHORT_STEPS = (3.0, 12.0, 26.0, 44.0, 66.0)
_OUTSIDE, _ON_LABEL, _CROSSING, _ON_REGION = 5000.0, 1000.0, 400.0, 120.0


class Place(NamedTuple):
    """What is to be labelled: where the line starts, the box of the region, and the size of the label."""

    anchor: Point
    region: Box
    width: float
    height: float


class Spot(NamedTuple):
    """Where a label stands, and the line that leads to it."""

    box: Box
    start: Point
    end: Point


@lru_cache(maxsize=128)
def place_labels(
    places: tuple[Place, ...],
    room: Box,
    taken: tuple[Box, ...] = (),
    steps: tuple[float, ...] = LONG_STEPS,
) -> tuple[Spot, ...]:
    """A spot per place, in the order given; the same input always gives the same answer.

    Each label in turn takes the spot with the least trouble: leaving the picture counts most, then covering
    another label or the legend, crossing a line, covering a region, and last the length of the line. Two more
    rounds let the early labels make way for the late ones. `steps` are the lengths a line may have.
    """
    spots: list[Spot | None] = [None] * len(places)
    regions = [place.region for place in places]
    for _ in range(3):
        for number, place in enumerate(places):
            others = [spot for other, spot in enumerate(spots) if spot is not None and other != number]
            spots[number] = _best(_candidates(place, steps), room, (others, taken, regions))
    return tuple(spot for spot in spots if spot is not None)


def overlapping(spots: Sequence[Spot]) -> bool:
    """Does any label cover another? Then there are too many for this room."""
    return any(spot.box.meets(other.box) for number, spot in enumerate(spots) for other in spots[:number])


_Around = tuple[Sequence[Spot], Sequence[Box], Sequence[Box]]


def _best(candidates: Sequence[Spot], room: Box, around: _Around) -> Spot:
    """The candidate with the least trouble. They come nearest first: one without any is taken at once."""
    best, least = candidates[0], math.inf
    for spot in candidates:
        trouble = _trouble(spot, room, around)
        if not trouble:
            return spot
        cost = trouble + math.dist(spot.start, spot.end)
        if cost < least:
            best, least = spot, cost
    return best


@lru_cache(maxsize=512)
def _candidates(place: Place, steps: tuple[float, ...]) -> tuple[Spot, ...]:
    spots = []
    for step in steps:
        for angle in _ANGLES:
            across, down = math.cos(angle), -math.sin(angle)
            way = _way_out(place, across, down) + step
            x, y = place.anchor[0] + across * way, place.anchor[1] + down * way
            left = x + 4 if across > 0.4 else x - 4 - place.width if across < -0.4 else x - place.width / 2
            top = y - place.height / 2
            if abs(across) <= 0.4:
                top = y + 2 if down > 0 else y - 2 - place.height
            box = Box(left, top, left + place.width, top + place.height)
            spots.append(Spot(box, place.anchor, (x, y)))
    return tuple(spots)


def _way_out(place: Place, across: float, down: float) -> float:
    """How far it is from the anchor to the edge of the region's box, in one direction."""
    x, y = place.anchor
    box = place.region
    ways = []
    if across:
        ways.append(((box.right if across > 0 else box.left) - x) / across)
    if down:
        ways.append(((box.bottom if down > 0 else box.top) - y) / down)
    return min(max(min(ways), 0.0), 90.0)


def _trouble(spot: Spot, room: Box, around: _Around) -> float:
    others, taken, regions = around
    box = spot.box
    outside = min(box.left - room.left, box.top - room.top, room.right - box.right, room.bottom - box.bottom)
    cost = _OUTSIDE if outside < 0 else 0.0
    cost += _ON_LABEL * sum(box.meets(other) for other in taken)
    points = [_along(spot, part / 6) for part in range(1, 7)]
    for region in regions:
        cost += _ON_REGION * box.meets(region)
        if not _inside(spot.start, region):
            cost += _ON_REGION * any(_inside(point, region) for point in points)
    for other in others:
        cost += _ON_LABEL * box.meets(other.box.grown(4))
        cost += _CROSSING * any(_inside(point, other.box) for point in points)
        cost += _CROSSING * any(_inside(_along(other, part / 6), box) for part in range(1, 7))
        cost += _CROSSING * _cross(spot, other)
    return cost


def _along(spot: Spot, part: float) -> Point:
    (x1, y1), (x2, y2) = spot.start, spot.end
    return x1 + (x2 - x1) * part, y1 + (y2 - y1) * part


def _inside(point: Point, box: Box) -> bool:
    return box.left < point[0] < box.right and box.top < point[1] < box.bottom


def _cross(one: Spot, other: Spot) -> bool:
    """Do two leader lines cross?"""

    def side(a: Point, b: Point, c: Point) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    apart = side(one.start, one.end, other.start) * side(one.start, one.end, other.end) < 0
    return apart and side(other.start, other.end, one.start) * side(other.start, other.end, one.end) < 0
