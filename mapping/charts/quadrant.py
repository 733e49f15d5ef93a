"""What first? Importance against the level now, in four named fields."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from mapping.charts.figure import Column, Figure, Heading, Table, make_figure, rounded_or_none

KIND = "quadrant"


@dataclass(frozen=True, kw_only=True)
class QuadrantPoint:
    """A theme by its level now and its importance, 1 to 5. With one of them missing it is named below."""

    label: str
    now: float | None
    importance: float | None
    reason: str = ""
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class QuadrantWords:
    """Titles of the table and the axes, names of the four fields, and where the lines are."""

    row: str
    now: str
    importance: str
    act_first: str
    keep_strong: str
    watch: str
    enough: str
    lines: str = ""
    missing: str = ""


def quadrant_figure(
    points: Sequence[QuadrantPoint], *, heading: Heading, words: QuadrantWords, lines: tuple[float, float]
) -> Figure:
    """Make the figure. `lines` are the level and the importance where the fields meet: means of all regions.

    Both numbers of every point are in the table and in the words that a pointer or a screen reader gets.
    """
    kept = [
        QuadrantPoint(
            **asdict(point)
            | {"now": rounded_or_none(point.now), "importance": rounded_or_none(point.importance)}
        )
        for point in points
    ]
    columns = [Column(label=words.row)]
    columns += [Column(label=label, kind="number") for label in (words.now, words.importance)]
    rows = [
        (
            point.label,
            (point.reason or None) if point.now is None else point.now,
            (point.reason or None) if point.importance is None else point.importance,
        )
        for point in kept
    ]
    return make_figure(
        heading,
        kind=KIND,
        data={
            "points": [asdict(point) for point in kept],
            "words": asdict(words),
            "lines": [rounded_or_none(lines[0]), rounded_or_none(lines[1])],
        },
        table=Table(columns=tuple(columns), rows=tuple(rows)),
    )
