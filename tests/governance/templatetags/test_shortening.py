"""Texts that must fit are cut between words, lists between entries."""

import pytest

from governance.templatetags.shortening import listed, shortened


@pytest.mark.parametrize(
    ("text", "letters", "told"),
    [
        ("Monitoring and evaluation", 25, "Monitoring and evaluation"),
        ("Monitoring and evaluation", 24, "Monitoring and …"),
        ("Monitoring and evaluation", 16, "Monitoring and …"),
        ("Monitoring and evaluation", 15, "Monitoring …"),
        ("Monitoring, and", 12, "Monitoring …"),
        ("Governance", 5, "Gov …"),
        ("", 5, ""),
        (None, 5, ""),
    ],
)
def test_a_text_is_cut_after_a_word(text, letters, told):
    assert shortened(text, letters) == told


@pytest.mark.parametrize(
    ("letters", "told"),
    [
        (40, "Roles, Monitoring and evaluation"),
        (30, "Roles and 1 more"),
        (5, "Roles and 1 more"),
        (3, "R … and 1 more"),
    ],
)
def test_a_list_keeps_whole_entries_and_says_how_many_more(letters, told):
    assert listed(["Roles", "Monitoring and evaluation"], letters) == told


def test_an_empty_list_says_nothing():
    assert listed([], 10) == ""
