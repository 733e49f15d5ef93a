"""Ordered bars."""

import re

from mapping.charts.bars import MOST_BARS, Bar, BarWords, bar_chart, bar_figure
from mapping.charts.figure import Heading
from tests.mapping.charts.samples import LEVELS

LEVEL_WORDS = BarWords(row="Region", value="Level", target="Needed", levels=LEVELS)
COUNT_WORDS = BarWords(row="Region", value="Organisations", decimals=0)


def made(*bars: Bar, words: BarWords = LEVEL_WORDS, target: float | None = None):
    return bar_figure(bars, heading=Heading(key="b", title="T"), words=words, target=target)


def widths(picture: str) -> list[float]:
    return [float(wide) for wide in re.findall(r'width="([\d.]+)" height="18"', picture)]


def test_the_highest_comes_first_and_the_missing_last():
    figure = made(
        Bar(label="A", value=None, reason="Too few"), Bar(label="B", value=1.5), Bar(label="C", value=3.0)
    )
    assert figure.table.rows == (("C", 3.0), ("B", 1.5), ("A", "Too few"))


def test_levels_begin_at_one():
    """Level 3 is half of the way from 1 to 5, level 5 all of it; level 1 keeps a hair line."""
    picture = bar_chart(made(*(Bar(label="A", value=value) for value in (5, 3, 1))))
    full, half, none = widths(picture)
    assert abs(half - full / 2) < 0.1
    assert none == 1.5


def test_a_missing_value_is_hatched_with_its_reason():
    picture = bar_chart(made(Bar(label="A", value=None, reason="Too few")))
    assert widths(picture) == []
    assert 'fill="url(#fig-b--hatch)"' in picture
    assert ">Too few</text>" in picture


def test_the_own_bar_is_strong_and_the_others_pale():
    picture = bar_chart(
        made(Bar(label="A", value=3, own=True), Bar(label="B", value=2), Bar(label="C", value=2))
    )
    assert re.findall(r'height="18" class="cf-([\w-]+)"', picture) == ["c1", "over-soft", "over-soft"]


def test_the_target_is_dashed_and_in_the_table():
    figure = made(Bar(label="A", value=3), target=4.3)
    assert figure.table.rows[-1] == ("Needed", 4.3)
    assert "stroke-dasharray" in bar_chart(figure)
    assert ">Needed 4.3</text>" in bar_chart(figure)


def test_counts_have_no_decimals_and_begin_at_zero():
    picture = bar_chart(made(Bar(label="A", value=40), Bar(label="B", value=20), words=COUNT_WORDS))
    full, half = widths(picture)
    assert abs(half - full / 2) < 0.1
    assert re.findall(r">(\d+)</text>", picture) == ["40", "20"]


def test_beyond_thirty_the_ends_and_the_own_neighbours_are_drawn():
    bars = [Bar(label=f"Region {at}", value=100 - at, own=at == 20) for at in range(MOST_BARS + 10)]
    picture = bar_chart(made(*bars, words=COUNT_WORDS))
    shown = [int(at) for at in re.findall(r">Region (\d+)</text>", picture)]
    assert shown == [*range(8), *range(17, 24), *range(32, 40)]
    assert picture.count(">⋯</text>") == 2
