"""Saving field by field, sending, returning, approving."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohes3ion.lib.row_forms import Change
from governance.enums import ResponseState
from governance.models import Answer, AnswerRevision, GovernanceScore, Response
from governance.selectors.reviews import last_round, review_steps
from governance.services.answer_rows import NotAsked, ResponseClosed
from governance.services.responses import Incomplete, save_answer, submit_response
from governance.services.reviews import approve_response, return_response
from mapping.enums import ExerciseState
from tests.factories.assessment import assessment
from tests.factories.mapping import UnitFactory

pytestmark = pytest.mark.django_db


def level(step: int, version: int = 1) -> Change:
    return Change(field="level", values={"kind": "value", "level": step}, version=version)


def text(words: str, version: int = 1) -> Change:
    return Change(field="explanation", values={"explanation": words}, version=version)


def save(response: Response, by, *changes: Change, code: str = "1.1", unit: int | None = None):
    scope = Response.objects.fillable_by(by)
    return save_answer(scope=scope, response_id=response.pk, key=(code, unit), changes=list(changes), by=by)


def revisions(answer: Answer) -> list[tuple[int, str, object]]:
    return [(row.version, row.field, row.values) for row in answer.revisions.order_by("version")]


def test_answer_is_made_on_first_use_with_its_revision():
    room = assessment()
    answer, stale = save(room.team, room.lead, level(3))
    answer.refresh_from_db()
    assert (answer.kind, answer.level, answer.edited_by, stale) == ("value", 3, room.lead, [])
    assert revisions(answer) == [(2, "level", {"kind": "value", "level": 3})]
    room.team.refresh_from_db()
    assert room.team.opened_at is not None


def test_two_people_on_different_fields_never_conflict():
    room = assessment()
    save(room.team, room.lead, level(3))
    save(room.team, room.contributor, text("Two of five units do."))
    answer, stale = save(room.team, room.lead, level(4, version=2))
    answer.refresh_from_db()
    assert (answer.level, answer.explanation, stale) == (4, "Two of five units do.", [])


def test_the_same_field_is_refused_and_the_history_keeps_both():
    room = assessment()
    save(room.team, room.lead, text("Theirs."))
    answer, stale = save(room.team, room.contributor, text("Mine."), level(2))
    answer.refresh_from_db()
    assert [conflict.field for conflict in stale] == ["explanation"]
    assert (answer.explanation, answer.level) == ("Theirs.", 2)  # the other field is saved all the same
    assert revisions(answer) == [
        (2, "explanation", {"explanation": "Theirs."}),
        (3, "explanation", {"explanation": "Mine.", "refused": 2}),
        (4, "level", {"kind": "value", "level": 2}),
    ]


def test_the_same_refused_text_is_kept_once():
    room = assessment()
    save(room.team, room.lead, text("Theirs."))
    for _again in range(3):
        answer, _stale = save(room.team, room.contributor, text("Mine."))
    assert answer.revisions.count() == 2


def test_writing_the_same_value_is_never_a_conflict():
    room = assessment()
    save(room.team, room.lead, level(3))
    answer, stale = save(room.team, room.contributor, level(3))
    assert (stale, answer.version_of("level"), answer.revisions.count()) == ([], 2, 1)


def test_nothing_changed_makes_no_row():
    room = assessment()
    assert save(room.team, room.lead) == (None, [])
    assert Answer.objects.count() == 0


def test_an_answer_that_is_no_number_has_no_level():
    room = assessment()
    save(room.team, room.lead, level(3))
    unknown = Change(field="level", values={"kind": "no_information", "level": None}, version=2)
    answer, _stale = save(room.team, room.lead, unknown)
    answer.refresh_from_db()
    assert (answer.kind, answer.level) == ("no_information", None)


def test_a_sent_response_is_closed():
    room = assessment()
    save(room.team, room.lead, level(3))
    Response.objects.filter(pk=room.team.pk).update(state=ResponseState.SUBMITTED)
    with pytest.raises(ResponseClosed):
        save(room.team, room.lead, level(4, version=2))
    assert Answer.objects.get().level == 3


def test_a_closed_round_is_closed():
    room = assessment()
    room.region_map.exercise.state = ExerciseState.CLOSED
    room.region_map.exercise.save()
    with pytest.raises(ResponseClosed):
        save(room.team, room.lead, level(3))


def test_nobody_writes_outside_their_scope():
    room = assessment()
    other = assessment()
    for stranger in (other.lead, room.observer, room.coordinator, room.facilitator, room.contact):
        with pytest.raises(Response.DoesNotExist):
            save(room.team, stranger, level(3))
    assert Answer.objects.count() == 0


@pytest.mark.parametrize("code, about", [("9.9", None), ("1.1", "unit"), ("2.1", None), ("2.1", "foreign")])
def test_only_what_is_asked_can_be_answered(code, about):
    room = assessment()
    units = {"unit": room.units[0].pk, "foreign": UnitFactory().pk, None: None}
    with pytest.raises(NotAsked):
        save(room.team, room.lead, level(3), code=code, unit=units[about])
    assert Answer.objects.count() == 0


def test_a_unit_that_was_not_invited_is_not_asked_about():
    room = assessment()
    silent = UnitFactory(region_map=room.region_map)
    with pytest.raises(NotAsked):
        save(room.team, room.lead, level(3), code="2.1", unit=silent.pk)


def test_a_unit_answers_about_itself_only():
    room = assessment()
    save(room.of_units[0], room.contact, level(3), code="2.1", unit=room.units[0].pk)
    with pytest.raises(NotAsked):
        save(room.of_units[0], room.contact, level(3), code="2.1", unit=room.units[1].pk)


def test_a_stakeholder_answers_core_statements_only():
    room = assessment()
    save(room.of_stakeholder, room.stakeholder, level(3))
    with pytest.raises(NotAsked):
        save(room.of_stakeholder, room.stakeholder, level(3), code="1.2")


def test_saving_takes_three_queries():
    room = assessment(units=60)
    save(room.team, room.lead, level(3))
    with CaptureQueriesContext(
        connection,
    ) as caught:
        save(room.team, room.lead, level(4, version=2))
    # The test itself runs in a transaction, so the outermost one shows as a savepoint.
    asked = [query["sql"] for query in caught if "SAVEPOINT" not in query["sql"]]
    assert [sql.split()[0] for sql in asked] == ["SELECT", "UPDATE", "INSERT"]


def test_sending_needs_every_question():
    room = assessment()
    save(room.team, room.lead, level(3))
    with pytest.raises(Incomplete) as incomplete:
        submit_response(response=room.team, by=room.lead)
    missing = [(step.question.code, step.unit) for step in incomplete.value.missing]
    assert missing == [("1.2", None), ("2.1", room.units[0]), ("2.1", room.units[1])]
    room.team.refresh_from_db()
    assert room.team.state == ResponseState.DRAFT


def test_sending_writes_the_scores_in_the_same_transaction():
    room = assessment()
    room.answer_all(room.team)
    sent = submit_response(response=room.team, by=room.lead)
    assert (sent.state, sent.submitted_by) == (ResponseState.SUBMITTED, room.lead)
    score = GovernanceScore.objects.get(region_map=room.region_map, group="team", code="1.1", unit=None)
    assert score.mean == 3.0


def test_sending_twice_is_refused():
    room = assessment()
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    with pytest.raises(ResponseClosed):
        submit_response(response=room.team, by=room.lead)


def test_a_returned_response_no_longer_counts_and_can_be_sent_again():
    room = assessment()
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    returned = return_response(response=room.team, reason="1.1 needs a source.", by=room.coordinator)
    assert (returned.state, returned.return_reason) == (ResponseState.RETURNED, "1.1 needs a source.")
    assert not GovernanceScore.objects.filter(group="team", code="1.1", mean__isnull=False).exists()
    again = submit_response(response=returned, by=room.lead)
    assert (again.state, again.return_reason) == (ResponseState.SUBMITTED, "")


def test_every_step_of_a_review_is_kept_with_who_and_why():
    room = assessment()
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    return_response(response=room.team, reason="1.1 needs a source.", by=room.coordinator)
    submit_response(response=room.team, by=room.lead)
    approve_response(response=room.team, by=room.coordinator)
    with pytest.raises(ResponseClosed):
        approve_response(response=room.team, by=room.coordinator)
    return_response(response=room.team, reason="The council asks again.", by=room.coordinator)
    steps = [(step.action, step.by, step.reason) for step in review_steps(response=room.team)]
    assert steps == [
        ("sent", room.lead, ""),
        ("returned", room.coordinator, "1.1 needs a source."),
        ("sent", room.lead, ""),
        ("approved", room.coordinator, ""),
        ("reopened", room.coordinator, "The council asks again."),
    ]
    assert last_round(response=room.team) == room.team.review_steps.last().at


def test_only_what_was_sent_is_returned_or_approved():
    room = assessment()
    with pytest.raises(ResponseClosed):
        return_response(response=room.team, reason="Why", by=room.coordinator)
    with pytest.raises(ResponseClosed):
        approve_response(response=room.team, by=room.coordinator)
    room.answer_all(room.team)
    submit_response(response=room.team, by=room.lead)
    assert approve_response(response=room.team, by=room.coordinator).state == ResponseState.APPROVED


def test_every_accepted_change_stays_in_the_history():
    room = assessment()
    for version, words in enumerate(["One.", "One two.", "One two three."], start=1):
        save(room.team, room.lead, text(words, version=version))
    kept = AnswerRevision.objects.order_by("version").values_list("values__explanation", flat=True)
    assert list(kept) == ["One.", "One two.", "One two three."]
