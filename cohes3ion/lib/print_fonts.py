"""The project's fonts for PDFs, with Latin, Greek and Cyrillic letters."""

import base64
import unicodedata
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FONTS = (
    ("Inter", "inter-regular", 400, "normal"),
    ("Inter", "inter-italic", 400, "italic"),
    ("Inter", "inter-semibold", 600, "normal"),
    ("Source Serif 4", "serif-regular", 400, "normal"),
    ("Source Serif 4", "serif-italic", 400, "italic"),
    ("Source Serif 4", "serif-semibold", 600, "normal"),
)


# Signs of ours that the fonts lack, as people type them.
TYPED = {"≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "→": "->", "←": "<-"}
FOLDER = Path(settings.BASE_DIR) / "static" / "fonts" / "print"


def style_sheet(name: str) -> str:
    """A sheet of static/css with the fonts in it."""
    path = Path(settings.BASE_DIR) / "static" / "css" / f"{name}.css"
    return font_faces() + path.read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def font_faces() -> str:
    """The project's fonts as data addresses: the renderer may read nothing else."""
    faces = []
    for family, name, weight, style in FONTS:
        data = base64.b64encode((FOLDER / f"{name}.ttf").read_bytes()).decode()
        faces.append(
            f"@font-face{{font-family:'{family}';font-weight:{weight};font-style:{style};"
            f"src:url(data:font/ttf;base64,{data}) format('truetype')}}"
        )
    return "".join(faces)


@lru_cache(maxsize=1)
def letters() -> frozenset[int]:
    """Every sign that one of the fonts can draw."""
    from fontTools.ttLib import TTFont  # slow import: only workers render

    drawn: set[int] = set()
    for _family, name, _weight, _style in FONTS:
        drawn |= set(TTFont(FOLDER / f"{name}.ttf", lazy=True).getBestCmap())
    return frozenset(drawn)


def with_words_for_missing_signs(text: str) -> str:
    """Signs that no font can draw as a plain sign of the same meaning, or by their name in brackets.

    An empty box would say nothing to anybody, and a file for screen readers may not hold one.
    """
    if text.isascii():
        return text
    drawn = letters()
    return "".join(sign if sign.isascii() or ord(sign) in drawn else instead(sign, drawn) for sign in text)


def instead(sign: str, drawn: frozenset[int]) -> str:
    plain = TYPED.get(sign) or unicodedata.normalize("NFKC", sign)
    if plain != sign and all(ord(part) in drawn for part in plain):
        return plain
    if unicodedata.category(sign)[0] in "CMZ":
        return " " if unicodedata.category(sign)[0] == "Z" else ""
    return f"[{unicodedata.name(sign, f'U+{ord(sign):04X}').lower()}]"
