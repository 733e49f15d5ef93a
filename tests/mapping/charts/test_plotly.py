"""The figure for interactive exploring has the same numbers; what is missing is null."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mapping.charts.plotly import plotly_figure
from tests.mapping.charts.samples import GEOGRAPHY, REASON, sample

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.parametrize("kind", ["gaps", "heat", "matrix", "choropleth"])
@pytest.mark.parametrize("count", [0, 1, 9])
def test_it_is_plain_json_with_data_and_layout(kind, count):
    made = plotly_figure(sample(kind, count=count), shapes=GEOGRAPHY.shapes)
    assert json.loads(json.dumps(made)) == made
    assert set(made) == {"data", "layout"}
    assert made["layout"]["title"]["text"] == "What Theme shows"
    assert made["layout"]["annotations"][0]["text"].endswith("Invented for the demonstration")


def test_the_package_itself_is_not_loaded():
    """A fresh interpreter: another test of this one may have needed plotly."""
    code = "import mapping.charts.plotly, sys; print('plotly' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def test_gaps_have_the_numbers_of_the_table():
    figure = sample("gaps")
    traces = {trace.get("name"): trace for trace in plotly_figure(figure)["data"]}
    now = [None if cell == REASON else cell for _, cell, *_ in figure.table.rows]
    assert traces["Level now"]["x"] == now
    assert None in now
    assert traces["Level needed"]["x"] == [4.2] * 6


def test_a_hidden_cell_is_null_in_colour_and_text():
    (trace,) = plotly_figure(sample("heat", count=1))["data"]
    assert trace["text"] == [[1.0, None, 2.4, 3.1]]
    assert trace["z"] == [[1, None, 2, 3]]


def test_missing_strengths_are_marks_of_their_own():
    known, unknown = plotly_figure(sample("matrix"))["data"]
    assert len(known["x"]) == len(known["text"]) == 4
    assert (unknown["name"], len(unknown["x"])) == ("Not known", 2)


def test_a_map_has_a_shape_and_a_point_per_region():
    made = plotly_figure(sample("choropleth", count=2), shapes=GEOGRAPHY.shapes)
    first = made["layout"]["shapes"][0]
    assert first["path"] == "M130.0,130.0L150.0,130.0L150.0,150.0L130.0,150.0Z"
    assert made["data"][0]["text"] == ["Theme 0", "Theme 1"]


def test_other_kinds_have_no_interactive_form():
    with pytest.raises(ValueError) as fault:
        plotly_figure(sample("radar"))
    assert str(fault.value) == "There is no interactive figure of the kind 'radar'."
