"""Translations of the STM questionnaire: complete, of the right shape, marked as made by a machine."""

import pytest

from tests.governance.data.packages import CORE, normalised, package, statements

STM = package("stm")
TRANSLATIONS = STM["translations"]
LETTERS = {"el": "αβγδεζηθικλμνξοπρστυφχψω", "es": "ñáéíóú", "pl": "ąćęłńóśźż"}


def test_translations_are_greek_spanish_and_polish_and_say_who_made_them() -> None:
    assert {language: entry["machine"] for language, entry in TRANSLATIONS.items()} == {
        "el": True,
        "es": True,
        "pl": True,
    }


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translation_has_every_section_statement_and_scale_name(language: str) -> None:
    entry = TRANSLATIONS[language]
    assert list(entry["sections"]) == [section["code"] for section in STM["sections"]]
    assert list(entry["statements"]) == [statement["code"] for statement in statements(STM)]
    assert [code for code, texts in entry["statements"].items() if "plain" in texts] == CORE
    assert {name: len(names) for name, names in entry["scale"].items()} == {
        "level": 5,
        "importance": 5,
        "confidence": 3,
    }


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translation_is_in_its_own_language_and_has_no_two_texts_alike(language: str) -> None:
    entry = TRANSLATIONS[language]
    found = [texts["text"] for texts in entry["statements"].values()]
    found += [texts["plain"] for texts in entry["statements"].values() if "plain" in texts]
    assert len({normalised(text) for text in found}) == 36
    assert set(LETTERS[language]) & set("".join(found).casefold())
    originals = {normalised(statement["text"]) for statement in statements(STM)}
    assert originals & {normalised(text) for text in found} == set()


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_the_name_of_the_strategy_stays(language: str) -> None:
    named = [statement["code"] for statement in statements(STM) if "S3" in statement["text"]]
    kept = [code for code, texts in TRANSLATIONS[language]["statements"].items() if "S3" in texts["text"]]
    assert kept == named


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_translated_scale_names_are_distinct(language: str) -> None:
    for names in TRANSLATIONS[language]["scale"].values():
        assert len(set(names)) == len(names)
