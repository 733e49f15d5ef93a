"""Numbers as people write them in their language, with a unit and a range."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from governance.asking.base import Column, QuestionType, Reader
from governance.asking.checks import check_order, check_whole, is_number
from governance.asking.problems import Problem, Refused, Settings, gettext_noop, wrong_type

SPACES = dict.fromkeys(map(ord, "\u00a0\u2009\u202f\u2007"), " ")
MINUS = str.maketrans({"\u2212": "-", "\u2013": "-"})
GROUPED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
DIGITS = 15  # what a JSON number carries without loss
SHOWN = 40  # of what was written, in the sentence about it


def read_number(text: str, *, reader: Reader, decimals: int | None) -> Decimal | None:
    """A number as typed, or None when it cannot be read with certainty.

    Spaces may part thousands. A comma or point is the decimal sign where nothing else is possible; with both,
    the last one is. "1.000" and "1,000" may mean one or a thousand: read only with three decimals allowed and
    the sign of the reader's language, otherwise not read at all.
    """
    plain = text.translate(SPACES).translate(MINUS).strip()
    sign = -1 if plain.startswith("-") else 1
    plain = plain.lstrip("+-") if plain[:1] in "+-" and plain[1:2].isdigit() else plain
    marks = [mark for mark in plain if mark in ",."]
    if len(set(marks)) == 2:
        decimal, group = marks[-1], next(mark for mark in marks if mark != marks[-1])
        whole, _mark, rest = plain.rpartition(decimal)
        if not re.fullmatch(rf"[0-9]{{1,3}}(?:\{group}[0-9]{{3}})+", whole):
            return None
        whole = whole.replace(group, "")
    elif len(marks) > 1:
        return None
    else:
        whole, mark, rest = plain.partition(marks[0]) if marks else (plain, "", "")
        unclear = mark and len(rest) == 3 and len(whole) <= 3 and not whole.startswith("0")
        if unclear and not (decimals is not None and decimals >= 3 and mark == reader.decimal_sign):
            return None
        if mark and not rest:
            return None
    if GROUPED.fullmatch(whole):
        whole = whole.replace(" ", "")
    if not re.fullmatch(r"[0-9]{1,60}", whole) or not re.fullmatch(r"[0-9]{0,30}", rest):
        return None
    return sign * Decimal(f"{whole}.{rest or 0}")


def as_json(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def written(number: Any, *, reader: Reader) -> str:
    """A stored number as the reader would type it."""
    text = format(Decimal(str(number)), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace(".", reader.decimal_sign)


class Number(QuestionType):
    key = "number"
    label = gettext_noop("Number with its unit")
    control = "number"
    shape = "number"
    small = True
    setting_names: tuple[str, ...] = ("unit", "min", "max", "decimals")

    def check_settings(self, settings: Settings) -> list[Problem]:
        found = super().check_settings(settings)
        found += check_whole(settings, "decimals", low=0, high=6)
        for name in ("min", "max"):
            if settings.get(name) is not None and not is_number(settings[name]):
                text = gettext_noop("“%(name)s” must be a number.")
                found.append(Problem(code="setting_number", text=text, params={"name": name}, path=name))
        if not isinstance(settings.get("unit", ""), str) or len(settings.get("unit", "")) > 30:
            text = gettext_noop("Write the unit in at most 30 characters.")
            found.append(Problem(code="setting_unit", text=text, path="unit"))
        return found or check_order(settings.get("min"), settings.get("max"))

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if isinstance(value, str):
            number = read_number(value, reader=reader, decimals=settings.get("decimals"))
        elif is_number(value) and abs(value) != float("inf"):
            number = Decimal(str(value))
        else:
            raise wrong_type()
        if number is None:
            raise Refused(self.like(settings, reader))
        typed = value.strip() if isinstance(value, str) else written(value, reader=reader)
        typed = typed if len(typed) <= SHOWN else f"{typed[:SHOWN]}…"
        self.check_range(number, settings=settings, typed=typed)
        decimals = settings.get("decimals")
        exponent = number.normalize().as_tuple().exponent
        if decimals is not None and isinstance(exponent, int) and -exponent > decimals:
            raise Refused(self.decimals(decimals, typed))
        if len(number.normalize().as_tuple().digits) > DIGITS or abs(number) >= Decimal(10) ** DIGITS:
            text = gettext_noop("Numbers can have at most 15 digits (you wrote %(typed)s).")
            raise Refused(Problem(code="digits", text=text, params={"typed": typed}))
        return as_json(number)

    def like(self, settings: Settings, reader: Reader) -> Problem:
        whole = settings.get("decimals") == 0
        example = "1000" if whole else f"1000{reader.decimal_sign}5"
        text = gettext_noop("Write the number like %(example)s, in digits and without a unit.")
        return Problem(code="number", text=text, params={"example": example})

    def decimals(self, decimals: int, typed: str) -> Problem:
        if decimals == 0:
            text = gettext_noop("Write a whole number (you wrote %(typed)s).")
            return Problem(code="whole", text=text, params={"typed": typed})
        text = gettext_noop("Write at most %(limit)s digits after the decimal sign (you wrote %(typed)s).")
        return Problem(code="decimals", text=text, params={"limit": decimals, "typed": typed})

    def check_range(self, number: Decimal, *, settings: Settings, typed: str) -> None:
        low, high = settings.get("min"), settings.get("max")
        below = low is not None and number < Decimal(str(low))
        above = high is not None and number > Decimal(str(high))
        if not below and not above:
            return
        if low is not None and high is not None:
            text = gettext_noop("The number must be between %(low)s and %(high)s (you wrote %(typed)s).")
        elif below:
            text = gettext_noop("The number must be %(low)s or more (you wrote %(typed)s).")
        else:
            text = gettext_noop("The number must be %(high)s or less (you wrote %(typed)s).")
        raise Refused(Problem(code="range", text=text, params={"low": low, "high": high, "typed": typed}))

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        cell = cells[0].strip() or None if isinstance(cells[0], str) else cells[0]
        if cell is not None and not isinstance(cell, str) and not is_number(cell):
            raise Refused(self.like(settings, reader))
        return None if cell is None else self.check(cell, settings=settings, reader=reader)

    def raw(self, value: Any, *, settings: Settings, reader: Reader) -> list[str]:
        return [] if value is None else [written(value, reader=reader)]

    def show(self, value: Any, *, settings: Settings, reader: Reader) -> str:
        if value is None:
            return ""
        return " ".join(filter(None, [written(value, reader=reader), settings.get("unit", "")]))

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        unit = settings.get("unit")
        return [Column(name=name, label=f"{label} ({unit})" if unit else label, kind="number")]


NUMBER = Number()
