"""What stands in the cells of a table is read back as the value it was written from."""

import datetime as dt

import pytest

from governance.asking.base import Reader
from governance.asking.problems import Refused
from governance.asking.registry import TYPES

CHOICES = {"choices": [{"code": code, "label": code.upper()} for code in ("a", "b", "c")]}
KNOWN = Reader(known=lambda codes: {code: code for code in codes if ":" in code or code in ("one", "two")})
VALUES = [
    ("scale", {}, 4),
    ("single_choice", CHOICES, "b"),
    ("multiple_choice", CHOICES, ["a", "c"]),
    ("number", {}, -12.5),
    ("number", {"decimals": 0}, 1000),
    ("date", {}, "2026-03-01"),
    ("short_text", {}, "=1+1 'quoted'"),
    ("long_text", {}, "One\nand two"),
    ("region", {"many": True}, ["one", "two"]),
    ("unit", {}, ["one"]),
    ("codes", {"list": "nace", "many": True}, ["nace:C10", "nace:C21"]),
]


@pytest.mark.parametrize(("type", "settings", "value"), VALUES)
def test_cells_and_back(type, settings, value):
    kind = TYPES[type]
    cells = [value] if type == "scale" else kind.cells(value, settings=settings)
    assert kind.take(cells, settings=settings, reader=KNOWN) == value
    as_text = [None if cell is None else str(cell) for cell in cells]
    assert kind.take(as_text, settings=settings, reader=KNOWN) == value
    assert kind.take([None] * len(cells), settings=settings, reader=KNOWN) is None


@pytest.mark.parametrize(
    ("type", "settings", "cells", "value"),
    [
        ("single_choice", CHOICES, ["B"], "b"),
        ("multiple_choice", CHOICES, ["x", 0, None], ["a"]),
        ("multiple_choice", CHOICES, [True, False, "yes"], ["a", "c"]),
        ("number", {}, ["12,5"], 12.5),
        ("date", {}, [dt.date(2026, 3, 1)], "2026-03-01"),
        ("date", {}, ["1.3.2026"], "2026-03-01"),
        ("short_text", {}, [2026], "2026"),
        ("short_text", {}, [0.1], "0.1"),
        ("unit", {"many": True}, ["one; two"], ["one", "two"]),
        ("codes", {"list": "nace", "many": True}, ["C10, C21"], ["nace:C10", "nace:C21"]),
    ],
)
def test_other_ways_to_write_it(type, settings, cells, value):
    assert TYPES[type].take(cells, settings=settings, reader=KNOWN) == value


@pytest.mark.parametrize(
    ("type", "settings", "cells", "code"),
    [
        ("scale", {}, [2.5], "level"),
        ("single_choice", CHOICES, ["d"], "option_code"),
        ("multiple_choice", CHOICES, [0.5, None, None], "mark"),
        ("number", {}, [True], "number"),
        ("number", {}, [dt.date(2026, 3, 1)], "number"),
        ("date", {}, [45_000], "date"),
        ("date", {}, [dt.date(1900, 2, 28)], "old_date"),
        ("short_text", {}, [dt.date(2026, 4, 3)], "cell_kind"),
        ("long_text", {}, [True], "cell_kind"),
        ("region", {}, ["three"], "code"),
    ],
)
def test_what_a_spreadsheet_made_of_it_is_refused(type, settings, cells, code):
    with pytest.raises(Refused) as refused:
        TYPES[type].take(cells, settings=settings, reader=KNOWN)
    assert refused.value.problem.code == code
