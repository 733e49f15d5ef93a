"""The draft map that stakeholders comment on: of a large one every row can be reached."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import ConsultationComment
from governance.services.maps import open_consultation
from mapping.enums import Role
from mapping.models import Actor, Capability
from tests.factories.mapping import CapabilityFactory, RegionMapFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    row = RegionMapFactory()
    CapabilityFactory(unit__region_map=row, name="Robotics")
    Actor.objects.create(region_map=row, key="first", name="First of the actors", helix="business")
    return open_consultation(region_map=row, expected=1, by=None, text="Please read.")


@pytest.fixture
def stakeholder(client, region_map):
    client.force_login(member(Role.STAKEHOLDER, region_map))
    return client


def grow(region_map, number):
    unit = region_map.capabilities.get().unit
    Capability.objects.bulk_create(
        Capability(region_map=region_map, unit=unit, name=f"Field {at}", kind="sectoral")
        for at in range(number)
    )
    Actor.objects.bulk_create(
        Actor(region_map=region_map, key=f"a-{at}", name=f"Institute {at}", helix="business")
        for at in range(number)
    )


def draft(client, region_map, asked=""):
    reply = client.get(f"/workspace/maps/{region_map.pk}/draft/{asked}")
    assert reply.status_code == 200
    return " ".join(reply.content.decode().split())


def test_a_draft_of_the_usual_size_is_one_page(stakeholder, region_map):
    grow(region_map, 100)
    page = draft(stakeholder, region_map)
    assert ('class="pages"' in page, "Find in this map" in page) == (False, False)
    assert ("Field 99" in page, "Institute 99" in page) == (True, True)


def test_a_large_draft_is_small_and_each_row_stands_on_one_page(stakeholder, region_map):
    grow(region_map, 1500)
    page = draft(stakeholder, region_map)
    assert ("Rows 1–200 of 3003" in page, len(page.encode()) < 300_000) == (True, True)
    assert "200 of 1502" in page  # of the unit: itself, and 199 of its capabilities
    seen, asked = [], "?page=1"
    while asked:
        page = draft(stakeholder, region_map, asked)
        seen += re.findall(r'about=([a-z]+-\d+)">Comment', page)
        after = re.search(r'value="(\?page=\d+)#draft">Next', page)
        asked = after[1] if after else ""
    assert (len(seen), len(set(seen))) == (3003, 3003)


def test_a_row_of_a_later_page_is_commented_on(stakeholder, region_map):
    grow(region_map, 300)
    row = Actor.objects.get(name="Institute 299")
    page = draft(stakeholder, region_map, f"?about=actor-{row.pk}")
    assert f'<option value="actor-{row.pk}" selected>Institute 299</option>' in page
    assert "Rows 601–603 of 603" in page  # the page it stands on
    sent = {"about": f"actor-{row.pk}", "text": "It moved."}
    assert stakeholder.post(f"/workspace/maps/{region_map.pk}/draft/comment/", sent).status_code == 302
    assert ConsultationComment.objects.get().about == "Institute 299"
    refused = stakeholder.post(f"/workspace/maps/{region_map.pk}/draft/comment/", sent | {"text": ""})
    assert refused.status_code == 422
    assert f'value="actor-{row.pk}" selected' in refused.content.decode()


def test_rows_of_a_large_draft_are_found_by_their_names(stakeholder, region_map):
    grow(region_map, 300)
    page = draft(stakeholder, region_map, "?q=INSTITUTE+29")
    assert re.findall(r"<span>(Institute \d+)", page) == [
        f"Institute {at}" for at in (29, 129, 229, *range(290, 300))
    ]
    assert "13 of 301" in page
    assert 'value="q=INSTITUTE+29&amp;page=1&amp;about=actor-' in page
    nothing = draft(stakeholder, region_map, "?q=nowhere")
    assert ("Nothing here has “nowhere”" in nothing, "Nothing stands on the map" in nothing) == (True, False)


@pytest.mark.parametrize("asked", ["", "?q=field", "?page=2"])
def test_few_and_many_rows_take_the_same_queries(stakeholder, region_map, asked):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            draft(stakeholder, region_map, asked)
        return len(seen)

    few = queries()
    grow(region_map, 300)
    assert queries() == few
    assert few <= 15


@pytest.mark.parametrize("number", [3, 300])
def test_signs_are_no_words_and_the_whole_draft_is_shown(stakeholder, region_map, number):
    grow(region_map, number)
    page = draft(stakeholder, region_map, "?q=%25")
    assert "“%” has no letter and no digit, so everything is shown. Write a word of a name." in page
    assert ('value="%" maxlength' in page, "Nothing here has" in page, "Robotics" in page) == (
        True,
        False,
        True,
    )
    assert ("Rows 1–200 of 603" in page) == (number == 300)


@pytest.mark.parametrize(("number", "rows"), [("0", "1–200"), ("-1", "1–200"), ("9", "601–603")])
def test_a_page_number_below_the_first_leads_to_the_first(stakeholder, region_map, number, rows):
    grow(region_map, 300)
    assert f"Rows {rows} of 603" in draft(stakeholder, region_map, f"?page={number}")
