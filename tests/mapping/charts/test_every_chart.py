"""What holds for every chart: it can be read, it is safe, and its numbers are those of its table."""

import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest

from mapping.charts.drawing import NARROW_KINDS, draw
from mapping.charts.figure import Figure, figure_csv
from mapping.charts.palette import COLOURS
from mapping.charts.typography import text_width
from tests.mapping.charts.samples import GEOGRAPHY, GREEK, HOSTILE, KINDS, sample

ROOT = Path(__file__).resolve().parents[3]
SVG = "{http://www.w3.org/2000/svg}"
CASES = [(kind, narrow) for kind in KINDS for narrow in ((False, True) if kind in NARROW_KINDS else (False,))]


def drawn(figure: Figure, narrow: bool = False) -> str:
    return draw(figure, narrow=narrow, geography=GEOGRAPHY)


@pytest.mark.parametrize("kind,narrow", CASES)
@pytest.mark.parametrize("count", [0, 1, 2, 6, 60])
@pytest.mark.parametrize("missing", ["none", "some", "all"])
def test_it_is_well_formed_and_has_a_size_whatever_the_rows(kind, narrow, count, missing):
    picture = ElementTree.fromstring(drawn(sample(kind, count=count, missing=missing), narrow))
    width, height = float(picture.get("width")), float(picture.get("height"))
    assert picture.get("viewBox") == f"0 0 {picture.get('width')} {picture.get('height')}"
    assert 300 <= width <= 1200
    assert 30 <= height <= 4000
    numbers = [value for element in picture.iter() for value in element.attrib.values()]
    assert [
        value for value in numbers if "nan" in value.split() or "None" in value or "inf" in value.split()
    ] == []


@pytest.mark.parametrize("kind,narrow", CASES)
def test_it_has_a_title_and_a_description(kind, narrow):
    figure = sample(kind)
    picture = ElementTree.fromstring(drawn(figure, narrow))
    title, description = picture.find(f"{SVG}title"), picture.find(f"{SVG}desc")
    assert title.text == "What Theme shows"
    assert description.text == figure.description()
    assert picture.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert picture.get("role") == ("group" if kind == "choropleth" else "img")


@pytest.mark.parametrize("kind,narrow", CASES)
def test_every_number_of_the_table_is_in_the_picture(kind, narrow):
    figure = sample(kind, count=9)
    words = " ".join(ElementTree.fromstring(drawn(figure, narrow)).itertext())
    cells = [cell for row in figure.table.texts() for cell in row if re.fullmatch(r"[+−]?\d+(\.\d)?", cell)]
    assert cells != []
    assert [cell for cell in cells if not re.search(rf"(?<![\d.]){re.escape(cell)}(?![\d.])", words)] == []


@pytest.mark.parametrize("kind,narrow", CASES)
def test_a_hostile_label_stays_text(kind, narrow):
    picture = drawn(sample(kind, label=HOSTILE), narrow)
    elements = {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(picture).iter()}
    known = {
        "svg",
        "title",
        "desc",
        "defs",
        "pattern",
        "linearGradient",
        "stop",
        "g",
        "a",
        "rect",
        "line",
        "path",
    }
    assert elements <= known | {"circle", "text", "tspan"}
    assert "alert(&quot;1&quot;)" in picture


@pytest.mark.parametrize("kind,narrow", CASES)
def test_it_has_no_style_and_no_script(kind, narrow):
    picture = drawn(sample(kind), narrow)
    assert re.findall(r"\sstyle=|<style|<script|\son\w+=", picture) == []


@pytest.mark.parametrize("kind,narrow", CASES)
def test_every_class_has_its_rule_in_the_style_sheet(kind, narrow):
    rules = (ROOT / "static/css/charts.css").read_text()
    classes = {
        name
        for names in re.findall(r'class="([^"]+)"', drawn(sample(kind), narrow))
        for name in names.split()
    }
    named = {name for name in classes if name != f"chart-{kind}"}
    assert {name for name in named if f".{name} " not in rules and f".{name}," not in rules} == set()


@pytest.mark.parametrize("kind,narrow", CASES)
def test_every_coloured_shape_has_its_light_colour_too(kind, narrow):
    for element in ElementTree.fromstring(drawn(sample(kind), narrow)).iter():
        for name in (element.get("class") or "").split():
            prefix, _, colour = name.partition("-")
            if prefix in ("cf", "cs"):
                assert element.get({"cf": "fill", "cs": "stroke"}[prefix]) == COLOURS[colour]


@pytest.mark.parametrize("kind", KINDS)
def test_the_wide_and_the_narrow_drawing_share_no_id(kind):
    figure = sample(kind)
    drawings = [drawn(figure), *([drawn(figure, narrow=True)] if kind in NARROW_KINDS else [])]
    ids = [found for picture in drawings for found in re.findall(r' id="([^"]+)"', picture)]
    assert len(ids) == len(set(ids))
    used = [found for picture in drawings for found in re.findall(r"url\(#([^)]+)\)", picture)]
    assert set(used) <= set(ids)


@pytest.mark.parametrize("kind", KINDS)
def test_it_survives_being_stored(kind):
    figure = sample(kind)
    stored = Figure.from_dict(json.loads(json.dumps(figure.to_dict())))
    assert stored == figure
    assert drawn(stored) == drawn(figure)


@pytest.mark.parametrize("kind,narrow", CASES)
def test_greek_labels_stay_inside_the_picture(kind, narrow):
    """Texts are measured in a browser elsewhere; here no text may start or end outside by our own measure."""
    from_left = outside(ElementTree.fromstring(drawn(sample(kind, label=GREEK, count=5), narrow)))
    assert from_left == []


def outside(picture: ElementTree.Element) -> list[str]:
    """Lines of text that begin or end outside, among those that stand in the frame itself."""
    width, faults = float(picture.get("width")), []
    for element in picture.findall(f"{SVG}text"):
        for row in [element, *element.findall(f"{SVG}tspan")]:
            if row.text and row.get("x"):
                wide = text_width(
                    row.text, float(element.get("font-size")), bold=bool(element.get("font-weight"))
                )
                anchor = element.get("text-anchor", "start")
                start = float(row.get("x")) - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
                if start < -1 or start + wide > width + 1:
                    faults.append(row.text)
    return faults


@pytest.mark.parametrize("kind", KINDS)
def test_the_csv_has_the_numbers_of_the_table_and_where_they_come_from(kind):
    figure = sample(kind)
    head, *rows = figure_csv(figure)
    assert head == [column.label for column in figure.table.columns]
    assert rows[: len(figure.table.rows)] == [list(row) for row in figure.table.rows]
    assert [note for note, *_ in rows[len(figure.table.rows) + 1 :]] == [
        "What Theme shows",
        "Level now, 1 to 5",
        "Source: survey of the regions",
        "23 organisations",
        "14 October 2026",
        "Invented for the demonstration",
    ]


def test_the_number_text_of_the_reader_is_used():
    picture = draw(sample("gaps"), number=lambda value, decimals: f"{value:.{decimals}f}".replace(".", ","))
    words = unescape(" ".join(ElementTree.fromstring(picture).itertext()))
    assert "+3,2" in words
    assert re.findall(r"\d\.\d", words) == []


def test_an_unknown_kind_and_a_map_without_ground_are_errors():
    figure = sample("radar")
    with pytest.raises(ValueError) as unknown:
        draw(Figure.from_dict(figure.to_dict() | {"kind": "pie"}))
    assert str(unknown.value) == "There is no chart of the kind 'pie'."
    with pytest.raises(ValueError) as groundless:
        draw(sample("choropleth"))
    assert str(groundless.value) == "A map needs its geography."
