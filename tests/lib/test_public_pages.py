"""Public pages from memory: the same bytes as a fresh page, gone with what they showed, never another's."""

import gzip
import re

import brotli
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohes3ion.lib.change_marks import public_mark, statements, watched_tables
from cohes3ion.lib.public_pages import SHELF, best_encoding
from governance.models import MapEdition
from governance.services.maps import reopen_map
from journeys.models import SummarySentence
from mapping.enums import Role
from mapping.models import Region
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import analyse, publish, small_region, small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    region = small_region(ExerciseFactory(), small_version())
    publish(region.region_map)
    analyse(region.region_map.exercise)
    return region.region_map


def addresses(region_map) -> list[str]:
    slug, exercise = region_map.region.slug, region_map.exercise.slug
    names = ["start", "region_list", "document_list", "method", "accessibility", "privacy"]
    return [
        *(reverse(f"journeys:{name}") for name in names),
        f"/regions/{slug}/",
        f"/regions/{slug}/map/",
        f"/regions/{slug}/figures/gaps.svg",
        f"/regions/{slug}/figures/gaps.csv",
        *(f"/exercises/{exercise}/figures/{name}" for name in ("map.svg", "map.json", "themes.csv")),
    ]


def tables_of(queries) -> set[str]:
    return {name for query in queries for name in re.findall(r'(?:FROM|JOIN) "(\w+)"', query["sql"])}


def test_kept_pages_are_the_fresh_pages_and_read_only_watched_tables(client, region_map):
    assert connection.features.supports_json_field  # asked once in a process, with queries of its own
    for address in addresses(region_map):
        with CaptureQueriesContext(connection) as cold:
            fresh = client.get(address)
        with CaptureQueriesContext(connection) as warm:
            kept = client.get(address)
        assert fresh.status_code == 200, address
        assert (kept.content, dict(kept.headers)) == (fresh.content, dict(fresh.headers)), address
        assert (len(cold) <= 5, len(warm)) == (True, 1), (address, len(cold), len(warm))
        read = tables_of(cold) - {"lib_changemark"}
        assert read <= set(watched_tables()), f"{address} reads rows that settings.PUBLIC_ROWS does not name"


def test_the_count_is_the_same_with_many_regions(client, region_map, django_assert_num_queries):
    counts = []
    for _round in range(2):
        for address in ("/", f"/regions/{region_map.region.slug}/"):
            with CaptureQueriesContext(connection) as cold:
                client.get(address)
            with django_assert_num_queries(1):
                client.get(address)
            counts.append(len(cold))
        for _number in range(4):
            publish(RegionMapFactory(exercise=region_map.exercise))
    assert counts[:2] == counts[2:] == [4, 5]


def withdraw(region_map):
    MapEdition.objects.filter(region_map=region_map).update(withdrawn_at=timezone.now())


def rename(region_map):
    Region.objects.filter(pk=region_map.region_id).update(name="Another name")


def rewrite(region_map):
    SummarySentence.objects.create(region_map=region_map, slot=1, text="Our own words.")


@pytest.mark.parametrize(
    "change, before, after",
    [(withdraw, 200, 404), (rename, "Another name", True), (rewrite, "Our own words.", True)],
)
def test_a_change_shows_at_once(client, region_map, change, before, after):
    address = f"/regions/{region_map.region.slug}/"
    first = [client.get(address), client.get(address)][1]
    change(region_map)
    reply = client.get(address)
    if after == 404:
        assert (first.status_code, reply.status_code) == (200, 404)
        assert f'href="{address}"' not in client.get("/").content.decode()
    else:
        assert before not in first.content.decode()
        assert before in reply.content.decode()


def test_a_publication_shows_at_once_and_a_reopened_map_keeps_its_page(client, region_map):
    client.get("/regions/")
    other = publish(RegionMapFactory(exercise=region_map.exercise))
    assert f'href="/regions/{other.region.slug}/"' in client.get("/regions/").content.decode()
    reopen_map(region_map=other, expected=other.version, by=None)
    assert client.get(f"/regions/{other.region.slug}/").status_code == 200


def test_every_watched_table_has_its_triggers(region_map):
    for label in settings.PUBLIC_ROWS:
        assert label.partition(".")[0] in ("mapping", "governance", "journeys")
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    assert set(statements(connection.vendor, watched_tables())) <= there


def test_every_change_gives_a_new_mark(region_map):
    marks = [public_mark()]
    for name in ("Another name", "Another name", "A third name"):
        Region.objects.filter(pk=region_map.region_id).update(name=name)
        marks.append(public_mark())
    MapEdition.objects.filter(region_map=region_map).delete()
    assert len({*marks, public_mark()}) == 5
    assert None not in marks


def test_a_signed_in_person_gets_their_own_page_and_leaves_none_behind(client, region_map):
    person = member(Role.COORDINATOR, region_map)
    own = Client()
    own.force_login(person)
    anonymous = client.get("/")
    for _time in range(2):
        reply = own.get("/")
        assert person.email in reply.content.decode()
        assert reply["Cache-Control"] == "no-store, private"
    assert client.get("/").content == anonymous.content
    assert person.email not in anonymous.content.decode()
    assert all(person.email.encode() not in brotli.decompress(p.bodies["br"]) for p in SHELF.pages.values())


def test_language_and_theme_have_pages_of_their_own(region_map):
    def page(**cookies: str) -> str:
        client = Client()
        client.cookies.load(cookies)
        return [client.get("/"), client.get("/")][1].content.decode()

    assert '<html lang="en">' in page()
    assert '<html lang="el">' in page(django_language="el")
    assert '<html lang="en" data-theme="dark">' in page(theme="dark")
    assert page(theme='"><script>') == page()
    greek = Client(headers={"accept-language": "el"}).get("/")
    assert (greek["Content-Language"], '<html lang="el">' in greek.content.decode()) == ("el", True)
    assert {"Accept-Language", "Cookie", "Accept-Encoding"} <= set(greek["Vary"].split(", "))


def test_a_page_with_something_to_say_or_a_question_is_made_each_time(client, region_map):
    plain = client.get("/regions/").content
    assert client.get("/regions/", {"q": "zzz"}).content != plain
    client.cookies.load({"messages": "anything"})
    SHELF.clear()
    client.get("/regions/")
    assert SHELF.pages == {}


@pytest.mark.parametrize("accepted, encoding, unpack", [
    ("br, gzip", "br", brotli.decompress), ("gzip, deflate", "gzip", gzip.decompress),
    ("", None, bytes), ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress), ("br;q=0", None, bytes),
])  # fmt: skip
def test_each_encoding_has_a_strong_etag_of_its_own(client, region_map, accepted, encoding, unpack):
    headers = {"accept-encoding": accepted}
    plain = client.get("/").content
    reply = client.get("/", headers=headers)
    assert (reply.get("Content-Encoding"), unpack(reply.content)) == (encoding, plain)
    assert reply["Content-Length"] == str(len(reply.content))
    assert reply["ETag"].startswith('"')
    assert reply["Cache-Control"] == "no-cache"
    assert (reply["ETag"] == client.get("/")["ETag"]) is (encoding is None)
    again = client.get("/", headers={**headers, "if-none-match": reply["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", reply["ETag"])
    head = client.head("/", headers=headers)
    assert (head.content, head["Content-Length"]) == (b"", reply["Content-Length"])


def test_a_changed_page_is_no_304(client, region_map):
    address = f"/regions/{region_map.region.slug}/"
    tag = client.get(address)["ETag"]
    rename(region_map)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_kept_page_is_refused_to_a_host_that_is_not_ours(client, region_map):
    client.get("/")
    assert Client(raise_request_exception=False).get("/", headers={"host": "evil.example"}).status_code == 400


def test_kept_pages_hold_no_token_and_carry_the_policy(client, region_map):
    for address in addresses(region_map):
        reply = [client.get(address), client.get(address)][1]
        assert b"csrfmiddlewaretoken" not in reply.content
        assert not reply.cookies
        assert "unsafe-inline" not in reply["Content-Security-Policy"]
        assert (reply["X-Frame-Options"], reply["X-Content-Type-Options"]) == ("DENY", "nosniff")


def test_the_shelf_forgets_the_oldest_when_it_is_full(client, region_map, settings):
    client.get("/")
    size = SHELF.size
    settings.PUBLIC_PAGES_BYTES = size + 100
    client.get("/method/")
    assert [key[0] for key in SHELF.pages] == ["/method/"]
    assert SHELF.size == next(iter(SHELF.pages.values())).size


@pytest.mark.parametrize("accepted, best", [
    ("gzip;q=1.0, br;q=0.9", "br"), ("BR", "br"), ("*", ""), ("gzip; q=0.000", ""), ("nonsense;;;=", ""),
])  # fmt: skip
def test_what_a_browser_takes(accepted, best):
    assert best_encoding(accepted) == best


@pytest.mark.parametrize("address", ["/language/setlang/", "/accounts/theme/"])
@pytest.mark.parametrize("headers, status", [
    ({}, 302), ({"sec-fetch-site": "same-origin"}, 302), ({"origin": "http://testserver"}, 302),
    ({"sec-fetch-site": "cross-site"}, 403), ({"sec-fetch-site": "same-site"}, 403),
    ({"origin": "https://evil.example"}, 403), ({"origin": "null"}, 403),
])  # fmt: skip
def test_language_and_theme_are_chosen_on_this_site_only(address, headers, status):
    sent = {"language": "el", "theme": "dark", "next": "/"}
    assert Client(enforce_csrf_checks=True).post(address, sent, headers=headers).status_code == status
