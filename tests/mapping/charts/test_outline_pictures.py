"""Locator and outline as a picture."""

import re
from xml.etree import ElementTree

from mapping.charts.choropleth import MapBase
from mapping.charts.outline_pictures import locator_map, outline_card

NEAR, FAR = "M90 90h30v30h-30z", "M900 900h30v30h-30z"
BASE = MapBase(width=1000, height=1000, land=NEAR + FAR, borders="M95 90h5v30")
REGION = "M100 100h20v20h-20z"


def test_the_locator_shows_the_region_in_the_middle_and_only_what_is_near():
    picture = locator_map("wales", "Wales <&>", base=BASE, shape=REGION, size=(300, 300))
    root = ElementTree.fromstring(picture)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "Wales <&>"
    paths = re.findall(r'<path d="([^"]*)"', picture)
    # 300 units of land on 300 pixels: the region from 100 to 120 lies from 140 to 160.
    assert paths[-1] == "M140 140l20 0 0 20-20 0z"
    assert [path.count("M") for path in paths] == [1, 1, 1]
    assert paths[1].endswith("z") is False  # a border is a line, not a shape


def test_the_card_is_decoration_and_swaps_with_the_theme():
    picture = outline_card("wales", shape=REGION, colour="c4")
    root = ElementTree.fromstring(picture)
    assert root.get("aria-hidden") == "true"
    assert 'class="cf-c4 cs-surface"' in picture


def test_the_lines_around_the_outline_grow_fainter_outwards():
    picture = outline_card("wales", shape=REGION)
    widths = [float(width) for width in re.findall(r'stroke-width="([\d.]+)" stroke-opacity', picture)]
    faint = [float(opacity) for opacity in re.findall(r'stroke-opacity="([\d.]+)"', picture)]
    assert widths == sorted(widths, reverse=True)
    assert faint == sorted(faint)
    assert len(widths) == 7


def test_the_cover_keeps_its_colours_and_has_more_lines():
    picture = outline_card("wales", shape=REGION, size=(595, 842), cover=True)
    ElementTree.fromstring(picture)
    assert "class=" not in picture
    assert picture.count("stroke-opacity") == 11
    assert 'stroke="#ffcc00"' in picture


def test_two_cards_on_a_page_share_no_id():
    ids = [
        found for key in ("a", "b") for found in re.findall(r' id="([^"]+)"', outline_card(key, shape=REGION))
    ]
    assert len(ids) == len(set(ids)) == 4


def test_without_an_outline_there_is_the_ground_alone():
    locator = locator_map("none", "Nowhere", base=BASE, shape="")
    assert len(re.findall(r"<path ", locator)) == 2
    card = outline_card("none", shape="")
    ElementTree.fromstring(card)
    assert 'd=""' in card
