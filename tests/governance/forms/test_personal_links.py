"""One form on the page, many on the server: each statement, area and the comment by itself."""

import pytest

from cohes3ion.lib.versions import VersionMissing
from governance.forms.personal_links import sent_forms


def test_fields_go_to_their_statement():
    data = {"level_1.1": "3", "version_level_1.1": "1", "level_9.9": "5", "was_level_1.1": ""}
    sent = sent_forms(data, codes=["1.1", "3.1"])
    (change,) = sent.answer_changes()["1.1"]
    assert (change.field, change.values, change.version) == ("level", {"kind": "value", "level": 3}, 1)
    assert (list(sent.answers), sent.areas, sent.comment) == (["1.1"], {}, None)


def test_what_was_left_alone_is_no_change():
    data = {
        "level_1.1": "3",
        "was_level_1.1": "3",
        "area_1": "a\r\nb",
        "was_area_1": "a\nb",
        "theme_1": "E1",
        "was_theme_1": "E1",
        "comment": "",
        "was_comment": "",
    }
    sent = sent_forms(data, codes=["1.1"])
    assert sent.answer_changes() == {"1.1": []}
    assert (sent.area_changes(), sent.comment.change()) == ({}, None)


def test_a_theme_alone_is_a_change():
    data = {"area_2": "", "was_area_2": "", "theme_2": "E4", "was_theme_2": "", "version_area_2": "5"}
    (change,) = sent_forms(data, codes=[]).area_changes().values()
    assert (change.values, change.version) == ({"text": "", "dimension": "E4"}, 5)


@pytest.mark.parametrize("version", [None, "", "-1", "x", "1" * 10, "٣"])
def test_a_change_needs_a_version(version):
    data = {"comment": "Text"} | ({} if version is None else {"version_comment": version})
    with pytest.raises(VersionMissing):
        sent_forms(data, codes=[]).comment.change()


def test_problems_lead_to_their_fields():
    data = {
        "level_1.1": "9",
        "explanation_1.1": "\x00",
        "area_3": "x" * 301,
        "theme_3": "E0",
        "comment": "\x01",
    }
    problems = sent_forms(data, codes=["1.1"]).problems
    places = ["#level_1.1-1", "#explanation_1.1", "#area_3", "#theme_3", "#comment"]
    assert [line["href"] for line in problems] == places


def test_texts_are_kept_for_copying():
    data = {"explanation_1.1": "Why", "area_1": "What", "comment": " ", "level_1.1": "2"}
    assert sent_forms(data, codes=["1.1"]).typed == ["Why", "What"]
