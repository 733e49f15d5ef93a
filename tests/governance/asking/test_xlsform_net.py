"""What still breaks a rule of ours goes by itself, with its row; what is about no question stays."""

import pytest

from governance.asking.definitions import check_definition
from governance.asking.xlsform_net import drop_what_is_wrong

ROWS = {"a": 2, "b": 3, "c": 4, "d": 5, "g": 6}


def asked(code, **more):
    return {"code": code, "type": "short_text", "short": code, **more}


def definition(*questions, **more):
    return {"title": "T", "sections": [{"code": "S1", "title": "S", "questions": list(questions)}], **more}


def codes(found):
    return [
        [row["code"], *(inner["code"] for inner in row.get("questions", []))]
        for section in found["sections"]
        for row in section["questions"]
    ]


def when(code):
    return {"question": code, "op": "answered"}


def group(*questions, **more):
    return {"code": "g", "type": "group", "short": "G", "questions": list(questions), **more}


@pytest.mark.parametrize(
    "questions, kept, said",
    [
        ([asked("a"), asked("b")], [["a"], ["b"]], []),
        ([asked("a"), asked("b"), asked("a", short="again")], [["a"], ["b"]], [("a", 2, "twice")]),
        ([asked("a"), group(asked("a"), asked("c"))], [["a"], ["g", "c"]], [("a", 2, "twice")]),
        ([asked("a"), group(asked("a"))], [["a"]], [("a", 2, "twice")]),
        ([asked("a", condition=when("none")), asked("b")], [["a"], ["b"]], [("a", 2, "condition")]),
        (
            [group(asked("c", condition=when("none")), asked("d"))],
            [["g", "c", "d"]],
            [("c", 4, "condition")],
        ),
        ([group(asked("c", condition=when("none")))], [["g", "c"]], [("c", 4, "condition")]),
        ([group(asked("c", type="file")), asked("b")], [["b"]], [("c", 4, "group")]),
        ([group(asked("c", type="note")), asked("b")], [["b"]], [("g", 6, "notes")]),
        ([group(asked("c", type="note"), asked("d"))], [["g", "c", "d"]], []),
        (
            [group(asked("c", type="note"), asked("d", type="none")), asked("b", condition=when("g"))],
            [["b"]],
            [("d", 5, "type"), ("g", 6, "notes"), ("b", 3, "condition")],
        ),
        (
            [asked("a", condition=when("b")), asked("b", condition=when("a"))],
            [["a"], ["b"]],
            [("a", 2, "circle")],
        ),
        ([asked("a", type="none")], [], [("a", 2, "type")]),
        (
            [
                asked("a", type="single_choice", settings={"choices": [{"code": "x", "label": "X"}]}),
                asked("b", condition={"question": "a", "op": "=", "value": "y"}),
            ],
            [["a"], ["b"]],
            [("b", 3, "which is no choice")],
        ),
    ],
)
def test_only_what_is_wrong_goes_and_is_listed_with_its_row(questions, kept, said):
    made = definition(*questions)
    found = drop_what_is_wrong(made, rows=ROWS)
    assert codes(made) == kept
    assert [(row.name, row.row) for row in found] == [(name, row) for name, row, _word in said]
    conditions = ["always asked" in row.text % {"name": row.name, **row.params} for row in found]
    assert conditions == [word in ("condition", "circle", "which is no choice") for _n, _row, word in said]
    assert [row.kind for row in found] == ["changed" if only else "left_out" for only in conditions]
    assert all(word in row.text for row, (_name, _row, word) in zip(found, said, strict=True))
    assert kept == [] or check_definition(made) == []


def test_what_is_about_no_question_takes_none_with_it():
    """Once this left out the whole form, and a sentence a thousand times."""
    made = definition(asked("a"), language="x" * 40)
    assert drop_what_is_wrong(made, rows=ROWS) == []
    assert codes(made) == [["a"]]
    assert [problem.code for problem in check_definition(made)] == ["language"]


def test_a_condition_that_goes_names_its_question_and_says_why():
    made = definition(
        asked("a", type="single_choice", settings={"choices": [{"code": "x", "label": "X"}]}),
        asked("b", condition={"question": "a", "op": "=", "value": "y"}),
        asked("c", condition=when("none")),
        asked("d", condition={"question": "a"}),
    )
    found = drop_what_is_wrong(made, rows=ROWS)
    assert {(row.name, row.row, row.kind, row.text % {"name": row.name, **row.params}) for row in found} == {
        (
            "b",
            3,
            "changed",
            "“b” is always asked: its condition compares with “y”, which is no choice of question a.",
        ),
        (
            "c",
            4,
            "changed",
            "“c” is always asked: its condition names question none, which is not in this questionnaire.",
        ),
        ("d", 5, "changed", "“d” is always asked: its condition cannot be kept."),
    }
    assert codes(made) == [["a"], ["b"], ["c"], ["d"]]
    assert not any("condition" in row for row in made["sections"][0]["questions"])
