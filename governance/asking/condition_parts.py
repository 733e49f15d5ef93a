"""A condition as a form shows it: up to ten comparisons, all or any of which must be met.

Pure. Conditions inside conditions come from files only: they are kept as they are, and can be replaced.
"""

from typing import Any

from governance.asking.conditions import OPERATORS, Condition
from governance.asking.numbers import as_json, read_number, written
from governance.asking.parts import Part
from governance.asking.problems import OPTION, Problem, Refused, gettext_noop
from governance.asking.shape_values import Around, Flat, indexes, refused

MOST = 10
WORDS: dict[str, str] = {
    "answered": gettext_noop("is answered"),
    "=": gettext_noop("is"),
    "!=": gettext_noop("is not"),
    "in": gettext_noop("is one of"),
    ">": gettext_noop("is more than"),
    "<": gettext_noop("is less than"),
}


def rows_of(condition: Condition) -> tuple[str, list[Condition]] | None:
    """ "all" or "any" with its comparisons; None for conditions inside conditions."""
    if not condition:
        return "all", []
    if "question" in condition:
        return "all", [condition]
    join = "any" if "any" in condition else "all"
    parts = list(condition.get(join, []))
    return (join, parts) if all("question" in part for part in parts) else None


def flat_condition(condition: Condition, around: Around) -> dict[str, str]:
    """A condition as its form shows it; values of choices in their words."""
    found = rows_of(condition)
    if found is None:
        return {"nested": "on"}
    flat = {"join": found[0]}
    for n, row in enumerate(found[1]):
        flat |= {f"{n}.question": str(row["question"]), f"{n}.op": str(row["op"])}
        flat[f"{n}.value"] = spoken_value(row, around)
    return flat


def spoken_value(row: Condition, around: Around) -> str:
    asked = around.questions.get(str(row["question"]))
    labels = asked.labels if asked else {}
    given = row.get("value")
    values = given if isinstance(given, list) else [] if given is None else [given]
    return ", ".join(
        labels.get(str(value))
        or (written(value, reader=around.reader) if isinstance(value, int | float) else str(value))
        for value in values
    )


def read_condition(part: Part, sent: Flat, around: Around) -> dict[str, Any]:
    """The condition that was chosen; comparisons without a question are left out. Raises Refused."""
    if sent.get("nested") and not sent.get("replace"):
        return dict(around.before or {})
    rows = [comparison(sent, n, around) for n in indexes(sent) if sent.get(f"{n}.question")]
    if len(rows) > MOST:
        raise refused("condition", gettext_noop("Use at most %(most)s comparisons."), most=MOST)
    if len(rows) == 1:
        return rows[0]
    return {"any" if sent.get("join") == "any" else "all": rows} if rows else {}


def comparison(sent: Flat, n: int, around: Around) -> dict[str, Any]:
    code, operator = sent[f"{n}.question"], sent.get(f"{n}.op", "=")
    asked = around.questions.get(code)
    if asked is None or operator not in OPERATORS:
        raise Refused(Problem(code="option", text=OPTION, tampered=True))
    if operator == "answered":
        return {"question": code, "op": operator}
    typed = sent.get(f"{n}.value", "").strip()[:300]
    if not typed:
        text = gettext_noop("Write what %(code)s is compared with, or choose “is answered”.")
        raise refused("condition_value", text, code=code)
    if operator == "in":
        values = [literal(piece, code, around) for piece in typed.split(",") if piece.strip()]
        return {"question": code, "op": operator, "value": values}
    return {"question": code, "op": operator, "value": literal(typed, code, around)}


def literal(typed: str, code: str, around: Around) -> Any:
    """A typed value as it is stored: the code of a choice by its words, a number as a number."""
    asked, text = around.questions[code], typed.strip()
    if asked.labels:
        found = next(
            (key for key, label in asked.labels.items() if text.lower() in (key.lower(), label.lower())), None
        )
        if found is None:
            words = ", ".join(asked.labels.values())
            sentence = gettext_noop("%(code)s has no choice “%(typed)s”. Write one of: %(words)s.")
            raise refused("condition_value", sentence, code=code, typed=text, words=words[:300])
        return found
    if asked.type in ("number", "scale"):
        number = read_number(text, reader=around.reader, decimals=None)
        if number is None:
            sentence = gettext_noop("%(code)s is a number: write one in digits (you wrote %(typed)s).")
            raise refused("condition_value", sentence, code=code, typed=text)
        return as_json(number)
    return text


def with_code(condition: Any, *, old: str, new: str) -> Any:
    """The condition after a question got another code."""
    if isinstance(condition, list):
        return [with_code(part, old=old, new=new) for part in condition]
    if not isinstance(condition, dict):
        return condition
    found = {
        key: with_code(value, old=old, new=new) if key in ("all", "any") else value
        for key, value in condition.items()
    }
    return {**found, "question": new} if found.get("question") == old else found
