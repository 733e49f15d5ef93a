"""Translations of the STM questionnaire: complete, of the right shape, marked as made by a machine."""

import pytest

from tests.governance.data.packages import CORE, normalised, package, statements

STM = package("stm")
STATEMENTS = statements(STM)
LANGUAGES = ["el", "es", "pl"]
LETTERS = {"el": "αβγδεζηθικλμνξοπρστυφχψω", "es": "ñáéíóú", "pl": "ąćęłńóśźż"}


def test_every_translation_says_that_a_machine_made_it() -> None:
    for part in [STM, *STM["sections"], *STATEMENTS]:
        assert {key: entry["machine"] for key, entry in part["translations"].items()} == dict.fromkeys(
            LANGUAGES, True
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_statements_and_plain_words_are_all_translated(language: str) -> None:
    assert all(section["translations"][language]["title"] for section in STM["sections"])
    assert all(statement["translations"][language]["text"] for statement in STATEMENTS)
    plain = [s["code"] for s in STATEMENTS if "plain" in s["translations"][language]]
    assert plain == CORE


@pytest.mark.parametrize("language", LANGUAGES)
def test_translation_is_in_its_own_language_and_has_no_two_texts_alike(language: str) -> None:
    entries = [statement["translations"][language] for statement in STATEMENTS]
    found = [entry[key] for entry in entries for key in ("text", "plain") if key in entry]
    assert len({normalised(text) for text in found}) == 36
    assert set(LETTERS[language]) & set("".join(found).casefold())
    originals = {normalised(statement["text"]) for statement in STATEMENTS}
    assert originals & {normalised(text) for text in found} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_the_strategy_stays(language: str) -> None:
    named = [s["code"] for s in STATEMENTS if "S3" in s["text"]]
    kept = [s["code"] for s in STATEMENTS if "S3" in s["translations"][language]["text"]]
    assert kept == named


@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_scale_names_are_complete_and_distinct(language: str) -> None:
    scale = STM["translations"][language]["scale"]
    counts = {name: len(set(names)) for name, names in scale.items()}
    assert counts == {"level": 5, "importance": 5, "confidence": 3}
