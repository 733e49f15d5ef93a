"""One name in two groups, or in and outside a repeating one: every question is kept, with a code each."""

import json
from pathlib import Path

import pytest

from governance.asking.definitions import MOST_QUESTIONS, check_definition
from governance.models import Question, QuestionnaireVersion
from governance.selectors.definitions import version_to_dict
from tests.governance.management.test_questionnaire_files import refused, run

pytestmark = pytest.mark.django_db

NAMES = """
| survey |
| | type | name | label | relevant |
| | text | x | Outside | |
| | begin group | g | G | |
| | text | x | In G | |
| | text | y | Neighbour in G | ../x = 'a' |
| | end group | | | |
| | begin group | h | H | ../x = 'b' |
| | integer | x | In H | |
| | text | z | Neighbour in H | ../x > 3 |
| | text | far | Not a neighbour | ../y = 'c' |
| | end group | | | |
| | begin repeat | r | R | |
| | text | x | In each entry | |
| | text | w | Neighbour in an entry | ../x = 'd' |
| | end repeat | | | |
| | begin group | last | Last | |
| | text | r | Named like the repeat | |
| | text | own | Names itself | ../own = 'e' |
| | text | sure | Of an entry | ${w} = 'f' or ${y} = 'g' |
| | text | after | Once in the form | ${y} = 'g' |
| | end group | | | |
"""


def write(tmp_path: Path, text: str) -> str:
    path = tmp_path / "form.md"
    path.write_text(text, encoding="utf-8")
    return str(path)


def rule(code: str, value: object, op: str = "=") -> dict:
    return {"question": code, "op": op, "value": value}


def test_the_smallest_form_with_one_name_twice(tmp_path):
    text = "| survey |\n| | type | name | label |\n"
    for name in "gh":
        text += f"| | begin group | {name} | {name} |\n| | text | x | X |\n| | end group | | |\n"
    out = run("import_questionnaire", write(tmp_path, text))
    assert "form: 2 sections, 2 questions" in out
    assert [line.strip() for line in out.splitlines() if "survey" in line] == [
        "survey row 6, changed: “x” gets the code “x_2” here."
    ]
    assert list(Question.objects.order_by("pk").values_list("code", flat=True)) == ["x", "x_2"]


def test_each_name_is_found_where_it_stands(tmp_path):
    out = run("import_questionnaire", write(tmp_path, NAMES))
    assert "form: 5 sections, 11 questions" in out
    found = {row.short: (row.code, row.condition) for row in Question.objects.all()}
    assert found == {
        "Outside": ("x", {}),
        "In G": ("x_2", {}),
        "Neighbour in G": ("y", rule("x_2", "a")),
        "In H": ("x_3", rule("x", "b")),
        "Neighbour in H": ("z", {"all": [rule("x", "b"), rule("x_3", 3, ">")]}),
        "Not a neighbour": ("far", rule("x", "b")),
        "R": ("r", {}),
        "In each entry": ("x_4", {}),
        "Neighbour in an entry": ("w", rule("x_4", "d")),
        "Named like the repeat": ("r_2", {}),
        "Names itself": ("own", {}),
        "Of an entry": ("sure", {}),
        "Once in the form": ("after", rule("y", "g")),
    }
    lines = [line.strip() for line in out.splitlines()]
    for row, words in [
        (4, "“x” gets the code “x_2” here."),
        (8, "“x” gets the code “x_3” here."),
        (10, "“far” is always asked: its condition (../y = 'c') cannot be kept."),
        (13, "“x” gets the code “x_4” here."),
        (17, "“r” gets the code “r_2” here."),
        (18, "“own” is always asked: its condition (../own = 'e') cannot be kept."),
        (19, "“sure” is always asked: its condition (${w} = 'f' or ${y} = 'g') cannot be kept."),
    ]:
        assert f"survey row {row}, changed: {words}" in lines


def test_a_form_that_names_one_of_several_is_refused_as_by_the_converter(tmp_path):
    """ODK itself cannot tell which is meant."""
    text = NAMES.replace("../own = 'e'", "${x} = 'e'")
    said = refused("import_questionnaire", write(tmp_path, text))
    assert "not accepted by the converter" in said
    assert "'x' appears more than once" in said


def test_it_goes_out_and_in_again(tmp_path):
    run("import_questionnaire", write(tmp_path, NAMES))
    first = version_to_dict(QuestionnaireVersion.objects.get())
    out = tmp_path / "form.json"
    run("export_questionnaire", "form", "--output", str(out))
    assert json.loads(out.read_text(encoding="utf-8")) == first
    run("import_questionnaire", str(out))
    second = version_to_dict(QuestionnaireVersion.objects.latest("pk"))
    assert {**second, "key": ""} == {**first, "key": ""}


def test_more_questions_than_a_questionnaire_holds_are_left_out_one_by_one(tmp_path):
    """A repeating group over the limit once took the whole form with it."""
    text = "| survey |\n| | type | name | label |\n"
    text += "".join(f"| | text | q{n} | Q |\n" for n in range(MOST_QUESTIONS - 3))
    text += "| | begin repeat | r | R |\n"
    text += "".join(f"| | text | i{n} | I |\n" for n in range(4))
    text += "| | end repeat | | |\n| | text | end | E |\n"
    out = run("import_questionnaire", write(tmp_path, text))
    assert [line.strip().split(" is left out")[0] for line in out.splitlines() if "at most" in line] == [
        "survey row 1002, left out: “i2”",
        "survey row 1003, left out: “i3”",
        "survey row 1005, left out: “end”",
    ]
    assert check_definition(version_to_dict(QuestionnaireVersion.objects.get())) == []
    assert Question.objects.count() == MOST_QUESTIONS


def test_a_limit_no_database_holds_is_left_out_and_listed(tmp_path):
    text = """
| survey |
| | type | name | label | parameters | relevant | constraint |
| | range | a | A | start=1 end=1000000000000000 | | |
| | integer | b | B | | ${a} > 1000000000000000 | . < 10000000000000000000 |
"""
    out = run("import_questionnaire", write(tmp_path, text))
    assert [line.strip() for line in out.splitlines() if "0000" in line] == [
        "survey row 2, left out: “a”: its parameters (end=1000000000000000) are left out.",
        "survey row 3, changed: “b” is always asked: its condition (${a} > 1000000000000000) cannot be kept.",
        "survey row 3, left out: “b”: the rule for its answers (. < 10000000000000000000) is left out.",
    ]
    assert Question.objects.get(code="a").settings == {"min": 1}
