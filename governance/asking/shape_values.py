"""What reading the parts of a questionnaire rests on: who reads, and texts and numbers as typed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.asking.base import Reader
from governance.asking.checks import is_visible, require_storable
from governance.asking.numbers import as_json, read_number
from governance.asking.parts import Part
from governance.asking.problems import Problem, Refused, gettext_noop

Flat = Mapping[str, str]
LENGTH = gettext_noop("Write at most %(limit)s characters (you wrote %(length)s).")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question that a condition may name."""

    code: str
    short: str
    type: str
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Around:
    """What reading a part needs to know: who reads, what stands there, and the other questions by code."""

    reader: Reader = field(default_factory=Reader)
    before: Any = None
    questions: Mapping[str, Asked] = field(default_factory=dict)


def refused(code: str, text: str, /, **params: Any) -> Refused:
    return Refused(Problem(code=code, text=text, params=params))


def clean(text: str, *, most: int) -> str:
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    require_storable(plain)
    if most and len(plain) > most:
        raise refused("length", LENGTH, limit=most, length=len(plain))
    return plain if is_visible(plain) else ""


def read_a_number(part: Part, sent: Flat, around: Around) -> int | float | None:
    text = sent.get("", "").strip()
    number = read_number(text, reader=around.reader, decimals=None) if text else None
    if text and (number is None or len(text) > 20):
        example = f"1000{around.reader.decimal_sign}5"
        text = gettext_noop("Write the number like %(example)s, in digits and without a unit.")
        raise refused("number", text, example=example)
    return None if number is None else as_json(number)


def indexes(sent: Flat) -> list[int]:
    found = {key.partition(".")[0] for key in sent}
    return sorted(int(n) for n in found if n.isascii() and n.isdigit() and len(n) < 5)
