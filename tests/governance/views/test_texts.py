"""A stakeholder with an account names areas of improvement and comments."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohes3ion.lib.versions import text_version
from governance.enums import ResponseState
from governance.models import PressingArea, Response
from mapping.enums import MapState
from mapping.models import RegionMap
from tests.factories.assessment import Assessment, assessment
from tests.factories.mapping import UnitFactory

pytestmark = pytest.mark.django_db

SCRIPT = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def room() -> Assessment:
    return assessment()


def address(room: Assessment, action: str = "") -> str:
    return f"/workspace/responses/{room.of_stakeholder.pk}/texts/{action}"


def area(room: Assessment, text: str, *, before: str = "") -> dict[str, str]:
    return {
        "area_1": text,
        "theme_1": "E3",
        "version_area_1": str(text_version(before, "E3" if before else "")),
    }


def stored(room: Assessment) -> tuple[list[tuple[int, str, str]], str]:
    rows = PressingArea.objects.filter(response=room.of_stakeholder)
    comment = Response.objects.values_list("comment", flat=True).get(pk=room.of_stakeholder.pk)
    return list(rows.values_list("position", "text", "dimension")), comment


def test_a_stakeholder_names_areas_and_comments(client, room):
    client.force_login(room.stakeholder)
    assert address(room) in client.get(f"/workspace/responses/{room.of_stakeholder.pk}/").content.decode()
    reply = client.post(address(room, "save/"), area(room, "Meet more often"), **SCRIPT)
    assert (reply.status_code, reply["X-Version"]) == (200, str(text_version("Meet more often", "E3")))
    reply = client.post(
        address(room, "save/"), {"comment": "Well drawn.", "version_comment": text_version("")}
    )
    assert (reply.status_code, reply.url) == (302, f"/workspace/responses/{room.of_stakeholder.pk}/")
    assert stored(room) == ([(1, "Meet more often", "E3")], "Well drawn.")
    page = client.get(address(room)).content.decode()
    assert ("Meet more often" in page, "Well drawn." in page) == (True, True)


def test_a_text_of_another_window_is_shown_not_overwritten(client, room):
    client.force_login(room.stakeholder)
    client.post(address(room, "save/"), area(room, "First"))
    stale = client.post(address(room, "save/"), area(room, "Second"))
    page = stale.content.decode()
    assert (stale.status_code, "First" in page, "Second" in page) == (409, True, True)
    assert stored(room)[0] == [(1, "First", "E3")]
    client.post(address(room, "save/"), area(room, "Second", before="First"))
    assert stored(room)[0] == [(1, "Second", "E3")]


@pytest.mark.parametrize(
    "sent, status, words",
    [
        ({"comment": "Mine"}, 428, "out of date"),
        ({"area_1": "x" * 301, "version_area_1": text_version("", "")}, 422, "at most 300 characters"),
        ({"area_1": "x", "theme_1": "E99", "version_area_1": text_version("", "")}, 422, "not part of"),
        ({"comment": "a\x00b", "version_comment": text_version("")}, 422, "cannot be stored"),
    ],
)
def test_what_is_not_accepted_is_said_and_kept_on_the_page(client, room, sent, status, words):
    client.force_login(room.stakeholder)
    reply = client.post(address(room, "save/"), sent)
    assert (reply.status_code, words in reply.content.decode()) == (status, True)
    assert stored(room) == ([], "")


def test_after_sending_the_text_is_given_back_for_copying(client, room):
    Response.objects.filter(pk=room.of_stakeholder.pk).update(state=ResponseState.SUBMITTED)
    client.force_login(room.stakeholder)
    reply = client.post(address(room, "save/"), area(room, "Too late"))
    assert (reply.status_code, "Too late" in reply.content.decode()) == (409, True)
    assert stored(room) == ([], "")
    assert "<textarea" not in client.get(address(room)).content.decode()


def test_after_sending_the_page_says_what_changed_on_the_map(client, room):
    consultation = RegionMap.objects.filter(pk=room.region_map.pk)
    consultation.update(state=MapState.CONSULTATION)
    sent = Response.objects.filter(pk=room.of_stakeholder.pk)
    sent.update(state=ResponseState.SUBMITTED, submitted_at=timezone.now())
    UnitFactory(region_map=room.region_map, name="Radom")
    client.force_login(room.stakeholder)
    page = client.get(address(room)).content.decode()
    assert ("1 row of the map changed since you answered" in page, "Radom" in page) == (True, True)


def test_who_may_read_and_who_may_write(client, room):
    other = assessment()
    for person in (room.coordinator, room.lead, room.contributor, room.observer, other.stakeholder):
        client.force_login(person)
        assert client.get(address(room)).status_code == 404
        assert client.post(address(room, "save/"), area(room, "Mine")).status_code == 404
    client.force_login(room.facilitator)
    assert client.get(address(room)).status_code == 200
    assert client.post(address(room, "save/"), area(room, "Mine")).status_code == 403
    assert stored(room) == ([], "")


def test_the_page_asks_the_same_number_of_queries(client, room):
    client.force_login(room.stakeholder)
    counts = []
    for position in (1, 2, 3):
        with CaptureQueriesContext(connection) as queries:
            client.get(address(room))
        counts.append(len(queries))
        PressingArea.objects.create(
            response=room.of_stakeholder, position=position, text="More", dimension="E1"
        )
    assert counts == [5, 5, 5]
