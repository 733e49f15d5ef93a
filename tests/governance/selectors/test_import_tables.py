"""Which questions the columns of a sheet are: those that the answers of its own rows are asked."""

import json

import pytest
from django.core.management import call_command

from governance.models import Answer, AnswerRevision, GroupEntry, Question, Response
from governance.services.answer_files import write_answers
from governance.services.answer_imports import ImportRefused, import_answers, open_file
from mapping.enums import Role
from tests.factories.answers import (
    Filled,
    answer,
    answered_response,
    ask,
    ask_notes_alone,
    read_in_this_process,
)
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.questionnaires import OPTIONS, SMALL, every_type, question

pytestmark = pytest.mark.django_db
NAMES = {"xlsx": "answers.xlsx", "csv": "answers.zip", "json": "answers.json"}
FORMS = pytest.mark.parametrize("form", NAMES)
FIRST, OTHER = "S1 First", "S1 Also"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    read_in_this_process(monkeypatch)


@pytest.fixture
def response():
    return answered_response()


@pytest.fixture
def lead(response):
    return member(Role.REGIONAL_LEAD, response.region_map)


def same_codes():
    """The codes of the first questionnaire for other questions: matrix and group where numbers were."""
    return {
        "key": "same-codes",
        "title": "The same codes",
        "sections": [
            {
                "code": "S1",
                "title": "Also",
                "questions": [
                    question("1.1", "single_choice", settings={"choices": OPTIONS}),
                    question("1.2", "number"),
                    question("1.3", "scale", rubric=[f"Step {n}" for n in range(1, 6)]),
                    question("1.4", "multiple_choice", settings={"choices": SMALL}),
                    question("1.5", "matrix", settings={"rows": SMALL, "columns": SMALL}),
                    question(
                        "2.6", "group", questions=[question("2.6b", "date"), question("2.6a", "number")]
                    ),
                ],
            }
        ],
    }


def asked_too(response, definition=None):
    """The team is asked a second questionnaire in the round; some of it is answered."""
    version = ask(definition or same_codes(), response.region_map.exercise)
    row = Response.objects.get(region_map=response.region_map, questionnaire_version=version)
    if definition is None:
        answer(row, "1.2", value=3)
        answer(row, "1.4", value=["b"])
        answer(row, "1.5", value=6, part="a.b")
        group = Question.objects.get(code="2.6", section__version=version)
        GroupEntry.objects.create(response=row, question=group, key="o1", position=1)
        answer(row, "2.6a", value=12, part="o1")
    return row


def newer_beside(response):
    """A team with the older version, sent, and one with a newer version: one question less, one more."""
    version = response.questionnaire_version
    sent = RegionMapFactory(exercise=response.region_map.exercise)
    older = Response.objects.create(
        region_map=sent, questionnaire_version=version, group="team", state="submitted"
    )
    changed = every_type()
    del changed["sections"][0]["questions"][6]
    changed["sections"][0]["questions"].append(question("1.10", "number"))
    ask(changed, response.region_map.exercise, questionnaire=version.questionnaire)
    response.refresh_from_db()
    return older


def exported(response, form="xlsx", user=None):
    return write_answers(exercise=response.region_map.exercise, user=user, form=form)[0]


def take(data, folder, *, user, name="answers.xlsx"):
    path = folder / name
    path.write_bytes(data)
    sheets, found = open_file(path=path, name=name)
    return import_answers(sheets=sheets, found=found, user=user)


def refused(data, folder, *, user, name="answers.xlsx"):
    with pytest.raises(ImportRefused) as error:
        take(data, folder, user=user, name=name)
    return [item.line() for item in error.value.plan.findings]


@FORMS
def test_two_questionnaires_of_the_same_codes_come_back_as_they_were(response, lead, tmp_path, form):
    """Once the one was read by the questions of the other, and the file refused."""
    asked_too(response)
    asked_too(response, every_type() | {"key": "third", "title": "Third"})
    newer_beside(response)
    before = AnswerRevision.objects.count()
    plan = take(exported(response, form, lead), tmp_path, user=lead, name=NAMES[form])
    assert (plan.writes, plan.entries, [item.line() for item in plan.problems]) == ([], [], [])
    assert AnswerRevision.objects.count() == before


def test_the_command_says_so_too(response, lead, tmp_path, capsys):
    asked_too(response)
    path = tmp_path / "answers.xlsx"
    path.write_bytes(exported(response))
    call_command("import_answers", str(path), "--as", lead.email)
    assert "6 rows read, 0 answers to change" in capsys.readouterr().out


def test_negative_control_read_by_the_questions_of_every_version(response, lead, tmp_path, monkeypatch):
    asked_too(response)
    monkeypatch.setattr(
        "governance.selectors.import_plans.Planner.versions_in", lambda self, sheet: sorted(self.tables)
    )
    found = refused(exported(response), tmp_path, user=lead)
    assert "S1 First, row 1: Column “1.3” is missing beside the others of question 1.3." in found


def test_each_row_is_written_by_its_own_questions(response, lead, tmp_path):
    other = asked_too(response)
    file = Filled(exported(response, user=lead)).put(FIRST, 2, {"1.2": "Yes", "1.4": 8})
    file.put(OTHER, 2, {"1.2": 9, "1.4_a": 1, "1.5_b_a": 4, "1.3": 2})
    file.put("2.6 Question 2.6", 2, {"2.6a": "Ours"}).put("2.6 Question 2.6 2", 2, {"2.6a": 13})
    take(file.xlsx(), tmp_path, user=lead)
    assert stored(response, "1.2", "1.4", "2.6a") == ["yes", 8, "Ours", "＝1+1"]
    assert stored(other, "1.2", "1.4", "1.5", "2.6a") == [9, ["a", "b"], 6, 4, 13]


def stored(response, *codes):
    rows = Answer.objects.filter(response=response, question__code__in=codes).exclude(value=None)
    return [row.value for row in rows.order_by("question__code", "part")]


def shuffled(sheets):
    """Every sheet under another name, its columns the other way round."""
    for number, sheet in enumerate(sheets):
        sheet["name"] = f"Part {number}"
        sheet["columns"].reverse()
        for row in sheet["rows"]:
            row.reverse()
    return sheets


def test_neither_the_name_of_a_sheet_nor_the_order_of_its_columns_matters(response, lead, tmp_path):
    asked_too(response)
    sheets = [
        sheet
        for sheet in json.loads(exported(response, "json", lead))["sheets"]
        if sheet["name"] not in ("Removed questions", "Code book")
    ]
    at = sheets[0]["columns"].index("1.4")
    sheets[0]["rows"][0][at] = 8
    data = json.dumps({"sheets": shuffled(sheets)}).encode()
    plan = take(data, tmp_path, user=lead, name="answers.json")
    assert [(write.line.sheet.name, write.column) for write in plan.writes] == [("Part 0", "1.4")]
    assert stored(response, "1.4") == [8]


def test_rows_of_two_versions_may_stand_in_one_sheet(response, lead, tmp_path):
    """What one of them is not asked stays empty there; what stands there all the same is told."""
    older = newer_beside(response)
    one, two = [
        sheet for sheet in json.loads(exported(response, "json"))["sheets"] if sheet["name"].startswith(FIRST)
    ]
    assert [sheet["rows"][0][0] for sheet in (one, two)] == [older.pk, response.pk]
    names = [*one["columns"], *(name for name in two["columns"] if name not in one["columns"])]
    rows = [
        [dict(zip(sheet["columns"], row, strict=True)).get(name) for name in names]
        for sheet in (one, two)
        for row in sheet["rows"]
    ]

    def joined():
        return json.dumps({"sheets": [{"name": "All", "columns": names, "rows": rows}]}).encode()

    plan = take(joined(), tmp_path, user=None, name="a.json")
    assert (plan.rows, plan.writes, plan.findings) == (2, [], [])
    rows[0][names.index("1.10")] = 5
    (told,) = take(joined(), tmp_path, user=None, name="a.json").findings
    assert (told.kind, told.row, told.value) == ("notice", 2, "5")
    assert told.text == "These answers are not asked this. What stands here is left out."


def test_a_row_in_a_sheet_of_other_questions_is_told(response, lead, tmp_path):
    file = Filled(exported(response, user=lead))
    page = file.book["2.6 Question 2.6"]
    page.delete_cols([cell.value for cell in page[1]].index("entry") + 1)
    assert refused(file.xlsx(), tmp_path, user=lead) == [
        "2.6 Question 2.6, row 1: Column “entry” is missing: it says which entry a row is. Take it from the "
        "export."
    ]
    table = f"response,9.9\n{response.pk},1\n".encode()
    (said,) = refused(table, tmp_path, user=lead, name="a.csv")
    assert said.endswith(
        "These answers are asked nothing that this sheet has a column for. Move the row to its own sheet, or "
        "export the answers again."
    )
    file = Filled(exported(response, user=lead))
    file.book[FIRST].cell(row=1, column=file.book[FIRST].max_column + 1).value = "number"
    (said,) = refused(file.xlsx(), tmp_path, user=lead)
    assert "There is no question with a column “number”." in said


def named_as_columns():
    """A form of other people may call its questions so; a code may also look like another's column."""
    inner = [question("number", "number"), question("entry", "short_text")]
    choices = [*SMALL, {"code": "answer", "label": "Other"}]
    questions = [
        question("region", "short_text"),
        question("age", "number"),
        question("age_answer", "short_text"),
        question("count", "multiple_choice", settings={"choices": choices}),
        question("questionnaire", "short_text"),
        question("state", "group", questions=inner),
    ]
    return {"key": "n", "title": "N", "sections": [{"code": "S1", "title": "N", "questions": questions}]}


@FORMS
def test_a_question_may_be_called_as_a_column_is(response, lead, tmp_path, form):
    row = asked_too(response, named_as_columns())
    answer(row, "region", value="Podlasie")
    answer(row, "age_answer", value="old")
    group = Question.objects.get(section__version=row.questionnaire_version, code="state")
    GroupEntry.objects.create(response=row, question=group, key="n1", position=1)
    answer(row, "number", value=7, part="n1")
    plan = take(exported(response, form, lead), tmp_path, user=lead, name=NAMES[form])
    assert (plan.rows, plan.writes, plan.findings) == (6, [], [])
    file = Filled(exported(response, user=lead))
    file.put("S1 N", 2, {"region~2": "Lubelskie", "age": 3, "age_answer~2": "young", "count_answer": 1})
    file.put("state Question state", 2, {"number~2": 8, "entry~2": "x"})
    assert len(take(file.xlsx(), tmp_path, user=lead).writes) == 6
    assert stored(row, "age", "age_answer", "region") == [3, "young", "Lubelskie"]
    assert stored(row, "count", "entry", "number") == [["answer"], "x", 8]


def test_every_name_stands_once_in_the_code_book_too(response):
    asked_too(response, named_as_columns())
    found = {one["name"]: one for one in json.loads(exported(response, "json"))["sheets"]}
    book = [row[3] for row in found["Code book"]["rows"] if row[2] == "S1 N"]
    assert book == found["S1 N"]["columns"][6:]
    assert [name for name in book if "~" in name] == ["region~2", "age_answer~2", "count_answer~2"]


def test_the_list_of_removed_questions_is_no_sheet_of_answers_in_whatever_order(response, lead, tmp_path):
    newer_beside(response)
    sheets = json.loads(exported(response, "json", lead))["sheets"]
    data = json.dumps({"sheets": shuffled(sheets)}).encode()
    plan = take(data, tmp_path, user=lead, name="a.json")
    assert (plan.writes, plan.problems) == ([], [])


def group_of_a_note(response):
    """With an entry."""
    version = ask_notes_alone(response.region_map.exercise)
    row = Response.objects.get(region_map=response.region_map, questionnaire_version=version)
    group = Question.objects.get(section__version=version, code="1.2")
    GroupEntry.objects.create(response=row, question=group, key="n1", position=1)
    return row


@FORMS
def test_a_group_of_notes_alone_comes_back_as_it_was(response, lead, tmp_path, form):
    row = group_of_a_note(response)
    plan = take(exported(response, form, lead), tmp_path, user=lead, name=NAMES[form])
    assert (plan.rows, plan.writes, plan.entries, plan.problems) == (6, [], [], [])
    assert GroupEntry.objects.get(response=row, key="n1").removed_at is None


def test_an_entry_of_notes_alone_can_be_removed_and_none_is_added(response, lead, tmp_path):
    row = group_of_a_note(response)
    file = Filled(exported(response, user=lead))
    file.put("1.2 Question 1.2", 2, {"number": "remove"}).put("1.2 Question 1.2", 3, {"response": row.pk})
    plan = take(file.xlsx(), tmp_path, user=lead)
    assert [(step.key, step.is_new) for step in plan.entries] == [("n1", False)]
    assert not GroupEntry.objects.filter(response=row, removed_at=None).exists()
    *_notice, said = refused(file.xlsx(), tmp_path, user=lead)
    assert "This entry was removed on the page." in said
