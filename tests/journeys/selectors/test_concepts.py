"""The file of concepts: complete, and found in texts of seven languages."""

import json

import pytest

from journeys.selectors.concepts import FILE, load_vocabulary

LANGUAGES = ["de", "en", "es", "it", "pl", "ro", "sv"]


def test_every_concept_has_a_name_in_every_language():
    rows = json.loads(FILE.read_text(encoding="utf-8"))
    assert len(rows["concepts"]) == 167
    assert [row["key"] for row in rows["concepts"] if sorted(row["names"]) != LANGUAGES] == []
    assert [row["key"] for row in rows["concepts"] if not all(row["names"].values())] == []
    # What is not official is said to be ours.
    assert rows["source"]["official"] == {"nace": ["en"]}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We treat wastewater."),
        ("es", "Tratamos aguas residuales."),
        ("de", "Wir reinigen Abwässer."),
        ("pl", "Oczyszczamy ścieki."),
        ("it", "Gestione delle acque reflue."),
        ("ro", "Epurăm ape uzate."),
        ("sv", "Vi renar avloppsvatten."),
    ],
)
def test_one_thing_said_in_seven_languages_is_one_concept(language, text):
    assert "nace:E37" in load_vocabulary().tags(text, language)
