"""Checks that several types share: characters of a text, and settings of a question."""

import datetime as dt
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from governance.asking.problems import Problem, Refused, Settings, gettext_noop

INVISIBLE = {"Cf", "Zs", "Zl", "Zp", "Cc", "Mn"}
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters by their kind that show nothing


def nothing_known(codes: Sequence[str]) -> dict[str, str]:
    return {}


CHARACTERS = gettext_noop(
    "The text contains characters that cannot be stored. Type it again or paste plain text."
)
REPLACEMENT = "\ufffd"


def is_storable(text: str) -> bool:
    """Databases and files keep it: no control character but line ends and tabs, no half of a pair, and no
    code point that is no character (U+FFFE would make a whole workbook unreadable). A sign of replacement
    stands where bytes were no text, so what was meant is lost already."""
    return REPLACEMENT not in text and all(
        sign in "\n\r\t" or not (unicodedata.category(sign) in ("Cc", "Cs") or is_no_character(ord(sign)))
        for sign in text
    )


def is_no_character(point: int) -> bool:
    return point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF


def is_visible(text: str) -> bool:
    """There is something to read: more than spaces, marks of direction and signs of no width."""
    return any(sign not in BLANK and unicodedata.category(sign) not in INVISIBLE for sign in text)


def require_storable(text: str) -> None:
    if not is_storable(text):
        raise Refused(Problem(code="characters", text=CHARACTERS))


def cell_text(cell: Any) -> str:
    """A cell of a spreadsheet as text; one that the program turned into a date or TRUE is none any more."""
    if cell is None:
        return ""
    if isinstance(cell, bool | dt.date | dt.time):
        text = gettext_noop(
            "The spreadsheet turned this cell into “%(typed)s”. Format the cell as text and write it again."
        )
        raise Refused(Problem(code="cell_kind", text=text, params={"typed": str(cell)}))
    return format(Decimal(repr(cell)), "f") if isinstance(cell, float) else str(cell)


def unknown_settings(settings: Settings, allowed: Sequence[str]) -> list[Problem]:
    common = ("kinds", "comment")
    kinds = settings.get("kinds", [])
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        text = gettext_noop("“%(name)s” must be a list of texts.")
        return [Problem(code="list", text=text, params={"name": "kinds"}, path="kinds")]
    return [
        Problem(
            code="unknown_setting",
            text=gettext_noop("“%(name)s” is not a setting of this question type."),
            params={"name": str(name)[:60]},
            path=str(name)[:60],
        )
        for name in settings
        if name not in allowed and name not in common
    ]


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value == value


def check_whole(settings: Settings, name: str, *, low: int, high: int) -> list[Problem]:
    """A setting that is a whole number in a range, or absent."""
    value = settings.get(name)
    if value is None or (isinstance(value, int) and not isinstance(value, bool) and low <= value <= high):
        return []
    return [
        Problem(
            code="setting_range",
            text=gettext_noop("“%(name)s” must be a whole number from %(low)s to %(high)s."),
            params={"name": name, "low": low, "high": high},
            path=name,
        )
    ]


def check_order(low: Any, high: Any) -> list[Problem]:
    if low is None or high is None or low <= high:
        return []
    return [
        Problem(
            code="setting_order",
            text=gettext_noop("The smallest value (%(low)s) is larger than the largest (%(high)s)."),
            params={"low": low, "high": high},
            path="min",
        )
    ]
