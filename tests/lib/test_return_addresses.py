"""A choice of language leads to a page, also after a refused form; no address answers with a white page."""

import html
import re

import pytest
from django.test import Client, RequestFactory
from django.urls import get_resolver

from cohes3ion.lib.return_addresses import return_address
from mapping.enums import Role
from tests.factories.mapping import CapabilityFactory, member

pytestmark = pytest.mark.django_db
CELL = "/workspace/capability/7/strength/"


@pytest.mark.parametrize(
    ("address", "came_from", "leads_to"),
    [
        (CELL, "http://testserver/workspace/maps/4/matrix/?q=a", "/workspace/maps/4/matrix/?q=a"),
        (CELL, "http://elsewhere.example/workspace/maps/4/matrix/", "/workspace/capability/7/"),
        (CELL, f"http://testserver{CELL}", "/workspace/capability/7/"),
        (CELL, "http://testserver//elsewhere.example/", "/workspace/capability/7/"),
        (CELL, "", "/workspace/capability/7/"),
        ("/workspace/maps/4/draft/comment/?x=1", "", "/workspace/maps/4/draft/"),
        ("/take-part/abc/comment/", "", "/take-part/abc/"),
        ("/nothing/here/", "", "/"),
        (
            "/accounts/login/?next=/workspace/",
            "http://testserver/regions/",
            "/accounts/login/?next=/workspace/",
        ),
    ],
)
def test_after_a_form_it_leads_to_a_page(address, came_from, leads_to):
    headers = {"Referer": came_from} if came_from else {}
    assert return_address(RequestFactory().post(address, headers=headers)) == leads_to


def test_a_page_leads_to_itself_wherever_one_came_from():
    asked = RequestFactory().get("/regions/?q=a&page=2", headers={"Referer": "http://testserver/"})
    assert return_address(asked) == "/regions/?q=a&page=2"
    nothing = RequestFactory().get("/nothing/here/", headers={"Referer": "http://testserver/"})
    assert return_address(nothing) == "/nothing/here/"


def test_choosing_a_language_on_a_conflict_without_a_script_leads_to_a_page(client):
    row = CapabilityFactory()
    client.force_login(member(Role.REGIONAL_LEAD, row.unit.region_map))
    there = f"/workspace/capability/{row.pk}/strength/"
    reply = client.post(there, {"strength": "5", "version": "99"})
    places = re.findall(r'name="next" value="([^"]*)"', reply.content.decode())
    assert (reply.status_code, set(places)) == (409, {f"/workspace/capability/{row.pk}/"})
    chosen = client.post(
        "/language/setlang/", {"language": "el", "next": html.unescape(places[0])}, follow=True
    )
    assert (chosen.status_code, 'lang="el"' in chosen.content.decode()) == (200, True)


def test_an_address_for_forms_is_a_page_that_leads_back(client):
    row = CapabilityFactory()
    client.force_login(member(Role.REGIONAL_LEAD, row.unit.region_map))
    there = f"/workspace/capability/{row.pk}/strength/"
    reply = client.get(there)
    page = reply.content.decode()
    assert (reply.status_code, reply["Allow"]) == (405, "POST")
    assert "This address takes what a form sends and has no page of its own. Nothing was changed." in page
    assert f'<a class="btn" href="/workspace/capability/{row.pk}/">' in page
    assert set(re.findall(r'name="next" value="([^"]*)"', page)) == {f"/workspace/capability/{row.pk}/"}
    assert client.head(there).content == b""


def test_programs_read_what_they_read_before():
    reply = Client().get("/api/v1/regions/")
    wrong = Client().post("/api/v1/regions/", {})
    assert (reply.status_code, wrong["Content-Type"]) == (200, "application/problem+json")


def patterns(resolver):
    for one in resolver.url_patterns:
        if hasattr(one, "url_patterns"):
            yield from patterns(one)
        else:
            yield one.callback


def test_every_view_that_writes_is_on_record():
    writing = [view for view in patterns(get_resolver()) if getattr(view, "permission", "")]
    assert len(writing) > 100
    assert [view for view in writing if not getattr(view, "takes_only_forms", False)] == []
