"""The data colours differ for everybody: CAM02-UCS, with full protanopia, deuteranopia and tritanopia."""

import math
import re
from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from mapping.charts.palette import CATEGORICAL, COLOURS, DIVERGING, SEQUENTIAL, paint

ROOT = Path(__file__).resolve().parents[3]
Matrix = Sequence[Sequence[float]]
# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
VISIONS: dict[str, Matrix] = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
RGB_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
CAT02 = ((0.7328, 0.4296, -0.1624), (-0.7036, 1.6975, 0.0061), (0.0030, 0.0136, 0.9834))
CAT02_BACK = (
    (1.096124, -0.278869, 0.182745),
    (0.454369, 0.473533, 0.072098),
    (-0.009628, -0.005698, 1.015326),
)
HUNT = ((0.38971, 0.68898, -0.07868), (-0.22981, 1.18340, 0.04641), (0, 0, 1))
WHITE = (95.047, 100.0, 108.883)
# sRGB viewing conditions: 64 lux, grey ground of 20 %, average surround.
ADAPTING, GROUND, C, NC = 64 / math.pi / 5, 20 / 100, 0.69, 1.0


def times(matrix: Matrix, vector: Sequence[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def linear(colour: str) -> list[float]:
    digits = colour.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def responses(xyz: Sequence[float]) -> list[float]:
    """Cone responses after adaptation to the white of the screen (CIECAM02)."""
    k = 1 / (5 * ADAPTING + 1)
    fl = 0.2 * k**4 * 5 * ADAPTING + 0.1 * (1 - k**4) ** 2 * (5 * ADAPTING) ** (1 / 3)
    d = 1 - math.exp((-ADAPTING - 42) / 92) / 3.6
    adapted = [(d * 100 / w + 1 - d) * x for x, w in zip(times(CAT02, xyz), times(CAT02, WHITE), strict=True)]
    found = []
    for cone in times(HUNT, times(CAT02_BACK, adapted)):
        power = (fl * abs(cone) / 100) ** 0.42
        found.append(math.copysign(400 * power / (27.13 + power), cone) + 0.1)
    return [*found, fl]


@cache
def ucs(colour: str, vision: str) -> tuple[float, float, float]:
    """Lightness, redness and yellowness in CAM02-UCS (Luo, Cui and Li 2006)."""
    seen = [min(max(part, 0), 1) for part in times(VISIONS[vision], linear(colour))]
    r, g, b, fl = responses([100 * part for part in times(RGB_TO_XYZ, seen)])
    rw, gw, bw, _ = responses(WHITE)
    nbb = 0.725 * (1 / GROUND) ** 0.2
    red, yellow = r - 12 * g / 11 + b / 11, (r + g - 2 * b) / 9
    achromatic, white = (2 * r + g + b / 20 - 0.305) * nbb, (2 * rw + gw + bw / 20 - 0.305) * nbb
    lightness = 100 * (achromatic / white) ** (C * (1.48 + GROUND**0.5))
    hue = math.atan2(yellow, red)
    t = (
        50000
        / 13
        * NC
        * nbb
        * 0.25
        * (math.cos(hue + 2) + 3.8)
        * math.hypot(red, yellow)
        / (r + g + 21 * b / 20)
    )
    chroma = t**0.9 * (lightness / 100) ** 0.5 * (1.64 - 0.29**GROUND) ** 0.73
    colourful = math.log(1 + 0.0228 * chroma * fl**0.25) / 0.0228
    return 1.7 * lightness / (1 + 0.007 * lightness), colourful * math.cos(hue), colourful * math.sin(hue)


def difference(one: str, other: str, vision: str) -> float:
    return math.dist(ucs(one, vision), ucs(other, vision))


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def dark_tokens() -> dict[str, str]:
    dark = (ROOT / "static/css/tokens.css").read_text().split("[data-theme=dark]")[1]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", dark))


def test_the_measure_itself_is_right():
    """White has lightness 100; a pair known as bad under protanopia is found to be bad."""
    assert round(ucs("#fff", "normal")[0], 3) == 100.0
    assert round(difference("#0b5cad", "#8a4b9b", "protanopia"), 1) == 3.7
    assert round(difference("#fdf3c4", "#b5dfbd", "protanopia"), 1) == 8.7


@pytest.mark.parametrize("vision", VISIONS)
def test_neighbouring_classes_differ_in_every_vision(vision):
    colours = [COLOURS[name] for name in SEQUENTIAL]
    assert [pair for pair in pairwise(colours) if difference(*pair, vision) < 13.95] == []
    colours = [COLOURS[name] for name in DIVERGING]
    assert [pair for pair in pairwise(colours) if difference(*pair, vision) < 15] == []


@pytest.mark.parametrize("vision", VISIONS)
def test_any_two_categories_differ_in_every_vision(vision):
    colours = [COLOURS[name] for name in CATEGORICAL]
    assert [pair for pair in combinations(colours, 2) if difference(*pair, vision) < 19.65] == []
    dark = [dark_tokens()[name] for name in CATEGORICAL]
    assert [pair for pair in combinations(dark, 2) if difference(*pair, vision) < 8.45] == []


@pytest.mark.parametrize("name", SEQUENTIAL)
def test_numbers_can_be_read_on_their_class(name):
    assert contrast(COLOURS[name], COLOURS[f"{name}t"]) >= 4.5


@pytest.mark.parametrize("name", CATEGORICAL)
def test_marks_stand_out_from_the_ground(name):
    assert contrast(COLOURS[name], COLOURS["surface"]) >= 4.0
    assert contrast(dark_tokens()[name], dark_tokens()["surface"]) >= 3.0


def test_the_light_colours_are_those_of_the_style_sheet():
    light = (ROOT / "static/css/tokens.css").read_text().split("@media")[0]
    tokens = dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", light))
    assert {name: tokens.get(name) for name in COLOURS} == COLOURS


def test_every_colour_has_a_class_for_fill_and_line():
    rules = (ROOT / "static/css/charts.css").read_text()
    for name in COLOURS:
        assert f".cf-{name} {{ fill: var(--{name}); }}" in rules
        assert f".cs-{name} {{ stroke: var(--{name}); }}" in rules


def test_paint_without_a_fill_is_hollow():
    assert paint(stroke="ink") == 'class="cs-ink" fill="none" stroke="#0f1b36"'
    assert paint(fill="c1", stroke="surface") == 'class="cf-c1 cs-surface" fill="#2b7bd0" stroke="#fff"'
