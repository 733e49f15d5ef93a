"""Answers from a file: the same rules as typing, versions respected, all of it or nothing (P46)."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from cohes3ion.lib.template_tags import moment
from governance.enums import ResponseState
from governance.models import Answer, AnswerRevision, GroupEntry, Response
from governance.services import answer_imports
from governance.services.answer_files import write_answers
from governance.services.answer_imports import ImportRefused, import_answers, open_file, try_import
from governance.services.responses import save_answer
from governance.services.values import save_value
from mapping.enums import Role
from tests.factories.answers import Filled, answer, answered_response, read_in_this_process
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
FIRST, SECOND, GROUP = "S1 First", "S2 Second", "2.6 Question 2.6"


@pytest.fixture(autouse=True)
def in_this_process(monkeypatch):
    read_in_this_process(monkeypatch)


@pytest.fixture
def response():
    return answered_response()


@pytest.fixture
def lead(response):
    return member(Role.REGIONAL_LEAD, response.region_map)


def exported(response, form="xlsx", user=None):
    return write_answers(exercise=response.region_map.exercise, user=user, form=form)[0]


def filled(response):
    return Filled(exported(response))


def opened(data, folder, name):
    path = folder / name
    path.write_bytes(data)
    sheets, found = open_file(path=path, name=name)
    return {"sheets": sheets, "found": found}


def take(file, folder, *, user=None, name="answers.xlsx"):
    return import_answers(**opened(file if isinstance(file, bytes) else file.xlsx(), folder, name), user=user)


def refused(file, folder, **more):
    before = list(Answer.objects.order_by("pk").values())
    with pytest.raises(ImportRefused) as error:
        take(file, folder, **more)
    assert list(Answer.objects.order_by("pk").values()) == before
    return [
        (item.row, item.column.split("(")[-1].rstrip(")"), item.text) for item in error.value.plan.problems
    ]


def stored(response, code, *, part="", of="value"):
    row = Answer.objects.filter(response=response, question__code=code, part=part).first()
    return (None, None) if row is None else (str(row.kind), getattr(row, of))


def typed(response, code, *, field="value", by=None, **values):
    """As a colleague does it on the page."""
    row = Answer.objects.filter(response=response, question__code=code).first()
    change = SimpleNamespace(field=field, values=values, version=row.version_of(field) if row else 1)
    save = save_answer if code == "1.1" else save_value
    scope = Response.objects.all()
    save(scope=scope, response_id=response.pk, key=(code, None), changes=[change], by=by)


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_a_file_that_was_not_touched_changes_nothing(response, lead, tmp_path, form):
    answer(response, "1.8", value="'=quoted\nsecond line", explanation="-5 \n  kept")
    Answer.objects.filter(question__code="1.7").update(value="a\uffffb")  # stored before it was refused
    name = {"xlsx": "a.xlsx", "csv": "a.zip", "json": "a.json"}[form]
    plan = take(exported(response, form), tmp_path, user=lead, name=name)
    assert (plan.writes, plan.entries, plan.findings) == ([], [], [])
    assert (plan.rows, AnswerRevision.objects.count()) == (4, Answer.objects.count())


@pytest.mark.parametrize("form", ["xlsx", "csv", "json"])
def test_whole_tens_stay_whole_numbers(response, lead, tmp_path, form):
    """As versions and as numbers in answers: 10 is never taken for 1E+1."""
    Answer.objects.filter(question__code="1.4").update(value=100, version=20)
    Answer.objects.filter(question__code="1.1").update(version=100)
    Answer.objects.filter(question__code="1.7").update(value="1000", version=10)
    name = {"xlsx": "a.xlsx", "csv": "a.zip", "json": "a.json"}[form]
    data = exported(response, form)
    plan = take(data, tmp_path, user=lead, name=name)
    assert (plan.writes, plan.findings) == ([], [])
    if form == "xlsx":
        take(Filled(data).put(FIRST, 2, {"1.4": 20.0, "1.7": 300}), tmp_path, user=lead)
        assert (stored(response, "1.4")[1], stored(response, "1.7")[1]) == (20, "300")


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_was_filled_in_is_read_by_the_rules_of_the_page(response, lead, tmp_path, form):
    level = {
        "1.1": 2,
        "1.1_importance": "Very important",
        "1.1_confidence": "sure",
        "1.1_explanation": "So it is.",
    }
    values = {"1.2": "Yes", "1.4": 12.5, "1.5": "1.3.2026", "1.6": "2026-03-02", "1.8": "A\nB"}
    file = filled(response).put(FIRST, 2, level | values | {"1.6_answer": "value", "1.8_explanation": "=1+1"})
    file.put(SECOND, 2, {"2.5_a_a": 60})
    data, name = (file.xlsx(), "a.xlsx") if form == "xlsx" else (file.csv(";"), "a.zip")
    assert len(take(data, tmp_path, user=lead, name=name).writes) == 11
    row = Answer.objects.get(response=response, question__code="1.1")
    assert (row.level, row.importance, row.confidence, row.explanation) == (2, 4, "sure", "So it is.")
    assert [stored(response, f"1.{n}")[1] for n in (2, 4, 5, 6, 8)] == [
        *("yes", 12.5, "2026-03-01", "2026-03-02", "A\nB")
    ]
    assert (stored(response, "1.8", of="explanation")[1], stored(response, "2.5", part="a.a")[1]) == (
        "=1+1",
        60,
    )
    revisions = AnswerRevision.objects.filter(answer=row, version__gt=1).order_by("version")
    assert [(line.field, line.by) for line in revisions] == [
        (name, lead) for name in ("level", "importance", "confidence", "explanation")
    ]
    assert take(data, tmp_path, user=lead, name=name).writes == []  # once is enough


def test_no_answer_is_an_answer_and_removing_is_said(response, lead, tmp_path):
    file = filled(response).put(
        FIRST, 2, {"1.4_answer": "does_not_apply", "1.7": None, "1.7_answer": "unanswered"}
    )
    file.put(FIRST, 2, {"1.1_importance": "-"})
    take(file, tmp_path, user=lead)
    assert (stored(response, "1.4"), stored(response, "1.7")) == (
        ("does_not_apply", None),
        ("unanswered", None),
    )
    assert stored(response, "1.1", of="importance") == ("value", None)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"1.7": None}, "1.7", "This cell was emptied."),
        ({"1.4": 7, "1.4_answer": "no_information"}, "1.4", "Give an answer or say that you have none"),
        ({"1.4": 101}, "1.4", "The number must be between 0 and 100 (you wrote 101)."),
        ({"1.2": "maybe"}, "1.2", "Write one of these codes: yes, no (you wrote maybe)."),
        ({"1.1": 6}, "1.1", "Write a level from 1 to 5 (you wrote 6)."),
        ({"1.5": 45000, "1.5_answer": "value"}, "1.5", "Write the date like 2026-03-01"),
        ({"1.6": "2025-01-01", "1.5": "2026-01-01"}, "1.6", "The end date"),
        ({"1.8": "x" * 5001}, "1.8", "Write at most 5000 characters (you wrote 5001)."),
        ({"1.8_answer": "value"}, "1.8", "The column that ends in _answer says that there is a value"),
        ({"1.4": 7, "1.4_version": 9}, "1.4_version", "There is no version 9 of this answer."),
        ({"1.4": 7, "1.4_version": "new"}, "1.4_version", "The version is a whole number from the export"),
        ({"region": "elsewhere"}, "region", "the cells of this row do not belong together"),
        ({"about_unit": "nowhere"}, "about_unit", "These answers are not about a unit “nowhere”."),
        ({"response": 0}, "response", "There are no answers with this number that you may read."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_row_and_column(response, lead, tmp_path, cells, column, reason):
    found = refused(filled(response).put(FIRST, 2, cells | {"1.1_explanation": "Good"}), tmp_path, user=lead)
    assert [(row, name) for row, name, _text in found] == [(2, column)]
    assert reason in found[0][2]


def test_a_wrong_version_hides_nothing_else_that_is_wrong(response, lead, tmp_path):
    cells = {"1.1_version": "new", "1.1": 6, "1.1_importance": 9, "1.1_explanation": "Good"}
    found = refused(filled(response).put(FIRST, 2, cells), tmp_path, user=lead)
    assert [name for _row, name, _text in found] == ["1.1_version", "1.1", "1.1_importance"]


def test_a_cell_that_cannot_be_read_is_told_once(response, lead, tmp_path):
    found = refused(filled(response).put(FIRST, 2, {"1.4": "=SUM(1,2)"}), tmp_path, user=lead)
    assert len(found) == 1
    assert "recalculate and save in Excel" in found[0][2]


def test_a_change_since_the_export_is_shown_and_never_overwritten(response, lead, tmp_path):
    file = filled(response).put(FIRST, 2, {"1.4": 7, "1.1_explanation": "Mine"})
    colleague = member(Role.CONTRIBUTOR, response.region_map)
    typed(response, "1.4", by=colleague, kind="value", value=9)
    typed(response, "1.1", field="level", by=lead, kind="value", level=1)  # another field of the same answer
    ((row, column, text),) = refused(file, tmp_path, user=lead)
    assert (row, column) == (2, "1.4")
    assert text == (
        f"Changed since the export by {colleague}: “9 %” stands there now. Write 2 into column 1.4_version "
        "to put yours there, or take theirs over."
    )
    take(file.put(FIRST, 2, {"1.4_version": 2}), tmp_path, user=lead)
    assert (stored(response, "1.4")[1], stored(response, "1.1", of="explanation")[1]) == (7, "Mine")
    assert stored(response, "1.1", of="level") == ("value", 1)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_what_one_wrote_oneself_after_the_export_is_refused_and_said_so(response, lead, tmp_path, form):
    """By field: a colleague wrote another field of the same answer later."""
    file = filled(response).put(FIRST, 2, {"1.1": 2})
    data, name = (file.xlsx(), "a.xlsx") if form == "xlsx" else (file.csv(), "a.zip")
    typed(response, "1.1", field="level", by=lead, kind="value", level=1)
    at = moment(AnswerRevision.objects.get(by=lead, field="level").at)
    colleague = member(Role.CONTRIBUTOR, response.region_map)
    typed(response, "1.1", field="explanation", by=colleague, explanation="Why")
    ((_row, column, text),) = refused(data, tmp_path, user=lead, name=name)
    assert (column, text) == (
        "1.1",
        f"Changed since the export by you, on {at}: “1” stands there now. Write 3 into column "
        "1.1_version to put what the file says there, or take over what stands there.",
    )
    ((_row, _column, text),) = refused(data, tmp_path, user=colleague, name=name)
    assert f"Changed since the export by {lead}: “1” stands there now." in text
    ((_row, _column, text),) = refused(data, tmp_path, user=None, name=name)
    assert f"Changed since the export by {lead}: " in text


def test_a_number_of_answers_that_was_emptied_is_missing_and_not_unknown(response, lead, tmp_path):
    found = refused(filled(response).put(FIRST, 2, {"response": None}), tmp_path, user=lead)
    assert found == [
        (2, "response", "The number of the answers is missing. It must stand here as it was exported.")
    ]


def merged(response, cells):
    file = filled(response)
    file.book[FIRST].merge_cells(cells)
    return file


@pytest.mark.parametrize("cells", ["G2:H2", "A2:B2", "G1:H1", "G1:H2", "A1:A2", "A2:A3"])
def test_cells_that_are_merged_are_told_once(response, lead, tmp_path, cells):
    """What the merge took away (an importance, a name of a column, a number) is no second problem."""
    file = merged(response, cells)
    if cells == "A2:A3":
        file.book[FIRST].cell(row=3, column=2).value = response.region_map.region.slug
    found = refused(file, tmp_path, user=lead)
    assert [text for *_place, text in found] == [
        f"The cells {cells} are merged. Take the merge apart, so that each cell stands alone."
    ]


def test_beside_a_merge_all_other_problems_are_told(response, lead, tmp_path):
    found = refused(merged(response, "G2:H2").put(FIRST, 2, {"1.4": 101}), tmp_path, user=lead)
    assert [column for _row, column, _text in found] == ["", "1.4"]


def test_without_the_versions_the_change_would_be_lost(response, lead, tmp_path, monkeypatch):
    file = filled(response).put(FIRST, 2, {"1.4": 7})
    typed(response, "1.4", by=lead, kind="value", value=9)
    monkeypatch.setattr("governance.selectors.import_steps.conflict", lambda spot, write, now: write)
    take(file, tmp_path, user=lead)
    assert stored(response, "1.4")[1] == 7


def test_an_answer_to_a_hidden_question_is_not_overwritten_unseen(response, lead, tmp_path):
    ((_row, column, text),) = refused(
        filled(response).put(FIRST, 2, {"1.2": "yes", "1.3_b": 1}), tmp_path, user=lead
    )
    assert (column, "Changed since the export" in text) == ("1.3_a", True)


def test_entries_are_added_once_changed_and_removed_on_purpose(response, lead, tmp_path):
    file = filled(response)
    row = {"response": response.pk, "region": response.region_map.region.slug, "group": "team"}
    file.put(GROUP, 4, row | {"2.6a": "Third", "2.6b": 3})
    file.put(GROUP, 2, {"2.6a": "Lodz"}).put(GROUP, 3, {"number": "remove"})
    plan = take(file, tmp_path, user=lead)
    assert [step.is_new for step in plan.entries] == [False, True]
    live = GroupEntry.objects.filter(removed_at=None).order_by("position")
    names = dict(Answer.objects.filter(question__code="2.6a").values_list("part", "value"))
    assert [names[entry.key] for entry in live] == ["Lodz", "Third"]
    again = refused(file, tmp_path, user=lead)
    assert [text for *_place, text in again] == [
        "This entry was removed on the page. Bring it back there, or take the row out."
    ]
    file.book[GROUP].delete_rows(3)
    assert take(file, tmp_path, user=lead).entries == []


def test_an_entry_that_a_program_named_and_somebody_removed_is_found(response, lead, tmp_path):
    name = "8e03978e-40d5-43e8-bc93-6894a57f9324"
    row = GroupEntry.objects.order_by("position").first()
    GroupEntry.objects.create(response=response, question=row.question, key=name, position=9)
    answer(response, "2.6a", part=name, value="Named by a program")
    file = filled(response)
    GroupEntry.objects.filter(key=name).update(removed_at=timezone.now())
    ((_row, column, text),) = refused(file, tmp_path, user=lead)
    assert (column, text[:38]) == ("entry", "This entry was removed on the page. Br")


def test_there_is_no_room_for_more_entries_than_the_group_takes(response, lead, tmp_path):
    file = filled(response)
    for number in (4, 5):
        file.put(GROUP, number, {"response": response.pk, "2.6a": f"Name {number}"})
    assert refused(file, tmp_path, user=lead) == [
        (5, "entry", "There is room for 3 entries, and this would be one more. Remove one first.")
    ]


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.FACILITATOR])
def test_whoever_may_only_read_changes_nothing(response, tmp_path, role):
    user = member(role, response.region_map)
    assert take(filled(response), tmp_path, user=user).writes == []
    found = refused(filled(response).put(FIRST, 2, {"1.4": 7}), tmp_path, user=user)
    assert [text for *_place, text in found] == ["You may read these answers, but not change them."]


def test_a_stranger_learns_nothing_of_the_row(response, tmp_path):
    found = refused(
        filled(response).put(FIRST, 2, {"1.4": 7}),
        tmp_path,
        user=member(Role.REGIONAL_LEAD, answered_response().region_map),
    )
    assert {text for *_place, text in found} == {"There are no answers with this number that you may read."}


def test_answers_that_were_sent_stay_as_they_are(response, lead, tmp_path):
    file = filled(response).put(FIRST, 2, {"1.4": 7})
    Response.objects.update(state=ResponseState.SUBMITTED)
    found = refused(file, tmp_path, user=lead)
    assert [text for *_place, text in found] == [
        "These answers were sent. They can be changed after they are returned."
    ]


def test_a_dry_run_says_the_same_and_writes_nothing(response, lead, tmp_path):
    data = filled(response).put(FIRST, 2, {"1.4": 7}).xlsx()
    plan = try_import(**opened(data, tmp_path, "a.xlsx"), user=lead)
    assert [(write.column, write.before, write.after) for write in plan.writes] == [("1.4", "-5 %", "7 %")]
    assert stored(response, "1.4")[1] == -5


def test_a_failure_in_the_middle_leaves_nothing(response, lead, tmp_path, monkeypatch):
    file = filled(response).put(FIRST, 2, {"1.4": 7, "1.7": "New"})
    write, calls = answer_imports.write_answer, []

    def broken(*args, **kwargs):
        if calls:
            raise MemoryError
        calls.append(args)
        write(*args, **kwargs)

    monkeypatch.setattr(answer_imports, "write_answer", broken)
    with pytest.raises(MemoryError):
        take(file, tmp_path, user=lead)
    assert (stored(response, "1.4")[1], AnswerRevision.objects.count()) == (-5, Answer.objects.count())


def test_reading_takes_as_many_queries_for_many_rows(response, lead, tmp_path, django_assert_num_queries):
    one = opened(filled(response).xlsx(), tmp_path, "a.xlsx")
    for _ in range(3):
        answered_response_beside(response)
    many = opened(filled(response).xlsx(), tmp_path, "b.xlsx")
    try_import(**one, user=None)
    with django_assert_num_queries(6) as few:
        try_import(**one, user=None)
    with django_assert_num_queries(len(few)):
        plan = try_import(**many, user=None)
    assert plan.rows == 10


def answered_response_beside(response):
    other = RegionMapFactory(exercise=response.region_map.exercise)
    Response.objects.create(
        region_map=other, questionnaire_version=response.questionnaire_version, group="team"
    )
