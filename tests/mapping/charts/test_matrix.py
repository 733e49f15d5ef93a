"""The capability matrix: a disc per capability, larger and darker with its strength."""

import re

import pytest

from mapping.charts.figure import Heading
from mapping.charts.matrix import MatrixColumn, MatrixMark, MatrixParts, MatrixRow, MatrixWords, matrix_figure
from mapping.charts.matrix_svg import matrix_svg

WORDS = MatrixWords(
    row="Unit",
    column="Field",
    name="Capability",
    strength="Strength",
    role="Role",
    strengths=("First", "Regular", "Critical", "Visible", "Leading"),
    roles=(("P", "Production"), ("R", "Research")),
    missing="Not known",
)


def made(*marks: MatrixMark, words: MatrixWords = WORDS):
    rows = (MatrixRow(label="Bizkaia"), MatrixRow(label="Bilbao", depth=1))
    columns = (MatrixColumn(label="Energy", group="Green"), MatrixColumn(label="Food", group="Land"))
    parts = MatrixParts(rows=rows, columns=columns, marks=marks, words=words)
    return matrix_figure(parts, heading=Heading(key="m", title="T"))


def body(picture: str) -> str:
    """The drawing without its legend."""
    return picture.rpartition('<g transform="translate(0 ')[0]


def test_the_table_has_a_line_per_capability_in_reading_order():
    figure = made(
        MatrixMark(row=1, column=0, name="Wind", strength=None, role="R", reason="Not asked"),
        MatrixMark(row=0, column=1, name="Cheese", strength=2),
        MatrixMark(row=0, column=1, name="Wine", strength=4, role="P"),
        MatrixMark(row=1, column=1, name="Bread", strength=None),
    )
    assert figure.table.rows == (
        ("Bizkaia", "Food", "Wine", 4, "Production"),
        ("Bizkaia", "Food", "Cheese", 2, ""),
        ("Bilbao", "Energy", "Wind", "Not asked", "Research"),
        ("Bilbao", "Food", "Bread", "Not known", ""),
    )


def test_strength_is_size_and_class():
    weak = body(matrix_svg(made(MatrixMark(row=0, column=0, name="Wind", strength=1))))
    strong = body(matrix_svg(made(MatrixMark(row=0, column=0, name="Wind", strength=5))))
    assert re.findall(r'r="(\d+)" class="cf-(q\d)', weak) == [("7", "q1")]
    assert re.findall(r'r="(\d+)" class="cf-(q\d)', strong) == [("15", "q5")]


def test_a_missing_strength_is_hatched_and_has_no_number():
    picture = body(matrix_svg(made(MatrixMark(row=0, column=0, name="Wind", role="P"))))
    assert 'fill="url(#fig-m--hatch)"' in picture
    assert "<title>Bizkaia, Wind: Not known, Production</title>" in picture
    assert re.findall(r'class="cf-q\d', picture) == []


def test_a_priority_is_a_ring_and_a_column():
    words = MatrixWords(**vars(WORDS) | {"linked": "Serves a priority", "yes": "yes"})
    figure = made(MatrixMark(row=0, column=0, name="Wind", strength=3, linked=True), words=words)
    assert figure.table.rows == (("Bizkaia", "Energy", "Wind", 3, "", "yes"),)
    assert 'r="13.5" class="cs-ink"' in matrix_svg(figure)


def test_two_capabilities_share_a_cell_without_touching():
    marks = [MatrixMark(row=0, column=0, name=name, strength=5) for name in ("Wind", "Sun")]
    picture = body(matrix_svg(made(*marks)))
    first, second = (float(x) for x in re.findall(r'<circle cx="([\d.]+)" cy="[\d.]+" r="15"', picture))
    assert second - first >= 30


def test_a_mark_outside_is_an_error():
    with pytest.raises(ValueError) as fault:
        made(MatrixMark(row=2, column=0, name="Wind", strength=3))
    assert str(fault.value) == "The mark 'Wind' lies outside the matrix."
