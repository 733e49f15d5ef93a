"""When a question is asked: conditions on other answers, combined with "all" and "any", never in a circle.

A condition is {} (always), {"question": "3.1", "op": "=", "value": "yes"}, {"all": [...]} or {"any": [...]}.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from governance.asking.checks import is_number
from governance.asking.problems import Problem, gettext_noop

Condition = Mapping[str, Any]
OPERATORS = ("=", "!=", "in", ">", "<", "answered")
DEPTH = 4
MOST_PARTS = 40


def parts_of(condition: Condition) -> Iterator[Condition]:
    """The single comparisons of a condition, in order."""
    if "question" in condition:
        yield condition
    for name in ("all", "any"):
        for part in condition.get(name, []):
            yield from parts_of(part)


def holds(condition: Condition, value_of: Callable[[str], Any]) -> bool:
    """Whether the condition is met. `value_of(code)`: the value of an answer, None when there is none.

    A comparison with a question that has no value (not answered, not known, not asked) is never met, so that
    nothing is concluded from silence. A list of choices equals what it contains.
    """
    if "all" in condition:
        return all(holds(part, value_of) for part in condition["all"])
    if "any" in condition:
        return any(holds(part, value_of) for part in condition["any"])
    if "question" not in condition:
        return True
    value = value_of(condition["question"])
    if condition["op"] == "answered":
        return value is not None
    return value is not None and compare(value, condition["op"], condition.get("value"))


def compare(value: Any, operator: str, wanted: Any) -> bool:
    given = value if isinstance(value, list) else [value]
    if operator == "in":
        return any(same(one, other) for one in given for other in wanted)
    if operator == "=":
        return any(same(one, wanted) for one in given)
    if operator == "!=":
        return not any(same(one, wanted) for one in given)
    if is_number(value) and is_number(as_number(wanted)):
        return bool(value > as_number(wanted)) if operator == ">" else bool(value < as_number(wanted))
    if isinstance(value, str) and isinstance(wanted, str):  # dates, as stored, compare as texts
        return value > wanted if operator == ">" else value < wanted
    return False


def same(value: Any, wanted: Any) -> bool:
    if is_number(value):
        return bool(value == as_number(wanted))
    return bool(value == wanted)


def as_number(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            return None
    return value


def asked_codes(conditions: Mapping[str, Condition], value_of: Callable[[str], Any]) -> set[str]:
    """The questions that are asked, of those in `conditions`. A question not asked counts as not answered.

    Conditions must be free of circles (find_circle).
    """
    known: dict[str, bool] = {}

    def is_asked(code: str) -> bool:
        if code not in known:
            known[code] = False
            known[code] = holds(conditions.get(code) or {}, visible_value)
        return known[code]

    def visible_value(code: str) -> Any:
        return value_of(code) if is_asked(code) else None

    return {code for code in conditions if is_asked(code)}


def find_circle(conditions: Mapping[str, Condition]) -> list[str]:
    """The first circle as a way back to its start (["3.1", "3.2", "3.1"]), or nothing."""
    needs = {code: [part["question"] for part in parts_of(rule)] for code, rule in conditions.items()}
    done: set[str] = set()
    for start in needs:
        way: list[str] = []
        todo: list[tuple[str, bool]] = [(start, False)]
        while todo:
            code, leaving = todo.pop()
            if leaving:
                way.pop()
                done.add(code)
            elif code in way:
                return [*way[way.index(code) :], code]
            elif code not in done:
                way.append(code)
                todo.append((code, True))
                todo += [(other, False) for other in needs.get(code, [])]
    return []


def circle_problem(circle: list[str]) -> Problem:
    text = gettext_noop("These conditions go in a circle: %(way)s")
    return Problem(code="circle", text=text, params={"way": " → ".join(circle)})


def check_condition(condition: Any, *, codes: set[str], depth: int = 0) -> list[Problem]:
    """What is wrong with one condition; `codes`: the questions it may name."""
    if condition in ({}, None):
        return []
    shape = gettext_noop(
        "A condition names a question, a comparison (=, !=, in, >, <, answered) and a value."
    )
    wrong = [Problem(code="condition", text=shape)]
    if not isinstance(condition, dict) or depth > DEPTH:
        return wrong
    for name in ("all", "any"):
        if name in condition:
            parts = condition[name]
            if set(condition) != {name} or not isinstance(parts, list) or not 1 <= len(parts) <= MOST_PARTS:
                return wrong
            return [
                p
                for part in parts
                for p in (check_condition(part, codes=codes, depth=depth + 1) if part else wrong)
            ]
    if not set(condition) <= {"question", "op", "value"} or condition.get("op") not in OPERATORS:
        return wrong
    code, operator, value = condition.get("question"), condition["op"], condition.get("value")
    if not isinstance(code, str) or code not in codes:
        text = gettext_noop("The condition names question %(code)s, which is not in this questionnaire.")
        return [Problem(code="condition_question", text=text, params={"code": str(code)[:40]})]
    if operator == "answered":
        return []
    if operator == "in":
        return (
            []
            if isinstance(value, list) and value and all(isinstance(v, str | int | float) for v in value)
            else wrong
        )
    return [] if isinstance(value, str | int | float) and value != "" else wrong
