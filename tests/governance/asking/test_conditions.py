"""Conditions: what they compare, what silence means, and that none goes in a circle (promise B020)."""

import pytest

from governance.asking.conditions import asked_codes, check_condition, circle_problem, find_circle, holds


def rule(code, op="=", value="yes"):
    return {"question": code, "op": op, **({} if op == "answered" else {"value": value})}


@pytest.mark.parametrize(
    ("op", "wanted", "given", "met"),
    [
        ("=", "yes", "yes", True),
        ("=", "yes", "no", False),
        ("=", "a", ["a", "b"], True),
        ("!=", "a", ["a", "b"], False),
        ("!=", "yes", "no", True),
        ("!=", "yes", None, False),
        ("in", ["a", "c"], ["c"], True),
        ("in", [1, 2], 2, True),
        (">", 3, 4, True),
        (">", "3", 4.5, True),
        ("<", 3, 4, False),
        (">", "2026-01-01", "2026-02-01", True),
        (">", 3, "text", False),
        ("answered", None, 0, True),
        ("answered", None, None, False),
    ],
)
def test_comparisons(op, wanted, given, met):
    assert holds(rule("1", op, wanted), lambda code: given) is met


def test_all_any_and_nothing():
    values = {"1": "yes", "2": "no"}
    assert holds({}, values.get)
    assert holds({"any": [rule("1"), rule("2")]}, values.get)
    assert not holds({"all": [rule("1"), rule("2")]}, values.get)
    assert holds({"all": [rule("1"), {"any": [rule("2"), rule("2", "=", "no")]}]}, values.get)


def test_an_answer_to_a_question_that_is_not_asked_counts_for_nothing():
    rules = {"1": {}, "2": rule("1"), "3": rule("2")}
    assert asked_codes(rules, {"1": "yes", "2": "yes"}.get) == {"1", "2", "3"}
    assert asked_codes(rules, {"1": "no", "2": "yes"}.get) == {"1"}


def test_a_circle_is_named_with_its_way():
    rules = {"3.1": rule("3.2"), "3.2": rule("3.1"), "4": rule("3.1")}
    circle = find_circle(rules)
    assert circle_problem(circle).params["way"] == "3.1 → 3.2 → 3.1"
    assert find_circle({"1": {}, "2": rule("1"), "3": {"all": [rule("1"), rule("2")]}}) == []
    assert find_circle({"1": rule("1")}) == ["1", "1"]


def test_a_long_chain_is_walked_without_recursion():
    rules = {str(n): rule(str(n - 1)) if n else {} for n in range(3000)}
    assert find_circle(rules) == []


@pytest.mark.parametrize(
    "condition",
    [
        [],
        {"question": "1"},
        {"question": "1", "op": "~", "value": 1},
        {"question": "9", "op": "=", "value": 1},
        {"question": "1", "op": "=", "value": ""},
        {"question": "1", "op": "in", "value": []},
        {"all": []},
        {"all": [{}]},
        {"all": [rule("1")], "any": [rule("1")]},
        {"all": [{"all": [{"all": [{"all": [{"all": [{"all": [rule("1")]}]}]}]}]}]},
    ],
)
def test_a_condition_that_means_nothing_is_refused(condition):
    found = check_condition(condition, codes={"1"})
    assert len(found) == 1
