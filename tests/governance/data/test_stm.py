"""The STM questionnaire: counts, scopes, wording."""

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations, pairwise

import pytest

from governance.enums import Confidence, Dimension, Importance, Level
from tests.governance.data.packages import CORE, UNIT, normalised, package, sentences, statements

STM = package("stm")
STATEMENTS = statements(STM)
LADDERS = {statement["code"]: statement["rubric"] for statement in STATEMENTS}
STEPS = [text for ladder in LADDERS.values() for text in ladder]
# Words that would make a ladder of degrees instead of states that can be checked.
DEGREES = re.compile(
    r"\b(rarely|seldom|sometimes|occasionally|often|frequently|usually|always|regularly|generally|mostly"
    r"|largely|partly|partially|fully|somewhat|rather|quite|very|well|good|adequate\w*|sufficient\w*"
    r"|appropriate\w*|effective\w*|strong\w*|weak\w*)\b",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(S3|RIS3|helix|helices|unit|units|level|levels|territorial|instruments?|entrepreneurial"
    r"|complementarit\w+|monitoring|evaluation|stakeholders?|implementation)\b",
    re.IGNORECASE,
)


def test_sections_are_the_eight_dimensions_in_order() -> None:
    found = [(section["code"], section["title"]) for section in STM["sections"]]
    assert found == [(dimension.value, str(dimension.label)) for dimension in Dimension]


def test_there_are_26_statements_numbered_by_section() -> None:
    counts = [len(section["statements"]) for section in STM["sections"]]
    assert counts == [4, 3, 4, 3, 3, 3, 3, 3]
    numbers = [f"{theme}.{place}" for theme, n in enumerate(counts, 1) for place in range(1, n + 1)]
    assert list(LADDERS) == numbers


def test_core_and_unit_statements_are_those_of_the_method() -> None:
    assert [s["code"] for s in STATEMENTS if s["core"]] == CORE
    assert [s["code"] for s in STATEMENTS if s["scope"] == "unit"] == UNIT
    assert Counter(s["scope"] for s in STATEMENTS) == {"region": 18, "unit": 8}


def test_stakeholders_are_asked_the_core_statements_only() -> None:
    asked = [s["code"] for s in STATEMENTS if "stakeholder" in s["asked_of"]]
    assert asked == CORE
    assert all(s["asked_of"][:2] == ["team", "unit"] for s in STATEMENTS)


def test_scales_carry_the_names_of_the_method() -> None:
    scale = STM["scale"]
    assert scale["level"] == [str(label) for label in Level.labels]
    assert scale["importance"] == [str(label) for label in Importance.labels]
    assert scale["confidence"] == [str(label) for label in Confidence.labels]


def test_there_are_130_distinct_steps() -> None:
    assert len(STEPS) == 130
    assert [len(ladder) for ladder in LADDERS.values()] == [5] * 26
    assert len({normalised(text) for text in STEPS}) == 130


def test_no_step_repeats_a_name_of_the_scale() -> None:
    names = [normalised(name) for name in STM["scale"]["level"]]
    repeats = [t for t in STEPS for name in names if name in normalised(t)]
    assert repeats == []


def test_each_step_is_one_sentence_of_8_to_25_words() -> None:
    assert [t for t in STEPS if not 8 <= len(t.split()) <= 25] == []
    assert [t for t in STEPS if sentences(t) != [t] or not t[0].isupper()] == []


def test_no_step_is_a_degree() -> None:
    assert [t for t in STEPS if DEGREES.search(t)] == []


@pytest.mark.parametrize("code", LADDERS)
def test_no_step_is_contained_in_another_of_its_ladder(code: str) -> None:
    plain = [normalised(text) for text in LADDERS[code]]
    assert [(a, b) for a, b in combinations(plain, 2) if a in b or b in a] == []


@pytest.mark.parametrize("code", LADDERS)
def test_neighbouring_steps_say_different_things(code: str) -> None:
    close = [
        (low, high)
        for low, high in pairwise(LADDERS[code])
        if SequenceMatcher(None, low, high).ratio() > 0.85
    ]
    assert close == []


@pytest.mark.parametrize("code", LADDERS)
def test_middle_steps_say_what_is_still_missing(code: str) -> None:
    limits = re.compile(r"\b(but|only|absent)\b", re.IGNORECASE)
    assert [text for text in LADDERS[code][1:4] if not limits.search(text)] == []
    assert " but " not in LADDERS[code][4]


def test_unit_ladders_speak_of_this_unit_and_region_ladders_do_not() -> None:
    naming = {
        code: sum("this unit" in text.casefold() for text in ladder) for code, ladder in LADDERS.items()
    }
    assert naming == {code: 5 if code in UNIT else 0 for code in LADDERS}


def test_statements_are_worded_for_both_scopes() -> None:
    for statement in STATEMENTS:
        own, other = statement["text"], statement["text_other_scope"]
        assert own != other
        assert sentences(own) == [own]
        assert sentences(other) == [other]
    unit_texts = [s["text"] if s["scope"] == "unit" else s["text_other_scope"] for s in STATEMENTS]
    region_texts = [s["text_other_scope"] if s["scope"] == "unit" else s["text"] for s in STATEMENTS]
    assert [text for text in unit_texts if "this unit" not in text.casefold()] == []
    assert [text for text in region_texts if "this unit" in text.casefold()] == []


def test_short_names_fit_a_chart() -> None:
    short = [s["short"] for s in STATEMENTS]
    assert len(set(short)) == 26
    assert [name for name in short if not 10 <= len(name) <= 40] == []


def test_every_question_asks_how() -> None:
    assert [s["code"] for s in STATEMENTS if not re.fullmatch(r"How [^?]+\?", s["question"])] == []


def test_every_statement_has_help_evidence_and_grounding() -> None:
    assert [s["code"] for s in STATEMENTS if not 2 <= len(sentences(s["help"])) <= 3] == []
    assert [s["code"] for s in STATEMENTS if "evidence" not in s["help"]] == []
    assert [s["code"] for s in STATEMENTS if not 2 <= len(s["evidence_examples"]) <= 4] == []
    assert [s["code"] for s in STATEMENTS if len(s["grounding"]) < 40] == []


def test_every_source_named_is_listed() -> None:
    listed = {source["key"] for source in STM["sources"]}
    named = {key for statement in STATEMENTS for key in statement["sources"]}
    assert named <= listed
    assert all(url.startswith("http") for source in STM["sources"] for url in source["urls"])


def test_core_statements_have_plain_words_and_others_none() -> None:
    plain = {s["code"]: s["plain"] for s in STATEMENTS if "plain" in s}
    assert list(plain) == CORE
    assert [text for text in plain.values() if JARGON.search(text)] == []
    assert [text for text in plain.values() if not 5 <= len(text.split()) <= 22] == []


def test_long_reading_is_announced() -> None:
    assert [section["minutes"] for section in STM["sections"]] == [12, 9, 12, 9, 9, 9, 9, 9]
    assert STM["stakeholder_minutes"] == 10


def test_the_note_says_whose_numbers_these_are() -> None:
    assert "proposal" in STM["source_note"]
    assert "this product's own" in STM["source_note"]
