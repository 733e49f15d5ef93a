"""The map of Europe: every region with an outline is drawn once, in the class of its state."""

import re

import pytest

from mapping.charts.choropleth import MapBase, MapClass, MapPlace, MapWords, map_figure
from mapping.charts.europe_map import MOST_LABELS, europe_map
from mapping.charts.figure import Heading
from tests.mapping.charts.samples import GEOGRAPHY, sample

BASE = MapBase(width=400, height=300, land="M0 0h400v300h-400z")
CLASSES = [MapClass(key="draft", label="Draft", level=0), MapClass(key="done", label="Published", level=5)]
WORDS = MapWords(place="Region", state="State", others="Not taking part", notice="© Owner of the outlines")
WALES, MAZOVIA = "M100 200h20v20h-20z", "M300 200h20v20h-20z"


def made(*places: MapPlace, words: MapWords = WORDS):
    return map_figure(places, classes=CLASSES, heading=Heading(key="e", title="T"), words=words)


def drawn(*places: MapPlace, **options: bool) -> str:
    return europe_map(made(*places), base=BASE, shapes={"wales": WALES, "mazovia": MAZOVIA}, **options)


def test_a_region_has_the_class_of_its_state():
    picture = drawn(
        MapPlace(key="wales", name="Wales", state="done"),
        MapPlace(key="mazovia", name="Mazovia", state="draft"),
    )
    assert f'<path d="{WALES}" class="cf-q5 cs-ink"' in picture
    assert f'<path d="{MAZOVIA}" fill="url(#fig-e--hatch)"' in picture


def test_the_label_says_the_state_or_what_is_given():
    picture = drawn(
        MapPlace(key="wales", name="Wales", state="done"),
        MapPlace(key="mazovia", name="Mazovia", state="done", value=2.85, note="12 units"),
    )
    labels = re.findall(r">([^<>]+)</text>", picture.split("chart-halo", 1)[1])
    assert labels[:4] == ["Wales", "Published", "Mazovia", "2.9 · 12 units"]


def test_a_link_is_a_link_only_to_an_address():
    picture = drawn(
        MapPlace(key="wales", name="Wales", state="done", href="/regions/wales/"),
        MapPlace(key="mazovia", name="Mazovia", state="done", href="javascript:alert(1)"),
    )
    assert re.findall(r'<a href="([^"]*)"', picture) == ["/regions/wales/"]


def test_a_region_without_an_outline_stays_in_the_table():
    figure = made(MapPlace(key="atlantis", name="Atlantis", state="done"))
    picture = europe_map(figure, base=BASE, shapes={})
    assert figure.table.rows == (("Atlantis", "Published"),)
    assert re.findall(r">Atlantis</text>", picture) == []


def test_the_notice_stands_on_every_map():
    place = MapPlace(key="wales", name="Wales", state="done")
    assert ">© Owner of the outlines</text>" in drawn(place)
    assert ">© Owner of the outlines</text>" in drawn(place, narrow=True)


def test_the_narrow_map_has_no_labels_and_a_legend_below():
    picture = drawn(MapPlace(key="wales", name="Wales", state="done"), narrow=True)
    assert re.findall(r">Wales</text>", picture) == []
    assert 'viewBox="0 0 360 ' in picture
    assert ">Not taking part</text>" in picture


def test_with_many_regions_the_labels_give_way_to_the_list():
    figure = sample("choropleth", count=MOST_LABELS + 1)
    picture = europe_map(figure, base=GEOGRAPHY.base, shapes=GEOGRAPHY.shapes)
    assert re.findall(r">Theme \d+</text>", picture) == []
    assert len(re.findall(r"<title>Theme \d+: ", picture)) == MOST_LABELS + 2  # one stands in an inset too


def test_an_inset_shows_its_land_and_its_regions():
    picture = europe_map(sample("choropleth"), base=GEOGRAPHY.base, shapes=GEOGRAPHY.shapes)
    assert ">Islands</text>" in picture
    assert 'd="M9 9h9v9h-9z"' in picture


def test_an_unknown_state_is_an_error():
    with pytest.raises(ValueError) as fault:
        made(MapPlace(key="wales", name="Wales", state="lost"))
    assert str(fault.value) == "The map has no class for the state 'lost'."
