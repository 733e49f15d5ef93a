"""Two texts word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cohes3ion.lib.differences import word_difference


@pytest.mark.parametrize("first, second, parts", [
    ("", "", []),
    ("a", "", [("only_first", "a")]),
    ("", "a", [("only_second", "a")]),
    ("one two", "one two", [("same", "one two")]),
    ("two years", "three years", [("only_first", "two "), ("only_second", "three "), ("same", "years")]),
])  # fmt: skip
def test_parts_in_reading_order(first, second, parts):
    assert word_difference(first, second) == parts


@given(st.text(alphabet="ab \n", max_size=40), st.text(alphabet="ab \n", max_size=40))
def test_each_text_can_be_read_back(first, second):
    parts = word_difference(first, second)
    assert "".join(words for kind, words in parts if kind != "only_second") == first
    assert "".join(words for kind, words in parts if kind != "only_first") == second
