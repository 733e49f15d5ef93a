"""Answers in columns: the same items in and out, whatever form they come in."""

import json

import pytest

from governance.scoring.answer_table import KINDS, AnswerTable, item_rows
from tests.governance.scoring.samples import item, items

ITEMS = [
    *items("stakeholder", {"1.1": [1, "n", "?"], "2.1": [5, "-", 3]}, importance=4),
    item("2.2", "team", "t", 2, unit=7, core=False),
]
ROWS = [dict(vars(one)) for one in ITEMS]


def test_items_come_out_as_they_went_in():
    table = AnswerTable.of(ITEMS)
    assert (list(table), len(table), table[0], table[-1]) == (ITEMS, 7, ITEMS[0], ITEMS[-1])
    assert list(table.rows()) == ROWS


def test_rows_and_columns_are_read_alike():
    columns = json.loads(json.dumps(AnswerTable.of(ITEMS).to_plain()))
    assert AnswerTable.from_plain(columns, "items") == AnswerTable.from_plain(ROWS, "items")
    assert list(item_rows(columns)) == list(item_rows(ROWS)) == ROWS


def test_statements_and_people_stand_once():
    plain = AnswerTable.of(ITEMS).to_plain()
    assert plain["statements"] == [["1.1", "E1", True], ["2.1", "E2", True], ["2.2", "E2", False]]
    assert plain["person"] == [0, 1, 2, 0, 1, 2, 3]


def test_no_answers_at_all():
    assert list(AnswerTable.from_plain([], "items")) == list(AnswerTable()) == []


COLUMNS = AnswerTable.of(ITEMS).to_plain()


@pytest.mark.parametrize(
    "value, message",
    [
        ("ab", "items: expected a list"),
        ([1], "AnsweredItem: expected an object, got int"),
        ([{}], "AnsweredItem: code is missing"),
        ([ROWS[0] | {"kind": "maybe"}], f"kind: 'maybe' is not one of {', '.join(KINDS)}"),
        ([ROWS[0] | {"level": "3"}], "level: expected a whole number, got '3'"),
        ({}, "items: expected a list of statements"),
        (COLUMNS | {"kind": [0]}, "items: its columns differ in length"),
        (COLUMNS | {"person": [9] * 7}, "items: person points nowhere"),
        (COLUMNS | {"kind": [-1] * 7}, "items: kind points nowhere"),
        (COLUMNS | {"level": ["3"] * 7}, "items: level holds no whole numbers"),
        (COLUMNS | {"statements": [["1.1"]]}, "items: statements are code, dimension and true or false"),
        (COLUMNS | {"people": [["team", 1]]}, "items: people are group and respondent"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(value, message):
    with pytest.raises(ValueError) as error:
        AnswerTable.from_plain(value, "items")
    assert str(error.value) == message
