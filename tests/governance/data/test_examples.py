"""Invented explanations for demonstration answers."""

import re

from tests.governance.data.packages import CORE, UNIT, normalised, package, sentences, statements

EXAMPLES = package("examples")
BY_CODE = {entry["code"]: entry for entry in EXAMPLES["statements"]}
GROUPS = list(BY_CODE.values()) + [
    entry["stakeholder"] for entry in BY_CODE.values() if "stakeholder" in entry
]
STEPS = {"low": {1, 2}, "middle": {3}, "high": {4, 5}}


def all_texts() -> list[str]:
    return [example["text"] for group in GROUPS for level in STEPS for example in group[level]]


def test_examples_say_that_they_are_invented() -> None:
    assert EXAMPLES["provenance"] == "invented"
    assert "Invented" in EXAMPLES["note"]


def test_every_statement_has_three_or_four_examples_per_level() -> None:
    assert list(BY_CODE) == [statement["code"] for statement in statements(package("stm"))]
    for entry in BY_CODE.values():
        assert all(len(entry[level]) in (3, 4) for level in STEPS)


def test_stakeholders_have_examples_for_the_core_statements() -> None:
    assert [code for code, entry in BY_CODE.items() if "stakeholder" in entry] == CORE


def test_examples_fit_their_level_and_cover_every_step() -> None:
    for group in GROUPS:
        for level, allowed in STEPS.items():
            steps = [step for example in group[level] for step in example["steps"]]
            assert set(steps) == allowed
    for entry in BY_CODE.values():
        steps = [step for level in STEPS for example in entry[level] for step in example["steps"]]
        assert min(steps.count(step) for step in range(1, 6)) >= 2


def test_examples_are_distinct_and_of_one_or_two_sentences() -> None:
    found = all_texts()
    assert len({normalised(text) for text in found}) == len(found)
    assert [text for text in found if not 1 <= len(sentences(text)) <= 2] == []
    assert [text for text in found if not 30 <= len(text) <= 200] == []


def test_examples_name_nobody() -> None:
    # A capital inside a sentence would be a name; S3, I, Two and the like only open one.
    inside = re.compile(r"(?<![.?!] )(?<!^)\b[A-Z]\w+")
    allowed = {"S3", "European", "January"}
    assert [t for t in all_texts() if set(inside.findall(t)) - allowed] == []


def test_region_examples_do_not_speak_of_this_unit() -> None:
    wrong = [
        example["text"]
        for code, entry in BY_CODE.items()
        if code not in UNIT
        for level in STEPS
        for example in entry[level]
        if "this unit" in example["text"].casefold()
    ]
    assert wrong == []
