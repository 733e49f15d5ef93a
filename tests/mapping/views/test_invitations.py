"""A person opens an invitation to a role."""

import pytest
from django.test import Client

from cohes3ion.accounts.models import Mail, User
from mapping.enums import Role
from mapping.models import Membership, RoleInvitation
from mapping.services.role_invitations import invite
from tests.factories.mapping import RegionMapFactory, UserFactory, member

pytestmark = pytest.mark.django_db
PHRASE = "a long enough phrase"


@pytest.fixture
def region_map():
    return RegionMapFactory()


def invited(region_map, email: str = "new@test.invalid") -> str:
    """The address of the page."""
    place = {"role": Role.CONTRIBUTOR, "project": region_map.exercise.project, "region": region_map.region}
    lead = member(Role.REGIONAL_LEAD, region_map)
    _row, token = invite(email=email, language="en", place={**place, "unit": None}, by=lead)
    return f"/join/{token}/"


def test_a_new_person_sets_name_and_password_and_has_the_role(region_map):
    address, client = invited(region_map), Client()
    for _scanner in range(2):
        assert Client().get(address).status_code == Client().head(address).status_code == 200
    assert RoleInvitation.objects.get().accepted_at is None
    reply = client.post(f"{address}new/", {"name": " Zoë  Ñandú ", "password": PHRASE})
    assert (reply.status_code, reply["Location"]) == (302, "/workspace/")
    person = User.objects.get(email="new@test.invalid")
    assert (person.name, person.check_password(PHRASE)) == ("Zoë Ñandú", True)
    assert region_map.region.name in client.get("/workspace/").content.decode()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("password", ["", "short", "password1234", "new@test.invalid"])
def test_a_weak_password_is_said_at_the_field_and_the_link_still_works(region_map, password):
    address = invited(region_map)
    reply = Client().post(f"{address}new/", {"name": "Anna", "password": password})
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, ["password"])
    assert 'value="Anna"' in reply.content.decode()
    assert not User.objects.filter(email="new@test.invalid").exists()
    assert Client().get(address).status_code == 200


def test_somebody_with_an_account_signs_in_and_presses_the_button(region_map):
    person = UserFactory(email="anna@test.invalid")
    address, client = invited(region_map, person.email), Client()
    assert "Sign in" in client.get(address).content.decode()
    assert client.post(f"{address}new/", {"name": "Thief", "password": PHRASE}).status_code == 404
    assert client.post(f"{address}accept/").status_code == 200
    assert not person.memberships.exists()
    client.force_login(person)
    assert client.get(address).status_code == 200
    assert client.post(f"{address}accept/").status_code == 302
    assert person.memberships.get().role == "contributor"
    assert client.post(f"{address}accept/").status_code == 404


def test_p69_another_signed_in_person_is_refused_and_learns_no_name(region_map):
    address, client = invited(region_map, "secret@test.invalid"), Client()
    client.force_login(UserFactory())
    for reply in (
        client.get(address),
        client.post(f"{address}accept/"),
        client.post(f"{address}new/", {"name": "A", "password": PHRASE}),
    ):
        assert reply.status_code == 403
        assert "secret@test.invalid" not in reply.content.decode()
    assert RoleInvitation.objects.get().accepted_at is None


def test_every_link_that_opens_nothing_looks_alike(region_map):
    person = UserFactory(email="anna@test.invalid")
    with_account, without = invited(region_map, person.email), invited(region_map)
    RoleInvitation.objects.update(revoked_at="2026-01-01T00:00Z")
    links = (with_account, without, "/join/altered/", f"{without[:-2]}/")
    pages = {Client().get(link).content.partition(b"<main")[2].partition(b"</main>")[0] for link in links}
    assert len(pages) == 1
    assert b"This link has expired" in pages.pop()


def test_p69_a_password_reset_opens_no_invitation(region_map):
    """The invitation alone makes the account: there is none before that a reset could open."""
    invited(region_map)
    Client().post("/accounts/password/reset/", {"email": "new@test.invalid"})
    assert not User.objects.filter(email="new@test.invalid").exists()
    assert "password/reset/key" not in Mail.objects.get(kind="account").text
    assert not Membership.objects.filter(role="contributor").exists()
