"""Rows in an order that people choose: where its end is, what a move was based on, the order after a move.

Whoever moves a row saw an order. A move is refused when another one stands by then: one place up of
something else is not what was meant.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Max

from cohes3ion.lib.versions import text_version


class OrderChanged(Exception):
    """Somebody else moved, added, changed or removed something since the page was shown."""


def end_of(rows: Any) -> int:
    """The position after the last of `rows` (a query)."""
    return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1


def order_version(rows: Iterable[Any]) -> int:
    """What a button for moving is based on: a number made from the order."""
    return text_version(*(str(row.pk) for row in rows))


def order_after(rows: Iterable[Any], *, row: Any, up: bool, seen: int) -> list[Any] | None:
    """`rows` with `row` one place up or down; None where the list ends. Raises OrderChanged."""
    line = list(rows)
    at = next((place for place, one in enumerate(line) if one.pk == row.pk), None)
    if at is None or order_version(line) != seen:
        raise OrderChanged
    return swapped(line, at=at, up=up)


def swapped(line: list[Any], *, at: int, up: bool) -> list[Any] | None:
    """The row at a place and its neighbour in each other's places; None where the list ends."""
    to = at - 1 if up else at + 1
    if not 0 <= to < len(line):
        return None
    after = list(line)
    after[at], after[to] = line[to], line[at]
    return after
