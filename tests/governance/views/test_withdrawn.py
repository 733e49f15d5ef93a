"""A role that was taken away ends the writing at once, a stakeholder's too; the text stays to copy (B100)."""

import pytest
from django.test import Client

from cohes3ion.lib.versions import text_version
from governance.models import Answer, Comment, PressingArea, Response
from governance.selectors.responses import find_response
from governance.selectors.threads import people_of
from mapping.models import Membership
from mapping.services.roles import take_role
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import RegionMapFactory
from tests.factories.rooms import open_room

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}
LEVEL = {"level": "4", "version_level": "1", "explanation": "Two hours of work", "version_explanation": "1"}
AREA = {"area_1": "Meet more often", "theme_1": "E3", "version_area_1": str(text_version("", ""))}
TAKEN = "Your role was taken away, so this was not saved"


@pytest.fixture
def room() -> Assessment:
    return assessment()


@pytest.fixture
def person(client, room) -> Client:
    client.force_login(room.stakeholder)
    return client


def taken(room: Assessment) -> Membership:
    """The lead takes it, as on *People and roles*."""
    seat = room.stakeholder.memberships.get()
    lead = Client()
    lead.force_login(room.lead)
    project = room.region_map.exercise.project.slug
    assert lead.post(f"/workspace/people/{project}/roles/{seat.pk}/take/").status_code == 302
    return seat


def written() -> int:
    """Answers with something in them, areas and comments."""
    answers = Answer.objects.exclude(level=None, explanation="")
    return answers.count() + PressingArea.objects.count() + Comment.objects.count()


def given_back(seat: Membership) -> None:
    seat.pk = None
    seat.save(force_insert=True)


def at(room: Assessment, action: str = "") -> str:
    return f"/workspace/responses/{room.of_stakeholder.pk}/{action}"


@pytest.mark.parametrize("headers", [{}, SCRIPT])
@pytest.mark.parametrize(
    ("action", "sent", "text"),
    [
        ("1.1/save/", LEVEL, "Two hours of work"),
        ("texts/save/", AREA, "Meet more often"),
        ("1.1/threads/", {"text": "Why is that so?"}, "Why is that so?"),
    ],
)
def test_a_save_is_403_with_the_text(person, room, headers, action, sent, text):
    seat = taken(room)
    reply = person.post(at(room, action), sent, headers=headers)
    page = reply.content.decode()
    assert (reply.status_code, TAKEN in page, text in page) == (403, True, True)
    assert written() == 0
    given_back(seat)
    assert person.post(at(room, action), sent, headers=headers).status_code in (200, 302)
    assert written() == 1


@pytest.mark.parametrize("action", ["", "1.1/", "1.1/history/", "check/", "texts/"])
def test_a_page_is_404(person, room, action):
    person.post(at(room, "1.1/save/"), LEVEL)
    assert person.get(at(room, action)).status_code == 200
    seat = taken(room)
    assert person.get(at(room, action)).status_code == 404
    given_back(seat)
    assert person.get(at(room, action)).status_code == 200


def test_nothing_is_sent_and_what_was_said_stays(person, room):
    """The round still counts one who was asked and has not sent; the facilitator reads what was written."""
    room.answer_all(room.of_stakeholder)
    seat = taken(room)
    assert person.post(at(room, "submit/")).status_code == 404
    row = Response.objects.get(pk=room.of_stakeholder.pk)
    assert (row.state, row.answers.count(), row.respondent) == ("draft", 1, room.stakeholder)
    facilitator = Client()
    facilitator.force_login(room.facilitator)
    assert facilitator.get(at(room, "1.1/")).status_code == 200
    given_back(seat)
    assert person.post(at(room, "submit/")).status_code == 302
    taken(room)
    assert Response.objects.submitted().filter(pk=room.of_stakeholder.pk).exists()
    assert facilitator.get(at(room)).status_code == 200


def test_a_role_in_another_region_or_of_another_kind_does_not_do(person, room):
    taken(room)
    project = room.region_map.exercise.project
    other = RegionMapFactory(exercise=room.region_map.exercise).region
    other.memberships.create(user=room.stakeholder, role="stakeholder", project=project)
    room.region_map.region.memberships.create(user=room.stakeholder, role="contributor", project=project)
    assert person.get(at(room)).status_code == 404
    assert person.post(at(room, "1.1/save/"), LEVEL).status_code == 403
    project.memberships.create(user=room.stakeholder, role="facilitator")
    assert person.get(at(room)).status_code == 200  # as every facilitator: reading
    for action, sent, text in [("1.1/save/", LEVEL, "Two hours"), ("texts/save/", AREA, "Meet more")]:
        reply = person.post(at(room, action), sent)
        assert (reply.status_code, text in reply.content.decode()) == (403, True)
    assert written() == 0


def test_nobody_else_learns_that_there_is_such_a_response(client, room):
    """Who lost another role there finds nothing, as before."""
    take_role(membership=room.contributor.memberships.get(), by=room.lead)
    client.force_login(room.contributor)
    for action, sent in [("1.1/save/", LEVEL), ("texts/save/", AREA)]:
        assert client.post(at(room, action), sent).status_code == 404


def test_the_list_of_who_can_be_named_and_my_work_follow(person, room):
    def named() -> bool:
        response = find_response(pk=room.of_stakeholder.pk, user=room.facilitator)
        return room.stakeholder.pk in [row.pk for row in people_of(response=response)]

    def listed() -> bool:
        return at(room) in person.get("/workspace/").content.decode()

    assert (named(), listed()) == (True, True)
    seat = taken(room)
    assert (named(), listed()) == (False, False)
    given_back(seat)
    assert (named(), listed()) == (True, True)


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_the_value_of_a_contributor_is_403_with_the_text(client, headers):
    room = open_room()
    client.force_login(room.contributor)
    address = f"/workspace/responses/{room.response.pk}/1.7/value/"
    sent = {"value": "Two hours of work", "version_value": "1"}
    take_role(membership=room.contributor.memberships.get(), by=room.lead)
    reply = client.post(address, sent, headers=headers)
    page = reply.content.decode()
    assert (reply.status_code, TAKEN in page, "Two hours of work" in page) == (403, True, True)
    assert not Answer.objects.exists()


def test_the_api_follows_the_same_rule(person, room):
    api = f"/api/v1/responses/{room.of_stakeholder.pk}/"

    def write() -> int:
        tag = '"value.1"'
        more = {"content_type": "application/json", "headers": {"If-Match": tag}}
        return person.patch(f"{api}answers/1.1/", {"value": 4}, **more).status_code

    seat = taken(room)
    assert (person.get(api).status_code, write(), Answer.objects.exists()) == (404, 404, False)
    given_back(seat)
    assert (person.get(api).json()["may_fill_in"], write(), Answer.objects.exists()) == (True, 200, True)
