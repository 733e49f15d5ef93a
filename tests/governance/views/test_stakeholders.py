"""The regional lead invites stakeholders."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cohes3ion.accounts.delivery import deliver_due
from cohes3ion.accounts.models import Mail
from cohes3ion.lib.tokens import token_hash
from governance.models import PersonalLink, Response
from mapping.enums import Role
from tests.factories.governance import ResponseFactory
from tests.factories.mapping import RegionMapFactory, UserFactory, member
from tests.governance.links import answer_all, consulted_map, invited, started, version_of

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def lead_of(region_map) -> Client:
    return signed_in(member(Role.REGIONAL_LEAD, region_map))


def form(**values: str) -> dict[str, str]:
    day = (timezone.localdate() + dt.timedelta(days=10)).isoformat()
    given = {"organisation": "Baltic Robotics", "helix": "business", "language": "en", "email": ""}
    return {**given, "valid_until": day, **values}


def address_in(reply) -> str:
    """The personal link as the page shows it, without the host."""
    page = reply.content.decode()
    return page.partition('value="http://testserver')[2].partition('"')[0]


def test_the_address_is_shown_once_and_works():
    region_map = consulted_map()
    client = lead_of(region_map)
    reply = client.post(f"/workspace/maps/{region_map.pk}/stakeholders/invite/", form())
    address = address_in(reply)
    token = address.split("/")[2]
    assert PersonalLink.objects.get().token_hash == token_hash(token)
    assert Response.objects.get().label == "Baltic Robotics"
    assert Client().get(address).status_code == 200
    page = client.get(f"/workspace/maps/{region_map.pk}/stakeholders/").content.decode()
    assert "Baltic Robotics" in page
    assert token not in page
    assert not Mail.objects.exists()


def test_an_invitation_is_mailed_in_the_language_of_the_person():
    region_map = consulted_map()
    values = form(language="el", email="info@robotics.invalid", organisation="Ρομποτική <b>& Υιοί</b>")
    reply = lead_of(region_map).post(f"/workspace/maps/{region_map.pk}/stakeholders/invite/", values)
    assert deliver_due() == 1
    sent = mail.outbox[0]
    assert (sent.to, sent.content_subtype) == (["info@robotics.invalid"], "plain")
    assert f"http://testserver{address_in(reply)}" in sent.body
    assert "Ρομποτική <b>& Υιοί</b>" in sent.body
    assert "<b>& Υιοί" not in reply.content.decode()


def test_a_second_link_for_the_same_organisation_is_refused():
    region_map = consulted_map()
    invited(region_map, email="a@example.invalid")
    client = lead_of(region_map)
    for values in (
        form(organisation="baltic  ROBOTICS"),
        form(organisation="Other", email="A@example.invalid"),
    ):
        reply = client.post(f"/workspace/maps/{region_map.pk}/stakeholders/invite/", values)
        assert reply.status_code == 422
        assert "There is already a link for Baltic Robotics" in reply.content.decode()
    assert PersonalLink.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"organisation": ""},
        {"organisation": " \u200b "},
        {"organisation": "a\x00b"},
        {"organisation": "x" * 201},
        {"helix": "aliens"},
        {"language": "xx"},
        {"email": "nobody"},
        {"email": "a@b.invalid\nBcc: c@d.invalid"},
        {"valid_until": ""},
        {"valid_until": "2020-01-01"},
        {"valid_until": "9999-12-31"},
        {"valid_until": "tomorrow"},
    ],
)
def test_bad_input_is_refused_and_kept(values):
    region_map = consulted_map()
    reply = lead_of(region_map).post(f"/workspace/maps/{region_map.pk}/stakeholders/invite/", form(**values))
    assert reply.status_code == 422
    assert "There is a problem" in reply.content.decode()
    assert not PersonalLink.objects.exists()


def test_nobody_is_invited_after_the_consultation():
    region_map = consulted_map(state="adopted", adopted_on=dt.date(2026, 1, 1), adopted_by="Council")
    client = lead_of(region_map)
    assert (
        "Make a personal link"
        not in client.get(f"/workspace/maps/{region_map.pk}/stakeholders/").content.decode()
    )
    reply = client.post(f"/workspace/maps/{region_map.pk}/stakeholders/invite/", form())
    assert (reply.status_code, PersonalLink.objects.count()) == (422, 0)


def test_a_link_is_taken_back():
    region_map = consulted_map()
    link, address = invited(region_map)
    client = lead_of(region_map)
    assert client.post(f"/workspace/maps/{region_map.pk}/stakeholders/{link.pk}/revoke/").status_code == 302
    assert Client().get(address).status_code == 404
    assert not Response.objects.exists()
    assert "Taken back" in client.get(f"/workspace/maps/{region_map.pk}/stakeholders/").content.decode()


def test_a_link_of_another_map_is_not_found():
    region_map = consulted_map()
    link, _address = invited(consulted_map())
    reply = lead_of(region_map).post(f"/workspace/maps/{region_map.pk}/stakeholders/{link.pk}/revoke/")
    assert (reply.status_code, PersonalLink.objects.get().revoked_at) == (404, None)


def test_the_lead_never_sees_a_rating():
    region_map = consulted_map()
    _link, address = invited(region_map)
    stakeholder = started(address)
    answer_all(stakeholder, address)
    stakeholder.post(f"{address}send/")
    client = lead_of(region_map)
    page = client.get(f"/workspace/maps/{region_map.pk}/stakeholders/").content.decode()
    assert "Answers sent" in page
    assert "Largely" not in page
    assert client.get(f"/workspace/responses/{Response.objects.get().pk}/").status_code == 404
    assert "Largely" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 404),
        (Role.OBSERVER, 403),
        (Role.UNIT_CONTACT, 403),
        (Role.CONTRIBUTOR, 403),
        (Role.COORDINATOR, 403),
        (Role.FACILITATOR, 403),
        (Role.REGIONAL_LEAD, 200),
    ],
)
def test_only_the_regional_lead_invites(role, status):
    region_map = consulted_map()
    client = signed_in(member(role, region_map) if role else UserFactory())
    address = f"/workspace/maps/{region_map.pk}/stakeholders/"
    assert client.get(address).status_code == status
    assert client.post(f"{address}invite/", form()).status_code == status


def test_a_lead_of_another_region_finds_nothing():
    region_map = consulted_map()
    other = RegionMapFactory(exercise=region_map.exercise)
    assert lead_of(other).get(f"/workspace/maps/{region_map.pk}/stakeholders/").status_code == 404


def test_visitors_are_asked_to_sign_in():
    region_map = consulted_map()
    reply = Client().get(f"/workspace/maps/{region_map.pk}/stakeholders/")
    assert (reply.status_code, reply["Location"].startswith("/accounts/login/")) == (302, True)


@pytest.mark.parametrize("size", [1, 6])
def test_the_list_asks_the_same_number_of_questions(size, django_assert_num_queries):
    region_map = consulted_map()
    for number in range(size):
        _link, address = invited(region_map, organisation=f"Organisation {number}")
        started(address)
        fields = {"region_map": region_map, "questionnaire_version": version_of(region_map)}
        ResponseFactory(group="stakeholder", state="submitted", **fields)
    client = lead_of(region_map)
    with django_assert_num_queries(6):  # session, user, map, roles, links, others
        page = client.get(f"/workspace/maps/{region_map.pk}/stakeholders/").content.decode()
    assert f"{size} of {2 * size} sent" in page
