"""One outline out of several: borders between neighbours fall away. And outlines written as short paths.

Neighbours go along their common border in opposite directions through the same points. So the outline of
several regions is what is left when each step that is also made backwards is taken out. That needs no
geometry package and no time worth mentioning.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mapping.charts.paths import Point, Ring, box_of, rings_of


def dissolve(rings: Iterable[Ring]) -> tuple[Ring, ...]:
    """The outline of all rings together; each one must keep its inside on the same hand.

    A step taken forwards by one ring and backwards by another lies between two regions and is left out.

    >>> west, east = ((0, 0), (1, 0), (1, 1), (0, 1)), ((1, 0), (2, 0), (2, 1), (1, 1))
    >>> dissolve([west, east])
    (((0, 0), (1, 0), (2, 0), (2, 1), (1, 1), (0, 1)),)
    """
    steps: Counter[tuple[Point, Point]] = Counter()
    for ring in rings:
        for here, there in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            if here == there:
                continue
            if steps[there, here]:
                steps[there, here] -= 1
            else:
                steps[here, there] += 1
    ahead: dict[Point, list[Point]] = defaultdict(list)
    for (here, there), times in steps.items():
        ahead[here].extend([there] * times)
    found: list[Ring] = []
    for start in tuple(ahead):
        while ahead[start]:
            found.extend(_walk(start, ahead))
    return tuple(found)


def _walk(start: Point, ahead: dict[Point, list[Point]]) -> list[Ring]:
    """Follow the steps until none is left; a point reached again closes a ring."""
    loops: list[Ring] = []
    way, place = [start], {start: 0}
    while ahead[way[-1]]:
        point = ahead[way[-1]].pop()
        if point not in place:
            place[point] = len(way)
            way.append(point)
            continue
        first = place[point]
        if len(way) - first > 2:
            loops.append(tuple(way[first:]))
        for left in way[first + 1 :]:
            del place[left]
        del way[first + 1 :]
    return loops


def centre_of(rings: Sequence[Ring]) -> Point:
    """Centre of area; holes count against. Without an area, the middle of the box."""
    total = across = down = 0.0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            part = x1 * y2 - x2 * y1
            total, across, down = total + part, across + (x1 + x2) * part, down + (y1 + y2) * part
    if not total:
        return box_of(tuple(rings)).middle
    return across / (3 * total), down / (3 * total)


@lru_cache(maxsize=128)
def scaled_path(path: str, scale: float, *, closed: bool = True) -> str:
    """A path in other units."""
    rings = rings_of(path)
    return relative_path((tuple((x * scale, y * scale) for x, y in ring) for ring in rings), closed=closed)


@lru_cache(maxsize=4096)
def _number(value: float) -> str:
    """A number with at most one decimal and no zero that can be left out."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def relative_path(rings: Iterable[Ring], *, closed: bool = True) -> str:
    """Write rings as a path of short relative steps: small, and smaller still when compressed.

    >>> relative_path([((10, 20), (13, 24), (9, 25.5))])
    'M10 20l3 4-4 1.5z'
    """
    parts = []
    for ring in rings:
        start = _number(ring[0][0]), _number(ring[0][1])
        x, y = float(start[0]), float(start[1])
        steps: list[str] = []
        for point in ring[1:]:
            # From the rounded place, so that roundings do not add up.
            right, down = _number(point[0] - x), _number(point[1] - y)
            x, y = x + float(right), y + float(down)
            steps += [right, down]
        written = "".join(
            step if place == 0 or step[0] == "-" else f" {step}" for place, step in enumerate(steps)
        )
        parts.append(f"M{start[0]} {start[1]}l{written}{'z' if closed else ''}")
    return "".join(parts)
