"""What a form sends for a part of a questionnaire, and back: flat texts by their name inside the part.

Pure. `flat_of` and `read_part` undo each other. A draft may be incomplete, so reading refuses only what
cannot be kept as it was meant; what is missing is listed before publishing.
"""

import re
from collections.abc import Callable
from typing import Any

from governance.asking.base import KINDS
from governance.asking.condition_parts import flat_condition, read_condition
from governance.asking.dates import read_date
from governance.asking.numbers import written
from governance.asking.option_lists import flat_option, read_options
from governance.asking.parts import Part
from governance.asking.problems import OPTION, Problem, Refused, gettext_noop
from governance.asking.shape_values import Around, Flat, clean, read_a_number, refused


def _read_text(part: Part, sent: Flat, around: Around) -> str:
    text = clean(sent.get("", ""), most=part.most)
    if part.shape == "line":
        text = " ".join(text.split())
    if part.needed and not text:
        raise refused("empty", gettext_noop("Write something here."))
    if part.name == "code" and not re.fullmatch(r"[\w.-]+", text):
        raise refused("code", gettext_noop("A code has 1 to 20 letters, digits, points, - and _."))
    return text


def _read_lines(part: Part, sent: Flat, around: Around) -> list[str]:
    return [clean(line, most=part.most) for line in sent.get("", "").splitlines() if line.strip()][:50]


def _read_steps(part: Part, sent: Flat, around: Around) -> list[str]:
    steps = [clean(sent.get(str(n), ""), most=part.most) for n in range(5)]
    return steps if any(steps) else []


def _read_flag(part: Part, sent: Flat, around: Around) -> bool | None:
    ticked = bool(sent.get(""))
    return (ticked or None) if "." in part.name else ticked


def _read_whole(part: Part, sent: Flat, around: Around) -> int | None:
    text = sent.get("", "").strip()
    if not text and not part.needed:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7) or (part.most and int(text) > part.most):
        raise refused("whole", gettext_noop("Write a whole number in digits, for example 3."))
    return int(text)


def _read_day(part: Part, sent: Flat, around: Around) -> str | None:
    text = sent.get("", "").strip()
    day = read_date(text) if text else None
    if text and day is None:
        sentence = gettext_noop("Write the date like 2026-03-01: year, month and day (you wrote %(typed)s).")
        raise refused("date", sentence, typed=text[:40])
    return day.isoformat() if day else None


def _read_choice(part: Part, sent: Flat, around: Around) -> str:
    value = sent.get("", "")
    known = around.questions if part.shape == "question" else dict(part.choices)
    if value and value not in known:
        raise Refused(Problem(code="option", text=OPTION, tampered=True))
    return value


def _read_kinds(part: Part, sent: Flat, around: Around) -> list[str] | None:
    kinds = [kind for kind in KINDS if sent.get(kind)]
    return None if len(kinds) == len(KINDS) else kinds


def _read_sum(part: Part, sent: Flat, around: Around) -> dict[str, Any] | None:
    of = sent.get("of", "")
    if not of:
        return None
    if of not in ("columns", "rows", "all"):
        raise Refused(Problem(code="option", text=OPTION, tampered=True))
    to = read_a_number(part, {"": sent.get("to", "")}, around)
    if to is None:
        raise refused("sum", gettext_noop("Write the number it must add up to, for example 100."))
    return {"of": of, "to": to}


def flat_of(part: Part, around: Around) -> dict[str, str]:
    """What stands there, as the form shows it."""
    value, reader = around.before, around.reader
    if part.shape == "condition":
        return flat_condition(value or {}, around)
    if part.shape in ("options", "columns"):
        return {
            f"{n}.{name}": text
            for n, row in enumerate(value or [])
            for name, text in flat_option(row, reader).items()
        }
    if part.shape == "kinds":
        return dict.fromkeys(KINDS if value is None else value, "on")
    if part.shape == "steps":
        return {str(n): str(text) for n, text in enumerate(value or [])}
    if part.shape == "sum":
        return {"of": value["of"], "to": written(value["to"], reader=reader)} if value else {}
    if part.shape == "lines":
        return {"": "\n".join(value or [])}
    if part.shape == "flag":
        return {"": "on"} if value else {}
    if part.shape == "number" and value is not None:
        return {"": written(value, reader=reader)}
    return {"": "" if value is None else str(value)}


READERS: dict[str, Callable[[Part, Flat, Around], Any]] = {
    "line": _read_text,
    "area": _read_text,
    "lines": _read_lines,
    "steps": _read_steps,
    "flag": _read_flag,
    "whole": _read_whole,
    "number": read_a_number,
    "date": _read_day,
    "choice": _read_choice,
    "question": _read_choice,
    "kinds": _read_kinds,
    "options": read_options,
    "columns": read_options,
    "sum": _read_sum,
    "condition": read_condition,
}


def read_part(part: Part, sent: Flat, around: Around) -> Any:
    """The value that a form sent for a part. Raises Refused."""
    return READERS[part.shape](part, sent, around)
