"""Importance against the level now."""

import re

from mapping.charts.figure import Heading
from mapping.charts.quadrant import QuadrantPoint, QuadrantWords, quadrant_figure
from mapping.charts.quadrant_svg import quadrant_plot

WORDS = QuadrantWords(
    row="Theme",
    now="Level now",
    importance="Importance",
    act_first="Act first",
    keep_strong="Keep strong",
    watch="Watch",
    enough="Enough for now",
    lines="The lines are means.",
    missing="Without a value:",
)


def made(*points: QuadrantPoint, lines: tuple[float, float] = (3.0, 4.0)):
    return quadrant_figure(points, heading=Heading(key="q", title="T"), words=WORDS, lines=lines)


def dots(picture: str) -> list[tuple[float, float, str]]:
    found = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="[\d.]+" class="cf-(\w+)', picture)
    return [(float(x), float(y), colour) for x, y, colour in found]


def test_the_axes_are_fixed_from_one_to_five():
    """The plot is 552 wide and 440 high, with 14 at each side: 524 and 412 pixels for four levels."""
    picture = quadrant_plot(
        made(QuadrantPoint(label="A", now=1, importance=1), QuadrantPoint(label="B", now=5, importance=5))
    )
    assert dots(picture) == [(72.0, 434.0, "c1"), (596.0, 22.0, "c1")]


def test_only_important_and_weak_points_are_for_acting_first():
    points = [(2.9, 4.0), (3.0, 4.5), (2.0, 3.9), (4.0, 2.0)]
    picture = quadrant_plot(made(*(QuadrantPoint(label="A", now=x, importance=y) for x, y in points)))
    assert [colour for *_, colour in dots(picture)] == ["gap", "c1", "c1", "c1"]


def test_a_point_without_a_value_is_named_below():
    figure = made(QuadrantPoint(label="Vision", now=None, importance=4.0, reason="too few answered"))
    assert figure.table.rows == (("Vision", "too few answered", 4.0),)
    assert dots(quadrant_plot(figure)) == []
    assert ">Without a value: Vision (too few answered)</text>" in quadrant_plot(figure)


def test_the_picture_says_where_the_lines_are():
    assert ">The lines are means.</text>" in quadrant_plot(made())


def test_a_crowd_carries_numbers_and_a_list():
    crowd = [QuadrantPoint(label=f"Theme {at}", now=3.2, importance=4.1) for at in range(20)]
    picture = quadrant_plot(made(*crowd))
    listed = re.findall(r">(Theme \d+: 3\.2 \| 4\.1)</text>", picture)
    assert sorted(listed) == sorted(f"Theme {at}: 3.2 | 4.1" for at in range(20))
    assert len(dots(picture)) == 20


def test_a_name_stays_in_the_field_of_its_point():
    """Close under the line between the fields, where the nearest free place is above it."""
    points = [(1.9, 4.1), (2.7, 4.2), (3.4, 4.2), (3.9, 4.1), (4.3, 4.5), (4.5, 4.4), (2.3, 4.6), (2.9, 4.5)]
    themes = [QuadrantPoint(label=f"A theme {at}", now=x, importance=y) for at, (x, y) in enumerate(points)]
    picture = quadrant_plot(made(*themes, lines=(3.3, 4.3)))
    height = 22.0 + (5 - 4.3) / 4 * 412
    named = re.findall(r'y="([\d.]+)"[^>]*>A theme (\d)</text>', picture)
    assert {int(at): float(y) < height for y, at in named} == {
        at: y > 4.3 for at, (_x, y) in enumerate(points)
    }
