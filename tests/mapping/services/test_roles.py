"""Giving and taking roles, and the invitations to them."""

import datetime as dt

import pytest
from django.utils import timezone

from cohes3ion.accounts.models import User
from mapping.enums import Role
from mapping.models import Membership, RoleChange, RoleInvitation
from mapping.services.role_invitations import (
    AlreadyInvited,
    LinkExpired,
    OtherPerson,
    accept,
    accept_as_new,
    invite,
    renew,
    withdraw,
)
from mapping.services.roles import HasRole, LastOfRole, OwnRole, give_role, take_role
from tests.factories.mapping import RegionMapFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    return RegionMapFactory()


def place(region_map, role: str = Role.CONTRIBUTOR) -> dict:
    whole = role in (Role.COORDINATOR, Role.FACILITATOR, Role.OBSERVER)
    region = None if whole else region_map.region
    return {"role": role, "project": region_map.exercise.project, "region": region, "unit": None}


def steps() -> list[tuple[str, str]]:
    return list(RoleChange.objects.order_by("pk").values_list("step", "person"))


def test_each_step_is_kept_with_who_and_where(region_map):
    lead, person = member(Role.REGIONAL_LEAD, region_map), UserFactory(name="Anna")
    given = give_role(user=person, place=place(region_map), by=lead)
    take_role(membership=given, by=lead)
    assert steps() == [("given", "Anna"), ("taken", "Anna")]
    change = RoleChange.objects.first()
    assert (change.by, change.user, change.place) == (lead, person, region_map.region.name)
    assert not Membership.objects.filter(user=person).exists()


def test_nobody_gives_or_takes_an_own_role(region_map):
    lead = member(Role.REGIONAL_LEAD, region_map)
    with pytest.raises(OwnRole):
        give_role(user=lead, place=place(region_map), by=lead)
    with pytest.raises(OwnRole):
        take_role(membership=lead.memberships.get(), by=lead)
    with pytest.raises(OwnRole):
        invite(email=lead.email, language="en", place=place(region_map), by=lead)
    assert steps() == []


@pytest.mark.parametrize("role", [Role.REGIONAL_LEAD, Role.COORDINATOR])
def test_the_last_one_stays(region_map, role):
    last, by = member(role, region_map), UserFactory()
    with pytest.raises(LastOfRole):
        take_role(membership=last.memberships.get(), by=by)
    member(role, region_map)
    take_role(membership=last.memberships.get(), by=by)
    assert Membership.objects.filter(role=role).count() == 1


def test_a_role_is_held_once(region_map):
    person, by = member(Role.CONTRIBUTOR, region_map), UserFactory()
    with pytest.raises(HasRole):
        give_role(user=person, place=place(region_map), by=by)
    with pytest.raises(HasRole):
        invite(email=person.email, language="en", place=place(region_map), by=by)


def test_p69_an_invitation_works_once_and_only_for_its_address(region_map):
    lead, person = member(Role.REGIONAL_LEAD, region_map), UserFactory()
    invitation, token = invite(email=person.email, language="en", place=place(region_map), by=lead)
    assert token not in str(RoleInvitation.objects.values())
    with pytest.raises(AlreadyInvited):
        invite(email=person.email, language="en", place=place(region_map), by=lead)
    with pytest.raises(OtherPerson):
        accept(invitation=invitation, user=UserFactory())
    membership = accept(invitation=invitation, user=person)
    assert (membership.user, membership.role, membership.given_by) == (person, "contributor", lead)
    with pytest.raises(LinkExpired):
        accept(invitation=invitation, user=person)
    assert [step for step, _person in steps()] == ["invited", "accepted"]


def test_p69_negative_control_an_invitation_that_forgets_it_was_used(region_map):
    lead, person = member(Role.REGIONAL_LEAD, region_map), UserFactory()
    invitation, _token = invite(email=person.email, language="en", place=place(region_map), by=lead)
    accept(invitation=invitation, user=person).delete()
    RoleInvitation.objects.update(accepted_at=None)
    assert accept(invitation=invitation, user=person).role == "contributor"


def test_a_new_person_gets_account_and_role_together(region_map):
    lead = member(Role.REGIONAL_LEAD, region_map)
    invitation, _token = invite(email="new@test.invalid", language="el", place=place(region_map), by=lead)
    user = accept_as_new(invitation=invitation, name="Νέα", password="a long enough phrase")
    assert (user.language, user.memberships.get().role) == ("el", "contributor")
    with pytest.raises(LinkExpired):
        accept_as_new(invitation=invitation, name="Again", password="another long phrase")
    assert User.objects.filter(email="new@test.invalid").count() == 1


@pytest.mark.parametrize("end", ["withdrawn", "expired", "renewed"])
def test_p69_a_link_that_ended_gives_nothing(region_map, end):
    lead, person = member(Role.REGIONAL_LEAD, region_map), UserFactory()
    invitation, _token = invite(email=person.email, language="en", place=place(region_map), by=lead)
    if end == "withdrawn":
        withdraw(invitation=invitation, by=lead)
    elif end == "expired":
        past = timezone.now() - dt.timedelta(seconds=1)
        RoleInvitation.objects.update(expires_at=past)
    else:
        renew(invitation=RoleInvitation.objects.get())
    with pytest.raises(LinkExpired):
        accept(invitation=invitation, user=person)
    assert not person.memberships.exists()
