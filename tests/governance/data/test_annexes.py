"""The two optional annexes: criteria check and wheel."""

import re

from tests.governance.data.packages import normalised, package, sentences, statements, texts

CRITERIA = package("enabling-condition")
WHEEL = package("ris3-wheel")


def test_criteria_are_seven_with_four_answers() -> None:
    assert [s["code"] for s in statements(CRITERIA)] == [f"C{n}" for n in range(1, 8)]
    keys = [option["key"] for option in CRITERIA["scale"]["options"]]
    assert keys == ["met", "partly", "not", "no_information"]


def test_each_criterion_says_what_met_partly_and_not_met_mean() -> None:
    for criterion in statements(CRITERIA):
        assert list(criterion["rubric"]) == ["met", "partly", "not"]
    found = [normalised(text) for s in statements(CRITERIA) for text in s["rubric"].values()]
    assert len(set(found)) == 21
    assert [text for text in found if not 6 <= len(text.split()) <= 25] == []


def test_only_industrial_transition_may_not_apply() -> None:
    assert [s["code"] for s in statements(CRITERIA) if s["may_not_apply"]] == ["C6"]


def test_wheel_has_six_steps_of_three_factors() -> None:
    assert [len(section["statements"]) for section in WHEEL["sections"]] == [3] * 6
    codes = [s["code"] for s in statements(WHEEL)]
    assert codes == [f"W{step}.{factor}" for step in range(1, 7) for factor in range(1, 4)]


def test_wheel_keeps_its_own_scale_and_zero_is_no_information() -> None:
    options = [(option["value"], option["name"]) for option in WHEEL["scale"]["options"]]
    assert options == [
        (0, "No information"),
        (1, "Poor"),
        (2, "To be improved"),
        (3, "Fair"),
        (4, "Strong"),
        (5, "Excellent"),
    ]
    assert WHEEL["scale"]["options"][WHEEL["scale"]["no_information_value"]]["key"] == "no_information"


def test_wheel_says_that_its_factor_names_have_no_source() -> None:
    assert WHEEL["factor_names_sourced"] is False
    assert "no source" in WHEEL["source_note"]


def test_annexes_ask_the_team_with_help_and_evidence() -> None:
    for item in statements(CRITERIA) + statements(WHEEL):
        assert item["asked_of"] == ["team"]
        assert re.fullmatch(r"How [^?]+\?", item["question"])
        assert 2 <= len(sentences(item["help"])) <= 3
        assert 2 <= len(item["evidence_examples"]) <= 4
        assert len(item["short"]) <= 40


def test_every_package_names_its_key_kind_and_language() -> None:
    kinds = {name: package(name)["kind"] for name in ("stm", "enabling-condition", "ris3-wheel", "examples")}
    assert kinds == {
        "stm": "stm",
        "enabling-condition": "criteria",
        "ris3-wheel": "wheel",
        "examples": "examples",
    }
    assert {package(name)["language"] for name in kinds} == {"en"}


def test_no_text_is_empty_or_has_loose_spaces() -> None:
    for name in ("stm", "enabling-condition", "ris3-wheel", "examples"):
        loose = [text for text in texts(package(name)) if not text or text != " ".join(text.split())]
        assert loose == []
