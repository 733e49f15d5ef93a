"""A downloaded picture says what it is by itself."""

from xml.etree import ElementTree

import pytest

from mapping.charts.download import standalone_svg
from mapping.charts.drawing import draw
from tests.mapping.charts.samples import GEOGRAPHY, GREEK, HOSTILE, KINDS, sample


@pytest.mark.parametrize("kind", KINDS)
def test_title_source_n_date_and_provenance_are_text(kind):
    figure = sample(kind)
    picture = standalone_svg(figure, draw(figure, geography=GEOGRAPHY), label="Figure 3")
    words = list(ElementTree.fromstring(picture).itertext())
    assert words[:3] == ["Figure 3", "What Theme shows", "Level now, 1 to 5"]
    caption = (
        "Source: survey of the regions · 23 organisations · 14 October 2026 · Invented for the demonstration"
    )
    assert " ".join(words).endswith(caption) or caption in " ".join(words[-3:])


@pytest.mark.parametrize("kind", KINDS)
def test_its_colours_stand_in_the_file(kind):
    figure = sample(kind)
    picture = standalone_svg(figure, draw(figure, geography=GEOGRAPHY))
    assert "class=" not in picture
    assert "var(" not in picture
    ElementTree.fromstring(picture)


def test_hostile_words_stay_words():
    figure = sample("bars", label=HOSTILE + "-->")
    root = ElementTree.fromstring(standalone_svg(figure, draw(figure)))
    assert {element.tag.rpartition("}")[2] for element in root.iter()} & {"script", "b"} == set()


def test_a_long_title_is_wrapped_inside_the_frame():
    figure = sample("gaps", label=GREEK * 3)
    root = ElementTree.fromstring(standalone_svg(figure, draw(figure)))
    titles = [element for element in root if element.get("font-size") == "20"]
    assert len(titles) > 1


def test_only_a_drawing_can_be_framed():
    with pytest.raises(ValueError) as fault:
        standalone_svg(sample("bars"), "<p>no drawing</p>")
    assert str(fault.value) == "The plot is no drawing of this package: it has no view box."
