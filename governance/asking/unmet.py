"""Conditions that nobody can meet: right in themselves, and wrong to freeze. Pure."""

from typing import Any

from governance.asking.conditions import check_condition, parts_of
from governance.asking.definitions import Definition, at, check_definition, check_question, check_shape, walk
from governance.asking.problems import Problem, gettext_noop


def unpublishable(definition: Any) -> list[Problem]:
    """As check_definition, and what is right in itself but would freeze a question that is never asked."""
    found = check_definition(definition)
    return found if check_shape(definition) else [*found, *never_met(definition)]


def never_met(definition: Definition) -> list[Problem]:
    """Comparisons with choices that the question does not have (any more); of well-formed parts only."""
    rows = list(walk(definition))
    codes = {str(question.get("code")) for _path, question, _group in rows}
    choices = {
        str(question.get("code")): {str(one["code"]) for one in question["settings"]["choices"]}
        for _path, question, group in rows
        if question.get("type") in ("single_choice", "multiple_choice")
        and not check_question(question, group=group)
    }
    text = gettext_noop("The condition compares with “%(value)s”, which is no choice of question %(other)s.")
    found = []
    for path, question, _group in rows:
        condition = question.get("condition") or {}
        for part in [] if check_condition(condition, codes=codes) else parts_of(condition):
            if part["question"] not in choices or part["op"] not in ("=", "in"):
                continue
            wanted: Any = part["value"] if part["op"] == "in" else [part["value"]]
            for value in wanted:
                if str(value) not in choices[part["question"]]:
                    params = {"value": str(value)[:40], "other": part["question"]}
                    problem = Problem(code="condition_choice", text=text, params=params)
                    found += at(f"{path}.condition", [problem])
    return found
