"""The gap plot: places follow from the numbers, and what is missing is never drawn."""

import re

from mapping.charts.figure import Heading
from mapping.charts.gaps import GapRow, GapWords, gap_figure
from mapping.charts.gaps_svg import gap_plot
from tests.mapping.charts.samples import LEVELS

WORDS = GapWords(
    row="Theme", now="Now", needed="Needed", median="Median", gap="Gap", unit="levels", levels=LEVELS
)


def made(*rows: GapRow, key: str = "g"):
    return gap_figure(rows, heading=Heading(key=key, title="T"), words=WORDS)


def circles(picture: str) -> list[float]:
    """Places of the dots, without the one of the legend."""
    return [float(x) for x in re.findall(r'<circle cx="([\d.]+)"', picture)][1:]


def grid(picture: str) -> list[float]:
    """Places of the five levels."""
    return [
        float(x)
        for x in re.findall(r'<text x="([\d.]+)" y="[\d.]+" font-size="13" font-weight="650"', picture)[:5]
    ]


def test_the_table_has_the_numbers_that_are_drawn():
    figure = made(
        GapRow(label="Skills", now=2.25, needed=4.4, median=2.8), GapRow(label="Vision", now=3.5, needed=3.2)
    )
    assert figure.table.rows == (("Skills", 2.3, 4.4, 2.8, 2.2), ("Vision", 3.5, 3.2, None, -0.3))
    assert [column.label for column in figure.table.columns] == ["Theme", "Now", "Needed", "Median", "Gap"]


def test_a_gap_is_worked_out_before_rounding():
    # 4.34 - 1.76 = 2.58, though the rounded numbers are 2.5 apart.
    assert made(GapRow(label="A", now=1.76, needed=4.34)).table.rows == (("A", 1.8, 4.3, 2.6),)


def test_columns_without_any_number_are_left_out():
    assert made(GapRow(label="A", now=2.0)).table.rows == (("A", 2.0),)


def test_a_row_without_a_level_has_no_gap_and_no_dot():
    figure = made(
        GapRow(label="A", now=None, needed=4.0, gap=9.9, low=1.0, high=2.0, reason="Too few answered")
    )
    picture = gap_plot(figure)
    assert figure.table.rows == (("A", "Too few answered", 4.0),)
    assert circles(picture) == []
    assert "9.9" not in picture
    assert "Too few answered</text>" in picture
    assert "url(#fig-g--hatch)" in picture


def test_dots_stand_on_the_axis():
    picture = gap_plot(made(*(GapRow(label="A", now=level) for level in (1, 2, 3.5, 5))))
    one, two, three, four, five = grid(picture)
    assert circles(picture) == [one, two, round((three + four) / 2, 1), five]


def test_a_level_off_the_scale_stays_on_the_axis():
    picture = gap_plot(made(GapRow(label="A", now=7.0)))
    assert circles(picture) == [grid(picture)[4]]


def test_the_axis_is_full_and_named_in_both_drawings():
    for narrow in (False, True):
        picture = gap_plot(made(GapRow(label="A", now=3.0)), narrow=narrow)
        assert [name for name in LEVELS if name.split()[0] not in picture] == []
        assert len(grid(picture)) == 5


def test_a_gap_has_the_colour_of_its_kind():
    def colour(**row: float | bool) -> str:
        picture = gap_plot(made(GapRow(label="A", **row)))
        return re.findall(r'text-anchor="end" class="cf-([\w-]+)" fill="[^"]+">[+−]\d', picture)[0]

    assert colour(now=2.0, needed=4.0, strong=True) == "gap"
    assert colour(now=2.0, needed=4.0) == "ink"
    assert colour(now=3.9, needed=4.0) == "muted"
    assert colour(now=4.0, needed=3.0) == "over"


def test_numbers_of_near_marks_stand_apart():
    """Now 3.1 and needed 3.2: one number ends left of the dot, the other begins right of the diamond."""
    picture = gap_plot(made(GapRow(label="A", now=3.1, needed=3.2, median=3.0)))
    placed = re.findall(r'<text x="([\d.]+)" y="[\d.]+" font-size="12"([^>]*)>(3\.\d)<', picture)
    (left, anchor, first), (right, _, second) = placed
    assert (first, second) == ("3.1", "3.2")
    assert 'text-anchor="end"' in anchor
    assert float(left) < circles(picture)[0] - 10 < circles(picture)[0] + 10 < float(right)


def test_without_rows_there_is_the_axis_and_a_hatched_band():
    picture = gap_plot(made())
    assert circles(picture) == []
    assert picture.count("url(#fig-g--hatch)") == 1
