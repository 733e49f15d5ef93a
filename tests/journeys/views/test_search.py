"""The page of the search: what it shows, what it leads to, and what it says to what cannot be looked for."""

import html
import re

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.search.found import seen_by
from cohes3ion.lib.search.index import catch_up
from mapping.enums import Role
from tests.access.world import build_world
from tests.factories.exchange import PracticeFactory
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


def text_of(reply) -> str:
    return html.unescape(reply.content.decode())


def marks_of(reply) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", text_of(reply))


def test_words_are_marked_and_every_text_is_escaped(client):
    PracticeFactory(title="<b>Robots</b> & food", summary="A <script>alert(1)</script> robot")
    reply = client.get("/search/", {"q": "ROBÔT"})
    assert marks_of(reply) == ["Robots", "robot"]
    assert b"&lt;b&gt;<mark>Robots</mark>&lt;/b&gt; &amp; food" in reply.content
    assert b"<script>alert" not in reply.content


def test_what_was_typed_is_escaped_too(client):
    reply = client.get("/search/", {"q": '"><script>alert(1)</script>', "type": '"><img>', "page": '"><img>'})
    assert reply.status_code == 200
    assert b"<script>alert" not in reply.content
    assert b"<img>" not in reply.content


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("&|!:*()'\"\\<> -", "Write at least one letter or number: signs alone cannot be found."),
        ("\x00", "Write at least one letter or number: signs alone cannot be found."),
        ("a" * 201, "Shorten this to 200 characters. It has 201."),
        (" ".join("abcdefghijklm"), "Search for at most 12 words at once. You wrote 13."),
    ],
)
def test_what_cannot_be_looked_for_is_told_and_stays(client, typed, sentence):
    reply = client.get("/search/", {"q": typed})
    assert reply.status_code == 200
    assert sentence in text_of(reply)
    assert typed.strip().replace("\x00", "") in text_of(reply)


SIGNS = ["ro:*bot", "robot & !food", "'robot'", 'robot"', "robot\x00", "ro%", "(robot", "robot OR x"]


@pytest.mark.parametrize("typed", SIGNS)
def test_signs_of_databases_are_signs_like_others(client, typed):
    PracticeFactory(title="Robot or x of food, ro bot")
    reply = client.get("/search/", {"q": typed})
    assert reply.status_code == 200
    assert marks_of(reply)


def test_a_kind_that_is_none_narrows_nothing_and_is_told(client):
    PracticeFactory(title="Robots")
    reply = client.get("/search/", {"q": "robots", "type": "planet"})
    assert "There is no “planet” to search in." in text_of(reply)
    assert marks_of(reply) == ["Robots"]


def test_nothing_found_says_what_to_do(client):
    reply = client.get("/search/", {"q": "unheard"})
    assert "Nothing found" in text_of(reply)
    assert "Try fewer or shorter words" in text_of(reply)


def test_where_nothing_holds_all_words_it_tells_which_one_is_in_the_way(client, django_assert_num_queries):
    PracticeFactory(title="Robots in food")
    PracticeFactory(title="Robots in farms")
    PracticeFactory(title="Robots in zebras", state="draft", published_at=None)
    catch_up()
    with django_assert_num_queries(3):  # notes, counts, counts with one word less
        reply = client.get("/search/?q=robots farm zebra")
    assert re.findall(r"(\d+) without “(\w+)”", text_of(reply)) == [("1", "zebra")]
    assert "?q=robots+farm" in text_of(reply)
    assert "without" not in text_of(client.get("/search/?q=zebra"))


def test_pages_hold_twenty_and_a_wrong_page_is_the_nearest(client):
    for number in range(45):
        PracticeFactory(title=f"Robot {number}")
    address = "/search/?q=robot&type=practice"
    assert [len(marks_of(client.get(f"{address}&page={number}"))) for number in (1, 2, 3, 9, "x")] == [
        20,
        20,
        5,
        5,
        20,
    ]
    everything = client.get("/search/?q=robot")
    assert len(marks_of(everything)) == 3
    assert "Good practices: all 45" in text_of(everything)


def test_without_words_the_page_reads_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        reply = client.get("/search/")
    assert "“ciech” finds Ciechanów" in text_of(reply)


def test_the_number_of_queries_does_not_grow(client):
    def counted(address: str, reader) -> int:
        client.logout()
        if reader:
            client.force_login(reader)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            reply = client.get(address)
        assert reply.status_code == 200
        return len(queries)

    first = PracticeFactory(title="Robot")
    catch_up()
    addresses = ("/search/?q=robot", "/search/?q=robot&type=practice&page=2")
    observer = member(Role.OBSERVER, RegionMapFactory())
    few = [counted(address, reader) for reader in (None, observer) for address in addresses]
    row = SearchEntry.objects.get(source_id=first.pk, source="practice")
    SearchEntry.objects.bulk_create(
        SearchEntry(**{name: getattr(row, name) for name in columns()}) for _n in range(1_500)
    )
    many = [counted(address, reader) for reader in (None, observer) for address in addresses]
    assert few == many
    # Notes, counts and hits; and the session and the person.
    assert few == [3, 3, 5, 5]


def test_whatever_is_found_leads_to_a_page_that_opens():
    """For every role, every entry it finds; what is open to anybody is asked for once."""
    world = build_world()
    catch_up()
    opened, public = {}, set()
    for role, client in world.clients.items():
        reader = get_user(client)
        addresses = set(SearchEntry.objects.filter(seen_by(reader)).values_list("address", flat=True))
        opened[role] = len(addresses)
        pages = {address.partition("#")[0] for address in addresses} - public
        statuses = {page: client.get(page).status_code for page in pages}
        assert {page: status for page, status in statuses.items() if status != 200} == {}, role
        public |= pages if role == "anonymous" else set()
    assert opened["coordinator"] > opened["anonymous"] > 10


def columns() -> list[str]:
    return [field.name for field in SearchEntry._meta.fields if field.name != "id"]
