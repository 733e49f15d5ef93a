"""A stakeholder with an account: the form of the organisation under My work, from the consultation on."""

import pytest
from django.test import Client

from governance.models import Response
from governance.services.invitations import revoke_link
from governance.services.maps import open_consultation
from mapping.enums import Role
from tests.factories.mapping import RegionMapFactory, member
from tests.governance.links import consulted_map, invited, started

pytestmark = pytest.mark.django_db


def pages_of(person):
    client = Client()
    client.force_login(person)
    response = Response.objects.get()
    page = client.get("/workspace/").content.decode()
    question = f"/workspace/responses/{response.pk}/1.1/"
    return f"/workspace/responses/{response.pk}/" in page, client.get(question).status_code


@pytest.mark.parametrize("role, found", [(Role.STAKEHOLDER, True), (Role.CONTRIBUTOR, False)])
def test_the_address_and_the_role_together_lead_to_the_form(role, found):
    region_map = consulted_map()
    person = member(role, region_map)
    invited(region_map, email=person.email.upper())
    assert Response.objects.get().respondent == (person if found else None)
    assert pages_of(person) == ((True, 200) if found else (False, 404))


def test_neither_a_role_elsewhere_nor_another_address_does():
    region_map = consulted_map()
    elsewhere = member(Role.STAKEHOLDER, RegionMapFactory())
    member(Role.STAKEHOLDER, region_map)
    invited(region_map, email=elsewhere.email)
    invited(region_map, organisation="Without an address")
    assert set(Response.objects.values_list("respondent", flat=True)) == {None}


def test_who_was_invited_before_gets_it_when_the_consultation_opens():
    region_map = consulted_map(state="draft")
    person = member(Role.STAKEHOLDER, region_map)
    invited(region_map, email=person.email)
    assert Response.objects.get().respondent is None
    open_consultation(region_map=region_map, expected=region_map.version, by=None)
    assert Response.objects.get().respondent == person
    assert pages_of(person) == (True, 200)


def test_taking_the_link_back_takes_the_form_back():
    region_map = consulted_map()
    person = member(Role.STAKEHOLDER, region_map)
    link, address = invited(region_map, email=person.email)
    started(address)
    revoke_link(link=link)
    assert Response.objects.get().respondent is None
    assert pages_of(person) == (False, 404)


def test_what_was_sent_stays_with_its_person():
    region_map = consulted_map()
    person = member(Role.STAKEHOLDER, region_map)
    link, _address = invited(region_map, email=person.email)
    Response.objects.update(state="submitted")
    revoke_link(link=link)
    assert Response.objects.get().respondent == person
