"""What is typed beside a draft map stays wherever one looks meanwhile, by account and by personal link."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from governance.models import Consultation, ConsultationComment
from governance.services.invitations import create_link
from governance.services.maps import open_consultation
from mapping.enums import Role
from mapping.models import Actor
from tests.factories.assessment import assessment
from tests.factories.mapping import member

pytestmark = pytest.mark.django_db
TYPED = {"text": "Half a <thought>", "name_shown": "on"}


@pytest.fixture
def room():
    room = assessment()
    Actor.objects.bulk_create(
        Actor(region_map=room.region_map, key=f"a-{at}", name=f"Institute {at}", helix="business")
        for at in range(500)
    )
    room.region_map = open_consultation(region_map=room.region_map, expected=1, by=None, text="Please read.")
    return room


@pytest.fixture(params=["account", "link"])
def reader(request, client, room):
    """A browser, the address of its page and the one that its form is sent to."""
    if request.param == "account":
        client.force_login(member(Role.STAKEHOLDER, room.region_map))
        here = f"/workspace/maps/{room.region_map.pk}/draft/"
        return client, here, f"{here}comment/"
    values = {"organisation": "A firm", "helix": "business", "email": "", "language": "en"}
    values["expires_at"] = None
    _link, token = create_link(region_map=room.region_map, values=values, by=room.lead)
    client.post(f"/take-part/{token}/start/")
    return client, f"/take-part/{token}/map/", f"/take-part/{token}/comment/"


def sent(reader, **fields):
    client, _here, there = reader
    reply = client.post(there, fields)
    return reply.status_code, " ".join(reply.content.decode().split())


def kept(page):
    """The text, the tick and the chosen row of the form as it is shown."""
    text = re.search(r'<textarea name="text"[^>]*>([^<]*)</textarea>', page)[1].strip()
    chosen = re.search(r'<option value="([^"]+)" selected>', page)
    tick = re.search(r'<input type="checkbox" name="name_shown"[^>]*>', page)[0]
    return text, "checked" in tick, chosen and chosen[1]


@pytest.mark.parametrize(
    ("asked", "rows"),
    [
        ({"show": "?page=2#draft"}, "Rows 201–400 of "),
        ({"show": "q=institute+49&page=1"}, "q=institute+49&amp;page=1&amp;about="),
        ({"find": "", "q": "institute 49", "shown": "page=3"}, "q=institute+49&amp;page=1&amp;about="),
        ({"show": "", "q": "institute 49"}, "Rows 1–200 of "),
    ],
)
def test_what_is_typed_stays_while_one_looks_for_a_row(reader, asked, rows):
    status, page = sent(reader, about="map", **TYPED, **asked)
    assert (status, rows in page) == (200, True)
    assert kept(page) == ("Half a &lt;thought&gt;", True, "map")
    assert ("There is a problem" in page, ConsultationComment.objects.count()) == (False, 0)


def test_the_row_beside_which_comment_is_pressed_is_chosen_and_the_text_stays(reader):
    row = Actor.objects.get(name="Institute 499")
    status, page = sent(reader, about="map", show=f"page=2&about=actor-{row.pk}", **TYPED)
    assert (status, kept(page)) == (200, ("Half a &lt;thought&gt;", True, f"actor-{row.pk}"))
    status, page = sent(reader, about=f"actor-{row.pk}", show="?page=1#draft", **TYPED)
    assert (status, kept(page)[2], "Rows 1–200 of " in page) == (200, f"actor-{row.pk}", True)


def test_each_control_that_leads_elsewhere_on_the_page_sends_the_form(reader):
    client, here, there = reader
    page = client.get(f"{here}?q=institute&page=2").content.decode()
    map_of_it = page.partition('id="draft"')[2].partition("</section>")[0]
    assert re.findall(r"<a |<form", map_of_it) == []
    buttons = re.findall(r"<button[^>]*>", map_of_it)
    assert len(buttons) == len(re.findall(rf'form="comment-form" formaction="{there}#', map_of_it)) > 200
    assert 'name="q" id="find" value="institute" maxlength="200" form="comment-form"' in map_of_it
    # Enter in the search presses the first button of its form: it looks, and sends no comment.
    form = page.partition('id="comment-form"')[2].partition("</form>")[0]
    assert re.search(r"<button[^>]*>", form)[0].startswith('<button class="vh" name="find"')


def test_page_and_words_survive_a_refused_and_an_accepted_comment(reader):
    client, here, there = reader
    shown = "q=institute&page=2"
    status, page = sent(reader, about="map", text=" ", shown=shown)
    assert (status, "Rows 201–400 of 500" in page, 'value="institute"' in page) == (422, True, True)
    assert 'name="shown" value="q=institute&amp;page=2"' in page
    reply = client.post(there, {"about": "map", "text": "Whole", "shown": shown})
    assert (reply.status_code, reply["Location"]) == (302, f"{here}?q=institute&page=2#mine")
    assert ConsultationComment.objects.get().text == "Whole"


def test_after_the_end_the_text_is_there_for_copying_and_links_lead_to_the_page(reader):
    Consultation.objects.update(closes_at=timezone.now() - dt.timedelta(minutes=1))
    _client, here, _there = reader
    status, page = sent(reader, about="map", show="?page=2#draft", **TYPED)
    assert (status, "Half a &lt;thought&gt;" in page, "Rows 201–400 of " in page) == (409, True, True)
    assert f'<a href="{here}?page=3#draft" rel="next">Next</a>' in page
    assert f'method="get" action="{here}#draft"' in page


@pytest.mark.parametrize("said", ["?page=²", "%%%", "page=2&page=x", "\0", "a=b&" * 50])
def test_a_part_that_is_none_is_a_part_that_is_there(reader, said):
    status, page = sent(reader, about="map", show=said, **TYPED)
    assert (status, kept(page)[0], "Rows 1–200 of " in page) == (200, "Half a &lt;thought&gt;", True)


def test_looking_is_for_those_who_may_comment(room):
    there = f"/workspace/maps/{room.region_map.pk}/draft/comment/"
    assert Client().post(there, {"show": "page=2"}).status_code == 302
    other = Client()
    other.force_login(member(Role.STAKEHOLDER, assessment().region_map))
    assert other.post(there, {"show": "page=2"}).status_code == 404
