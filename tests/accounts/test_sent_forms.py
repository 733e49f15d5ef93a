"""A form of a page is one row, however often and however fast it is sent, without a script too (P07)."""

import re
import threading
from html import unescape
from multiprocessing.pool import ThreadPool

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from cohes3ion.accounts.models import AccessToken, KeptReply, User
from governance.models import Evidence, PersonalLink
from journeys.models import ActionPlan
from mapping.enums import Role
from mapping.models import Exercise, RegionMap
from tests.accounts.test_access_tokens import signed_in
from tests.factories.assessment import assessment
from tests.factories.governance import VersionFactory
from tests.factories.mapping import RegionMapFactory, member
from tests.governance.links import consulted_map
from tests.governance.views.test_stakeholders import form as invitation
from tests.governance.views.test_stakeholders import lead_of

TWICE = "This form was sent twice and counts once."


def token_in(page) -> str:
    """The token of the form for a new plan, as a browser without a script sends it."""
    form = page.content.decode().partition("/plans/add/")[2]
    return unescape(re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', form)[1])


@pytest.fixture
def desk(db):
    """Where plans are made, and a browser of the regional lead that must send the token."""
    region_map = RegionMapFactory()
    client = Client(enforce_csrf_checks=True)
    client.force_login(member(Role.REGIONAL_LEAD, region_map))
    return client, reverse("journeys:plan_workspace", args=[region_map.pk])


def send(desk, token, title="A plan"):
    client, address = desk
    return client.post(f"{address}add/", {"csrfmiddlewaretoken": token, "title": title})


def test_p07_a_form_sent_five_times_is_one_plan_and_one_way_on(desk):
    client, address = desk
    token = token_in(client.get(address))
    replies = [send(desk, token) for _time in range(5)]
    plan = ActionPlan.objects.get()
    way = reverse("journeys:plan_edit", args=[plan.pk])
    assert {(reply.status_code, reply["Location"]) for reply in replies} == {(302, way)}
    assert TWICE in client.get(way).content.decode()


def test_p07_negative_control_the_page_opened_again_makes_another_plan(desk):
    client, address = desk
    tokens = {token_in(client.get(address)) for _time in range(3)}
    assert {send(desk, token).status_code for token in tokens} == {302}
    assert (len(tokens), ActionPlan.objects.count()) == (3, 3)


def test_other_words_from_the_same_page_are_another_plan(desk):
    client, address = desk
    token = token_in(client.get(address))
    for title in ("A plan", "Another", "A plan"):
        send(desk, token, title)
    assert sorted(ActionPlan.objects.values_list("title", flat=True)) == ["A plan", "Another"]


def test_a_refusal_keeps_nothing_back(desk):
    client, address = desk
    token = token_in(client.get(address))
    assert [send(desk, token, "").status_code for _time in range(2)] == [422, 422]
    assert not KeptReply.objects.exists()
    assert send(desk, token).status_code == 302


def test_the_same_token_of_another_person_is_another_form(desk):
    client, address = desk
    token = get_random_string(64)
    other = Client()
    other.force_login(member(Role.REGIONAL_LEAD, RegionMap.objects.get()))
    for browser in (client, other):
        browser.handler.enforce_csrf_checks = False
        assert send((browser, address), token).status_code == 302
    assert ActionPlan.objects.count() == 2


def test_row_and_key_are_written_together_or_not_at_all(desk, monkeypatch):
    client, address = desk
    token = token_in(client.get(address))
    with monkeypatch.context() as patch:
        patch.setattr("cohes3ion.accounts.sent_forms._keep", lambda *parts: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            send(desk, token)
    assert (ActionPlan.objects.count(), KeptReply.objects.count()) == (0, 0)
    assert send(desk, token).status_code == 302


@pytest.mark.django_db
def test_p07_a_file_is_told_by_its_content():
    room, client, token = assessment(), Client(), get_random_string(64)
    client.force_login(room.lead)
    address = reverse("governance:evidence_add", args=[room.team.pk, "1.1"])
    for content in (b"one", b"one", b"two"):
        file = SimpleUploadedFile("notes.txt", content, content_type="text/plain")
        sent = {"csrfmiddlewaretoken": token, "kind": "file", "title": "Notes", "file": file}
        assert client.post(address, sent).status_code == 302
    assert Evidence.objects.count() == 2


@pytest.mark.django_db
def test_p07_what_is_shown_once_is_made_once_and_not_kept():
    client, person = signed_in()
    sent = {"csrfmiddlewaretoken": get_random_string(64), "name": "Reports", "days": "90"}
    first = client.post(reverse("accounts:token_create"), sent)
    second = client.post(reverse("accounts:token_create"), sent)
    assert (first.status_code, second.status_code, second["Location"]) == (200, 302, "/accounts/tokens/")
    assert first.context["token"] not in str(KeptReply.objects.values())
    assert AccessToken.objects.filter(user=person).count() == 1
    region_map = consulted_map()
    lead, address = lead_of(region_map), f"/workspace/maps/{region_map.pk}/stakeholders/"
    sent = {**invitation(), "csrfmiddlewaretoken": get_random_string(64)}
    replies = [lead.post(f"{address}invite/", sent) for _time in range(2)]
    assert [reply.status_code for reply in replies] == [200, 302]
    assert "is shown only once" in lead.get(replies[1]["Location"]).content.decode()
    assert PersonalLink.objects.count() == 1


@pytest.mark.django_db
def test_p07_a_round_made_twice_is_no_taken_name():
    region_map, version = RegionMapFactory(), VersionFactory(is_shipped=True)
    client = Client()
    client.force_login(member(Role.COORDINATOR, region_map))
    address = reverse("governance:round_create", args=[region_map.exercise.project.slug])
    sent = {"name": "Two", "slug": "two", "questionnaire": version.pk, "time_zone": "UTC"}
    sent["csrfmiddlewaretoken"] = get_random_string(64)
    assert [client.post(address, sent).status_code for _time in range(2)] == [302, 302]
    assert Exercise.objects.filter(slug="two").count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False], ids=["one form", "negative control: five pages"])
def test_p07_five_sendings_at_the_same_instant(same):
    """SQLite has one writer: there they come one after the other anyway."""
    region_map = RegionMapFactory()
    person = member(Role.REGIONAL_LEAD, region_map)
    address = reverse("journeys:plan_add", args=[region_map.pk])
    tokens = [get_random_string(64) for _number in range(5)]
    clients = [Client() for _number in range(5)]
    for client in clients:
        client.force_login(User.objects.get(pk=person.pk))
    together = threading.Barrier(5)

    def click(number: int) -> str:
        together.wait(20)
        sent = {"csrfmiddlewaretoken": tokens[0 if same else number], "title": "A plan"}
        place = clients[number].post(address, sent)["Location"]
        connection.close()
        return place

    with ThreadPool(5) as people:
        places = people.map(click, range(5))
    assert (ActionPlan.objects.count(), len(set(places))) == ((1, 1) if same else (5, 5))
