"""Colours that carry words, by day and by night: at least 4.5 to 1 (WCAG 1.4.3), marks 3 to 1 (1.4.11)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/css/tokens.css").read_text()
COLOUR = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{3,6})\b")
LIGHT = dict(COLOUR.findall(TOKENS.split("@media")[0]))
BY_SYSTEM, BY_PERSON = (dict(COLOUR.findall(part)) for part in TOKENS.split("@media")[1:3])
THEMES = {"light": LIGHT, "dark": LIGHT | BY_PERSON}
READ = ("ink", "text", "muted", "link", "mark")
WORDS = [
    *(
        (words, ground)
        for words in ("ink", "text", "muted", "link", "mark")
        for ground in ("surface", "canvas")
    ),
    *((words, "tint") for words in (*READ, "info")),
    *((status, f"{status}-bg") for status in ("ok", "warn", "bad", "info")),
    *(("text", f"{status}-bg") for status in ("ok", "warn", "bad", "info")),
    ("link", "warn-bg"),
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("surface", "bad"),
    ("foot-text", "foot"),
    *((f"q{step}t", f"q{step}") for step in range(1, 6)),
]
MARKS = [("line-strong", "surface"), ("mark", "tint-2"), ("warn-edge", "surface"), ("focus-ink", "accent")]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert round(contrast("#000", "#ffffff"), 6) == 21


@pytest.mark.parametrize("theme", THEMES)
def test_words_are_readable(theme):
    colours = THEMES[theme]
    faults = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in WORDS}
    assert {pair: round(ratio, 2) for pair, ratio in faults.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", THEMES)
def test_marks_and_borders_are_seen(theme):
    colours = THEMES[theme]
    faults = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in MARKS}
    assert {pair: round(ratio, 2) for pair, ratio in faults.items() if ratio < 3} == {}


@pytest.mark.parametrize("person", ["p1", "p2", "p3", "p4"])
def test_initials_are_readable_on_every_face(person):
    assert contrast("#fff", LIGHT[person]) >= 4.5


def test_dark_is_the_same_by_system_and_by_choice():
    assert BY_SYSTEM == BY_PERSON
