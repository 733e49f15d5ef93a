"""The heat table: five classes, a mark and a reason for every hidden cell."""

import pytest

from mapping.charts.figure import Heading
from mapping.charts.heat import HeatCell, HeatRow, HeatWords, heat_figure, heat_level, heat_table
from mapping.charts.heat_svg import heat_svg

FEW, LOW = "Too few answered", "Coverage too low"


def made(*rows: HeatRow, spread: str = ""):
    words = HeatWords(row="Theme", columns=("Team", "Units"), notes=("6 answers",), spread=spread)
    return heat_figure(rows, heading=Heading(key="h", title="T"), words=words)


@pytest.mark.parametrize(
    "value,level",
    [(1.0, 1), (1.9, 1), (2.0, 2), (2.5, 2), (2.6, 3), (3.1, 3), (3.2, 4), (3.7, 4), (3.8, 5), (5, 5)],
)
def test_classes_begin_at_their_limits(value, level):
    assert heat_level(value) == level


def test_the_class_follows_the_number_that_is_shown():
    """1.96 is shown as 2.0, so it belongs to the second class."""
    (line,) = heat_table(made(HeatRow(label="A", values=(1.96, 3.76)))).lines
    assert line.cells == (HeatCell(text="2.0", level=2), HeatCell(text="3.8", level=5))


def test_one_reason_is_a_dash_and_several_are_letters():
    one = heat_table(made(HeatRow(label="A", values=(None, 2.0), reasons=(FEW, ""))))
    assert one.lines[0].cells[0] == HeatCell(text="–", level=0, reason=FEW)
    assert one.reasons == (("–", FEW),)
    two = heat_table(made(HeatRow(label="A", values=(None, None), reasons=(FEW, LOW))))
    assert [cell.text for cell in two.lines[0].cells] == ["a", "b"]
    assert two.reasons == (("a", FEW), ("b", LOW))


def test_a_short_row_is_missing_the_rest():
    figure = made(HeatRow(label="A", values=(3.0,)))
    assert figure.table.rows == (("A", 3.0, None),)
    assert [cell.level for cell in heat_table(figure).lines[0].cells] == [3, 0]


def test_a_plain_row_has_no_colour():
    (line,) = heat_table(made(HeatRow(label="Median", values=(3.0, 1.0), plain=True))).lines
    assert [cell.level for cell in line.cells] == [-1, -1]
    assert "cf-q3t" not in heat_svg(made(HeatRow(label="Median", values=(3.0, 1.0), plain=True)))


def test_the_legend_names_the_classes_in_the_language_of_the_reader():
    table = heat_table(made(), number=lambda value, decimals: f"{value:.{decimals}f}".replace(".", ","))
    assert [label for _, label in table.classes] == ["< 2,0", "2,0–2,5", "2,6–3,1", "3,2–3,7", "≥ 3,8"]


def test_notes_may_be_fewer_than_columns():
    assert heat_table(made()).columns == (("Team", "6 answers"), ("Units", ""))


def test_the_spread_is_a_column_of_its_own():
    figure = made(HeatRow(label="A", values=(1.0, 3.0), spread=2.0, strong=True), spread="Spread")
    assert figure.table.rows == (("A", 1.0, 3.0, 2.0),)
    assert heat_table(figure).lines[0].spread == "2.0"
    assert 'cf-gap" fill="#c8500a">2.0<' in heat_svg(figure)
