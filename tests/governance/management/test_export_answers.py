"""Answers out of the house: three formats that say the same, kinds apart, nothing a formula (P15, P58)."""

import csv
import io
import json
import zipfile

import pytest
from django.core.management import call_command
from openpyxl import load_workbook

from governance.enums import Group, ResponseState
from governance.models import Response
from governance.services.answer_files import write_answers
from mapping.enums import Role
from tests.factories.answers import FORMULA, answer, answered_response, ask
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.questionnaires import every_type

pytestmark = pytest.mark.django_db


@pytest.fixture
def response():
    return answered_response()


def written(response, form, user=None):
    return write_answers(exercise=response.region_map.exercise, user=user, form=form)[0]


def sheets(response, user=None):
    return {sheet["name"]: sheet for sheet in json.loads(written(response, "json", user))["sheets"]}


def lines(sheet):
    return [dict(zip(sheet["columns"], row, strict=True)) for row in sheet["rows"]]


def test_a_sheet_for_each_section_and_group_and_the_kinds_apart(response):
    found = sheets(response)
    assert list(found) == ["S1 First", "S2 Second", "2.6 Question 2.6", "Removed questions", "Code book"]
    (row,) = lines(found["S1 First"])
    assert (row["1.1"], row["1.1_importance"], row["1.1_answer"]) == (4, 5, "value")
    assert (row["1.4"], row["1.4_answer"]) == (-5, "value")
    assert [row[f"1.{n}_answer"] for n in (5, 6, 8)] == ["no_information", "does_not_apply", "unanswered"]
    assert (row["1.3_a"], row["1.3_b"], row["1.3_answer"]) == (None, None, "not_asked")
    assert (row["1.4_version"], row["1.8_version"]) == (1, 0)
    (row,) = lines(found["S2 Second"])
    assert (row["2.5_a_b"], row["2.5_a_b_answer"], row["2.5_a_a"]) == (40, "value", None)
    entries = [(row["entry"], row["number"], row["2.6a"]) for row in lines(found["2.6 Question 2.6"])]
    assert entries == [("e1", 1, "Łódź"), ("e2", 2, "＝1+1")]


def test_every_column_stands_in_the_code_book(response):
    found = sheets(response)
    book = {(row["sheet"], row["column"]): row for row in lines(found["Code book"])}
    for name in ("S1 First", "S2 Second"):
        assert {column for sheet, column in book if sheet == name} == set(found[name]["columns"][6:])
    assert book["S1 First", "1.2"]["codes"] == "yes = Yes; no = No"


def test_the_three_formats_agree_cell_by_cell(response):
    told = list(sheets(response).values())
    book = load_workbook(io.BytesIO(written(response, "xlsx")))
    archive = zipfile.ZipFile(io.BytesIO(written(response, "csv")))
    assert book.sheetnames == [sheet["name"] for sheet in told]
    for sheet, name in zip(told, archive.namelist(), strict=True):
        rows = [sheet["columns"], *sheet["rows"]]
        assert [[cell.value for cell in row] for row in book[sheet["name"]].iter_rows()] == rows
        table = list(csv.reader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))
        plain = [["" if cell is None else str(cell) for cell in row] for row in rows]
        assert [[cell.removeprefix("'") for cell in row] for row in table] == plain


def test_p58_nothing_runs_as_a_formula_and_numbers_stay_numbers(response):
    book = load_workbook(io.BytesIO(written(response, "xlsx")))
    cells = {cell.value: cell.data_type for row in book["S1 First"].iter_rows() for cell in row}
    assert (cells[FORMULA], cells[-5]) == ("s", "n")
    archive = zipfile.ZipFile(io.BytesIO(written(response, "csv")))
    first, group = (archive.read(archive.namelist()[n]).decode() for n in (0, 2))
    assert first.startswith("\ufeff")
    assert "\"'=HYPERLINK(" in first
    assert ",-5," in first
    assert "'＝1+1" in group


def test_p11_answers_to_removed_questions_are_marked(response):
    shorter = every_type()
    del shorter["sections"][0]["questions"][6]
    version = response.questionnaire_version
    sent = RegionMapFactory(exercise=response.region_map.exercise)  # stays with the version it was sent to
    Response.objects.create(
        region_map=sent, questionnaire_version=version, group=Group.TEAM, state=ResponseState.SUBMITTED
    )
    ask(shorter, response.region_map.exercise, questionnaire=version.questionnaire)
    found = sheets(response)
    assert [("1.7" in found[name]["columns"]) for name in ("S1 First", "S1 First 2")] == [True, False]
    (row,) = lines(found["Removed questions"])
    assert (row["question"], row["value"], row["mark"]) == ("1.7", FORMULA, "deleted")


@pytest.mark.parametrize(
    ("role", "groups"),
    [
        (None, {"team"}),
        (Role.OBSERVER, set()),
        (Role.REGIONAL_LEAD, {"team"}),
        (Role.COORDINATOR, {"team"}),
        (Role.FACILITATOR, {"team", "stakeholder"}),
    ],
)
def test_who_gets_whose_answers(response, role, groups):
    stakeholder = Response.objects.create(
        region_map=response.region_map,
        questionnaire_version=response.questionnaire_version,
        group=Group.STAKEHOLDER,
        label="A firm",
    )
    answer(stakeholder, "1.1", level=1)
    user = member(role, response.region_map) if role else None
    found = sheets(response, user)
    rows = lines(found["S1 First"]) if "S1 First" in found else []
    assert {row["group"] for row in rows} == groups
    assert ("A firm" in json.dumps(found)) is ("stakeholder" in groups)


def test_the_number_of_queries_does_not_grow_with_the_responses(response, django_assert_num_queries):
    exercise = response.region_map.exercise
    with django_assert_num_queries(10):
        write_answers(exercise=exercise, user=None, form="json")
    for _ in range(3):
        other = RegionMapFactory(exercise=exercise)
        Response.objects.create(
            region_map=other, questionnaire_version=response.questionnaire_version, group=Group.TEAM
        )
    with django_assert_num_queries(10):
        write_answers(exercise=exercise, user=None, form="json")


def test_the_command_writes_a_file_or_says_why_not(response, tmp_path, capsys):
    slug, target = response.region_map.exercise.slug, tmp_path / "answers.xlsx"
    call_command("export_answers", "--exercise", slug, "--format", "xlsx", "--output", str(target))
    assert load_workbook(target).sheetnames[0] == "S1 First"
    for words, reason in (
        (["--exercise", "none", "--output", str(target)], "There is no exercise 'none'. Known: "),
        (["--exercise", slug, "--output", str(tmp_path)], "is a folder"),
        (["--exercise", slug, "--output", str(target), "--as", "x@y.example"], "Nobody has the address"),
    ):
        with pytest.raises(SystemExit) as end:
            call_command("export_answers", "--format", "csv", *words)
        assert end.value.code == 2
        assert reason in capsys.readouterr().err
