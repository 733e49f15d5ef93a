"""Rows from a spreadsheet: read, checked row by row, and saved all together or not at all."""

import pytest

from mapping.models import Capability
from mapping.services.paste import CapabilityReader, save_paste
from mapping.services.paste_lines import split_lines
from mapping.services.paste_tables import MOST_ROWS, PasteRefused, right_and_broken
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db

TEXT = "Food testing\tPłock\thorizontal\tC10\t4\tSafe food"


@pytest.fixture
def place():
    return matrix()


def read(place, text):
    units = [place.region, place.city, place.town]
    return CapabilityReader(region_map=place.region_map, units=units, decisions={}).read(text)


def problems(place, text):
    return {row.number: row.problems for row in read(place, text) if row.problems}


@pytest.mark.parametrize("separator", ["\t", ";", ","])
def test_every_separator_is_understood(place, separator):
    row = read(place, TEXT.replace("\t", separator))[0]
    assert row.problems == []
    assert (row.values["name"], row.values["unit"], row.values["kind"]) == (
        "Food testing",
        place.town,
        "horizontal",
    )
    assert (row.values["strength"], row.values["priority"], row.codes) == (
        4,
        place.priority,
        [place.codes["nace:C10"]],
    )


def test_a_first_row_of_column_names_sets_the_order(place):
    rows = read(place, "Unit;Strength;Name\nPłock;3;Food testing\n")
    assert [(row.number, row.values["name"], row.values["strength"]) for row in rows] == [
        (2, "Food testing", 3)
    ]


def test_quoted_cells_may_hold_the_separator(place):
    row = read(place, '"Food, feed and drink",Płock,sectoral,"C10, C21"')[0]
    assert (row.values["name"], [code.code for code in row.codes]) == ("Food, feed and drink", ["C10", "C21"])


@pytest.mark.parametrize(
    "typed, stored",
    [
        ("", ("unanswered", None)),
        ("3", ("value", 3)),
        ("Critical mass in the region", ("value", 3)),
        ("no information", ("no_information", None)),
        ("Does not apply", ("does_not_apply", None)),
    ],
)
def test_a_missing_strength_is_never_a_zero(place, typed, stored):
    row = read(place, f"Food testing\tPłock\t\t\t{typed}")[0]
    assert row.problems == []
    assert (row.values["strength_answer"], row.values["strength"]) == stored


@pytest.mark.parametrize(
    "typed, answer",
    [("", "unanswered"), ("none", "does_not_apply"), ("unknown", "no_information"), ("safe food", "value")],
)
def test_no_priority_on_purpose_is_not_the_same_as_unknown(place, typed, answer):
    assert read(place, f"Food testing\tPłock\t\t\t\t{typed}")[0].values["priority_answer"] == answer


@pytest.mark.parametrize(
    "line, problem",
    [
        ("\tPłock", "The name is missing."),
        ("A\tRadom", "You cannot add to a unit called “Radom”. Choose one of: Mazovia, Warsaw, Płock."),
        ("A\tPłock\tvertical", "The kind is horizontal or sectoral, not “vertical”."),
        ("A\tPłock\t\tX99 C10", "There is no economic code “X99”."),
        (
            "A\tPłock\t\t\t0",
            "Strength is a number from 1 to 5, “no information” or “does not apply”, not “0”.",
        ),
        (
            "A\tPłock\t\t\t\tSpace",
            "There is no priority called “Space”. Write “none” if there is none on purpose.",
        ),
        ("ELECTRONICS \tWarsaw", "There is already “Electronics” in Warsaw."),
        (
            "A\tPłock\t\t\t\t\tmore",
            "This row has 7 columns; at most 6 are expected. Put a cell that holds “tab” between double "
            "quotes, or take away what is too much.",
        ),
    ],
)
def test_a_row_says_what_is_wrong_with_it(place, line, problem):
    assert problems(place, f"Fine\tPłock\n{line}") == {2: [problem]}


def test_an_unknown_code_comes_with_what_was_probably_meant(place):
    (sentence,) = problems(place, "A\tPłock\t\tC269")[1]
    assert sentence.startswith("There is no economic code “C269”. Did you mean C26")


def test_the_same_row_twice_is_named(place):
    assert problems(place, "A\tPłock\nB\tPłock\na\tPłock") == {3: ["Rows 1 and 3 are the same."]}


def test_a_name_too_long_is_refused(place):
    assert list(problems(place, f"{'A' * 201}\tPłock")) == [1]


def test_too_many_rows_are_refused(place):
    text = "\n".join(f"Row {n}\tPłock" for n in range(MOST_ROWS + 1))
    with pytest.raises(PasteRefused, match=r"These are 501 rows; at most 500 are taken at once\."):
        read(place, text)
    assert len(read(place, text.split("\n", 1)[1])) == MOST_ROWS


def test_a_row_parted_by_another_sign_says_its_columns(place):
    found = problems(place, "Fine;Płock\nTests,Płock\nAdvice\tPłock\nStudies, advice;Płock")
    told = "Its cells are parted by “{}”, those of row 1 by “;”. Put “;” between them."
    assert found == {2: [told.format(",")], 3: [told.format("tab")]}


@pytest.mark.parametrize(
    "text, said",
    [
        # The odd row is the first one, or has a separator of the others inside.
        ("A,Płock,sectoral\nB;Płock;sectoral\nC;Warsaw;sectoral", {1: "“,”, those of row 2 by “;”"}),
        ("A;Płock;sectoral\nB, b;Warsaw;sectoral\nC,Płock; old,sectoral", {3: "“,”, those of row 1 by “;”"}),
        ("Name;Unit\nA;Płock\nB;Płock;horizontal", {3: "3 columns; at most 2 are expected. Put a cell"}),
        ('A;Płock\n"B; b";Płock\n"C\nc";Płock\nD,Płock', {4: "“,”, those of row 1 by “;”"}),
    ],
)
def test_each_odd_row_is_named_with_what_to_do_and_the_others_go_on(place, text, said):
    found = problems(place, text)
    assert list(found) == list(said)
    assert all(said[row] in sentences[0] for row, sentences in found.items())
    assert all(len(sentences) == 1 for sentences in found.values())


def test_a_row_with_too_few_columns_is_taken_and_named(place):
    rows = read(place, "A;Płock;sectoral;C10;4;\nB;Płock\nC;Warsaw;sectoral;C10;3;Safe food")
    assert [(row.problems, row.notes) for row in rows if row.problems or row.notes] == [
        ([], ["It has 2 of 6 columns (see row 1): the last ones count as empty."])
    ]
    assert rows[1].values["strength_answer"] == "unanswered"
    (row,) = [row for row in read(place, "A,Płock\nB, bio and more,Płock\nC,Warsaw") if row.notes]
    assert row.notes == ["It has 3 columns, row 1 has 2. A cell that holds “,” needs double quotes."]
    assert row.is_broken


@pytest.mark.parametrize(
    "typed, cells",
    [
        ('"Food; feed";Płock', ["Food; feed", "Płock"]),
        ('"Food\nand ""feed""";Płock', ['Food and "feed"', "Płock"]),
        # Quotes that hold nothing together are signs like all others.
        ('"Food, feed";Płock', ["Food, feed", "Płock"]),
        ('"Green" valley;Płock', ['"Green" valley', "Płock"]),
        ('5" pipes;Płock', ['5" pipes', "Płock"]),
        ('"never closed;Płock', ['"never closed', "Płock"]),
        ('"";Płock', ["", "Płock"]),
        ("Food;", ["Food", ""]),
    ],
)
def test_quotes_hold_a_cell_together_only_where_they_end_it(typed, cells):
    lines = split_lines(f"Tests;Płock\n{typed}\nAdvice;Warsaw").lines
    assert [(line.number, line.cells) for line in lines] == [
        (1, ["Tests", "Płock"]),
        (2, cells),
        (3, ["Advice", "Warsaw"]),
    ]
    assert lines[1].raw == typed
    assert split_lines(typed).lines[0].cells == cells


def test_the_text_falls_into_rows_to_add_and_rows_to_put_right_as_they_were_pasted(place):
    head, wrong = "Name;Unit;Strength", 'B;Radom;"3\n"\nC,Płock,4'
    reader = CapabilityReader(region_map=place.region_map, units=[place.city, place.town])
    text = f"{head}\nA;Płock;5\n{wrong}\nD;Płock;2"
    assert right_and_broken(text, reader=reader) == (f"{head}\nA;Płock;5\nD;Płock;2", f"{head}\n{wrong}")
    assert right_and_broken(f"{head}\n{wrong}", reader=reader) == ("", f"{head}\n{wrong}")


def test_good_rows_are_saved_with_their_links(place):
    save_paste(kind="capability", region_map=place.region_map, units=[place.town], text=TEXT, by=place.lead)
    stored = Capability.objects.get(name="Food testing")
    assert (stored.name, stored.unit, stored.strength, stored.priority) == (
        "Food testing",
        place.town,
        4,
        place.priority,
    )
    assert [code.key for code in stored.codes.all()] == ["nace:C10"]
    assert stored.history.first().history_user == place.lead


def test_one_bad_row_keeps_all_back(place):
    with pytest.raises(PasteRefused):
        save_paste(
            kind="capability",
            region_map=place.region_map,
            units=[place.town],
            text=f"{TEXT}\nB\tRadom",
            by=place.lead,
        )
    assert Capability.objects.filter(unit=place.town).count() == 0
