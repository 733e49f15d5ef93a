"""Before and after a visit: who writes what, field by field, and nothing that was typed is lost."""

import pytest
from django.urls import reverse

from governance.models import AreaOfImprovement
from journeys.models import Takeaway, VisitQuestion
from mapping.enums import Role
from tests.factories.exchange import (
    JourneyFactory,
    PracticeFactory,
    TakeawayFactory,
    VisitFactory,
    VisitQuestionFactory,
)
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def visit():
    return VisitFactory(journey=JourneyFactory(published_at=None))


@pytest.fixture
def guest_map(visit):
    """The map of a region that takes part in the visit."""
    return RegionMapFactory(exercise=visit.journey.exercise)


@pytest.fixture
def guest(client, guest_map):
    person = member(Role.CONTRIBUTOR, guest_map)
    client.force_login(person)
    return person


def address(name, *args):
    return reverse(f"journeys:{name}", args=args)


def test_a_region_asks_and_only_the_host_answers(client, visit, guest_map, guest):
    reply = client.post(
        address("visit_question_add", visit.pk, guest_map.region_id), {"text": "Who pays for it?"}
    )
    question = VisitQuestion.objects.get()
    assert reply.url == address("visit_exchange", visit.pk) + f"#question-{question.pk}"
    answer = {"answer": "The province.", "version_answer": "1"}
    assert client.post(address("visit_question_save", question.pk, "answer"), answer).status_code == 403
    host = RegionMapFactory(exercise=visit.journey.exercise, region=visit.host)
    client.force_login(member(Role.REGIONAL_LEAD, host))
    assert client.post(address("visit_question_save", question.pk, "text"), {"text": "x"}).status_code == 403
    assert client.post(address("visit_question_save", question.pk, "answer"), answer).status_code == 302
    question.refresh_from_db()
    assert (question.text, question.answer) == ("Who pays for it?", "The province.")
    assert "The province." in client.get(address("visit_exchange", visit.pk)).content.decode()


def test_nobody_asks_the_own_region_or_for_another(client, visit, guest_map, guest):
    other = RegionMapFactory(exercise=visit.journey.exercise)
    for region, status in ((other.region_id, 403), (RegionMapFactory().region_id, 404)):
        reply = client.post(address("visit_question_add", visit.pk, region), {"text": "Why?"})
        assert reply.status_code == status
    host = RegionMapFactory(exercise=visit.journey.exercise, region=visit.host)
    client.force_login(member(Role.CONTRIBUTOR, host))
    reply = client.post(address("visit_question_add", visit.pk, visit.host_id), {"text": "Why?"})
    assert (reply.status_code, VisitQuestion.objects.count()) == (404, 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [("", "Write your question."), ("  \u200b ", "Write"), ("x" * 2001, "Shorten this to 2000 characters")],
)
def test_a_question_that_is_none_is_refused_with_what_was_typed(
    client, visit, guest_map, guest, typed, words
):
    reply = client.post(address("visit_question_add", visit.pk, guest_map.region_id), {"text": typed})
    assert (reply.status_code, words in reply.content.decode()) == (422, True)
    assert typed in reply.content.decode()


def test_a_takeaway_is_written_field_by_field(client, visit, guest_map, guest):
    area = AreaOfImprovement.objects.create(region_map=guest_map, text="Meet more often")
    practice = PracticeFactory(region=visit.host)
    client.post(address("takeaway_add", visit.pk, guest_map.pk), {"learned": "Go where people are"})
    row = Takeaway.objects.get()
    sent = {"field": "area_id", "area_id": area.pk, "version_area_id": "1"}
    saved = client.post(address("takeaway_save", row.pk), sent, headers={"HX-Request": "true"})
    assert (saved.status_code, saved["X-Version"]) == (200, "2")
    page = {
        "learned": row.learned,
        "was_learned": row.learned,
        "version_learned": "1",
        "will_do": "Hire a bus",
        "was_will_do": "",
        "version_will_do": "1",
        "area_id": area.pk,
        "was_area_id": str(area.pk),
        "version_area_id": "2",
        "practice_id": practice.pk,
        "was_practice_id": "",
        "version_practice_id": "1",
        "is_released": "on",
        "was_is_released": "",
        "version_is_released": "1",
    }
    assert client.post(address("takeaway_save", row.pk), page).status_code == 302
    row.refresh_from_db()
    assert (row.will_do, row.area, row.practice, row.is_released) == ("Hire a bus", area, practice, True)
    assert row.version == 5, "what was left alone is not written"


def test_two_people_on_one_takeaway_see_both_texts(client, guest, guest_map, visit):
    row = TakeawayFactory(visit=visit, region_map=guest_map, learned="At first")
    send = address("takeaway_save", row.pk)
    client.post(send, {"learned": "From a colleague", "version_learned": "1"})
    reply = client.post(send, {"learned": "Mine, typed long", "version_learned": "1"})
    page = reply.content.decode()
    assert (reply.status_code, "From a colleague" in page, "Mine, typed long" in page) == (409, True, True)
    both = {"field": "learned", "learned": "Mine, typed long", "version": "2", "choice": "both"}
    client.post(send, both)
    row.refresh_from_db()
    assert row.learned == "From a colleague\n\nMine, typed long"
    assert client.post(send, {"learned": "Without"}).status_code == 428


@pytest.mark.parametrize("field", ["area_id", "practice_id"])
def test_rows_of_others_cannot_be_linked(client, guest, guest_map, visit, field):
    row = TakeawayFactory(visit=visit, region_map=guest_map)
    foreign = {
        "area_id": AreaOfImprovement.objects.create(region_map=RegionMapFactory(), text="Theirs").pk,
        "practice_id": PracticeFactory(state="draft", published_at=None).pk,
    }[field]
    reply = client.post(address("takeaway_save", row.pk), {field: foreign, f"version_{field}": "1"})
    row.refresh_from_db()
    assert (reply.status_code, row.area, row.practice) == (422, None, None)


def test_takeaways_of_another_region_are_read_and_not_written(client, guest, visit):
    other = TakeawayFactory(visit=visit, learned="They learned this")
    assert "They learned this" in client.get(address("visit_exchange", visit.pk)).content.decode()
    reply = client.post(address("takeaway_save", other.pk), {"learned": "x", "version_learned": "1"})
    assert reply.status_code == 403
    assert (
        client.post(address("takeaway_add", visit.pk, other.region_map_id), {"learned": "x"}).status_code
        == 403
    )


def test_what_was_chosen_stays_offered_when_it_is_no_longer_seen(client, guest, guest_map, visit):
    practice = PracticeFactory(state="draft", published_at=None, title="Taken back")
    row = TakeawayFactory(visit=visit, region_map=guest_map, practice=practice)
    page = {"practice_id": practice.pk, "was_practice_id": str(practice.pk), "version_practice_id": "1"}
    assert "Taken back" in client.get(address("visit_exchange", visit.pk)).content.decode()
    assert client.post(address("takeaway_save", row.pk), page).status_code == 302
    row.refresh_from_db()
    assert row.practice == practice


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_often_for_many_rows(
    client, guest, guest_map, visit, rows, django_assert_num_queries
):
    for _n in range(rows):
        area = AreaOfImprovement.objects.create(region_map=guest_map, text="Meet more often")
        TakeawayFactory(
            visit=visit, region_map=guest_map, area=area, practice=PracticeFactory(region=visit.host)
        )
        TakeawayFactory(visit=visit, practice=PracticeFactory(region=visit.host))
        VisitQuestionFactory(visit=visit, region=guest_map.region)
        VisitQuestionFactory(visit=visit, answer="Yes")
    with django_assert_num_queries(12):
        assert client.get(address("visit_exchange", visit.pk)).status_code == 200


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_what_is_typed_into_something_removed_comes_back(client, guest, guest_map, visit, headers):
    row = TakeawayFactory(visit=visit, region_map=guest_map)
    pk = row.pk
    client.post(address("learning_remove", "takeaway", pk), {"version": "1"})
    sent = {"will_do": "Typed for an hour", "version_will_do": "1"}
    reply = client.post(address("takeaway_save", pk), sent, headers=headers)
    assert (reply.status_code, "Typed for an hour" in reply.content.decode()) == (409, True)
    client.force_login(member(Role.REGIONAL_LEAD, RegionMapFactory()))
    assert client.post(address("takeaway_save", pk), sent, headers=headers).status_code == 404


def test_removing_asks_first_and_never_takes_what_changed_meanwhile(client, guest, guest_map, visit):
    row = TakeawayFactory(visit=visit, region_map=guest_map)
    page = client.get(address("learning_confirm", "takeaway", row.pk)).content.decode()
    assert "Remove this takeaway?" in page
    client.post(address("takeaway_save", row.pk), {"will_do": "More", "version_will_do": "1"})
    remove = address("learning_remove", "takeaway", row.pk)
    assert client.post(remove, {"version": "1"}).status_code == 409
    assert client.post(remove).status_code == 409
    assert client.post(remove, {"version": "2"}).url == address("visit_exchange", visit.pk)
    assert Takeaway.objects.count() == 0
    assert client.get(address("learning_confirm", "nothing", row.pk)).status_code == 404
