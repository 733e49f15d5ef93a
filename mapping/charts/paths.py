"""Outlines as numbers: read an SVG path of straight lines, measure it, move it, write it again."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

Point = tuple[float, float]
Ring = tuple[Point, ...]
_TOKEN = re.compile(r"[MmLlHhVvZz]|-?\d*\.?\d+(?:e-?\d+)?")


class Box(NamedTuple):
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def middle(self) -> Point:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> "Box":
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: "Box") -> bool:
        """Do the two rectangles share some area?"""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@lru_cache(maxsize=256)
def rings_of(path: str) -> tuple[Ring, ...]:
    """The closed lines of a path. It knows M, L, H, V and Z, in both cases; a curve is an error.

    >>> rings_of("M1 1h2v2z")
    (((1.0, 1.0), (3.0, 1.0), (3.0, 3.0)),)
    """
    if curves := re.sub(r"[MmLlHhVvZze\d\s.,-]", "", path):
        raise ValueError(f"A path of straight lines cannot hold {curves[:10]!r}.")
    rings: list[list[Point]] = []
    x = y = 0.0
    command = ""
    tokens = iter(_TOKEN.findall(path))
    for token in tokens:
        if token.isalpha():
            command = token
            if token in "Zz" and rings:
                x, y = rings[-1][0]
            if token in "MmZz":
                continue
            token = next(tokens)
        x, y = _step(command, float(token), (x, y), tokens)
        if command in "Mm":
            rings.append([])
            command = "L" if command == "M" else "l"
        rings[-1].append((x, y))
    return tuple(tuple(ring) for ring in rings)


def _step(command: str, number: float, here: Point, tokens: Iterator[str]) -> Point:
    """Where one command leads to."""
    x, y = here
    if command in "Hh":
        return (number if command == "H" else x + number), y
    if command in "Vv":
        return x, (number if command == "V" else y + number)
    other = float(next(tokens))
    return (number, other) if command in "ML" else (x + number, y + other)


@lru_cache(maxsize=512)
def box_of(rings: tuple[Ring, ...]) -> Box:
    """The rectangle around some rings."""
    xs = [x for ring in rings for x, _ in ring]
    ys = [y for ring in rings for _, y in ring]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, (*ring[1:], ring[0]), strict=True)) / 2


@lru_cache(maxsize=256)
def anchor_of(rings: tuple[Ring, ...]) -> Point:
    """A point well inside the largest ring, where a leader line can start.

    It is the middle of the widest part of the ring on the height of its centre of area.
    """
    ring = max(rings, key=lambda one: abs(_area(one)))
    area = _area(ring) or 1e-9
    pairs = list(zip(ring, (*ring[1:], ring[0]), strict=True))
    centre = sum((y1 + y2) * (x1 * y2 - x2 * y1) for (x1, y1), (x2, y2) in pairs) / (6 * area)
    crossings = sorted(
        x1 + (centre - y1) / (y2 - y1) * (x2 - x1)
        for (x1, y1), (x2, y2) in pairs
        if (y1 > centre) != (y2 > centre)
    )
    if len(crossings) < 2:
        return box_of((ring,)).middle
    widest = max(zip(crossings[::2], crossings[1::2], strict=False), key=lambda span: span[1] - span[0])
    return (widest[0] + widest[1]) / 2, centre


def path_of(rings: Sequence[Ring], *, scale: float = 1, move: Point = (0, 0), closed: bool = True) -> str:
    """Write rings as a path, first moved and then scaled; steps too small to see are left out.

    Places are rounded to a tenth before steps between them are taken, so no error adds up along a coast.
    With `closed` false they are lines, such as borders: nothing joins their ends.
    """
    parts = []
    for ring in rings:
        points: list[tuple[int, int]] = []
        for x, y in ring:
            point = round((x + move[0]) * scale * 10), round((y + move[1]) * scale * 10)
            if not points or point != points[-1]:
                points.append(point)
        if len(points) > (2 if closed else 1):
            steps = "".join(
                _tenths(x2 - x1, glue=place > 0) + _tenths(y2 - y1)
                for place, ((x1, y1), (x2, y2)) in enumerate(pairwise(points))
            )
            start = _tenths(points[0][0], glue=False) + _tenths(points[0][1])
            parts.append(f"M{start}l{steps}{'z' if closed else ''}")
    return "".join(parts)


def _tenths(number: int, *, glue: bool = True) -> str:
    """A number of tenths as short as it can be written; a sign parts it from the one before."""
    text = f"{number / 10:g}".replace("0.", ".", 1) if abs(number) < 10 else f"{number / 10:g}"
    return text if number < 0 or not glue else f" {text}"
