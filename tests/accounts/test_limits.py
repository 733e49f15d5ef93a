"""A flood of searches or orders stops whoever sends it for the rest of the minute, and nobody else."""

import html
import inspect
import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import RequestFactory
from django.urls import get_resolver

import governance.jobs
import journeys.jobs
from cohes3ion.accounts.limits import (
    ORDERS,
    SEARCHES,
    address_of,
    count_request,
    forget_counts,
    seconds_to_wait,
)
from cohes3ion.accounts.models import RequestCount
from cohes3ion.lib.search.index import catch_up
from mapping.enums import Role
from tests.factories.exchange import PracticeFactory
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
PAGE, API = "/search/?q=robot", "/api/v1/search/?q=robot"
# One more than two minutes take: whenever a minute ends in between, one of the two is too full.
LIMIT, ASKED = 3, 7


@pytest.fixture(autouse=True)
def limits(settings):
    settings.SEARCHES_PER_MINUTE = settings.ORDERS_PER_MINUTE = LIMIT


@pytest.fixture
def lead():
    return member(Role.REGIONAL_LEAD, RegionMapFactory())


def ask(client, address: str, times: int = ASKED, **headers):
    """The first refusal, or None."""
    replies = [client.get(address, **headers) for _n in range(times)]
    return next((reply for reply in replies if reply.status_code == 429), None)


def text_of(reply) -> str:
    return html.unescape(reply.content.decode())


def test_a_flood_of_searches_waits_and_is_told_how_long(client):
    reply = ask(client, PAGE)
    wait = int(reply["Retry-After"])
    assert 1 <= wait <= 60
    assert f"Try again in {wait} second" in text_of(reply)
    assert f'href="{PAGE}"' in text_of(reply), "what was typed is kept"


def test_within_the_limit_nobody_waits(client):
    PracticeFactory(title="Robot")
    assert ask(client, PAGE, LIMIT) is None
    assert ask(client, "/search/", ASKED) is None, "nothing was looked for"
    assert not RequestCount.objects.exclude(count__lte=LIMIT).exists()


def test_others_go_on(client, lead):
    assert ask(client, PAGE) is not None
    assert ask(client, PAGE, 1, REMOTE_ADDR="192.0.2.7") is None
    client.force_login(lead)
    assert ask(client, PAGE, 1) is None
    assert client.get("/regions/").status_code == 200


def test_page_and_api_count_together(client, lead):
    client.force_login(lead)
    key = f"searches account {lead.pk}"
    assert ask(client, PAGE, 1) is ask(client, API, 1) is None
    assert RequestCount.objects.get(key=key).count in (1, 2)  # the minute may end in between
    reply = ask(client, API)
    assert (reply.status_code, reply["Content-Type"]) == (429, "application/problem+json")
    assert 1 <= int(reply["Retry-After"]) <= 60
    assert (reply.json()["status"], reply.json()["code"]) == (429, "throttled")
    assert "second" in reply.json()["detail"]


def test_no_address_is_kept(client):
    ask(client, PAGE, 1, REMOTE_ADDR="192.0.2.7")
    (row,) = RequestCount.objects.filter(key__startswith="searches ")
    assert "192" not in row.key.split()[1][:3]
    assert len(row.key) == len("searches ") + 32


def test_a_counted_search_costs_two_queries_and_a_lifted_limit_none(
    client, settings, django_assert_num_queries
):
    PracticeFactory(title="Robot")
    ask(client, PAGE, 1)
    catch_up()
    own = 2 if connection.vendor == "postgresql" else 5  # and how long to wait for others
    with django_assert_num_queries(3 + own):
        client.get(PAGE)
    settings.SEARCHES_PER_MINUTE = 0
    with django_assert_num_queries(3):
        client.get(PAGE)


def test_orders_of_one_person_wait_and_what_was_typed_stays(client, lead):
    client.force_login(lead)
    region_map = lead.memberships.get().region.maps.get()
    address = f"/workspace/maps/{region_map.pk}/paste/preview/"
    replies = [client.post(address, {"text": "Robots\tand more"}) for _n in range(ASKED)]
    reply = next(reply for reply in replies if reply.status_code == 429)
    assert "Robots\tand more" in text_of(reply)
    assert "What you typed is not saved. It is kept in this page" in text_of(reply)
    assert 1 <= int(reply["Retry-After"]) <= 60
    assert client.get(f"/workspace/maps/{region_map.pk}/paste/").status_code == 200
    assert ask(client, PAGE, 1) is None, "searches are counted apart"


def request(address: str, **headers):
    made = RequestFactory().get(PAGE, REMOTE_ADDR=address, **headers)
    made.user = AnonymousUser()
    return made


def test_behind_a_proxy_only_what_the_proxy_says_counts(settings):
    forged = {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 192.0.2.7"}
    assert address_of(request("10.0.0.1", **forged)) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert address_of(request("10.0.0.1", **forged)) == "192.0.2.7"
    assert address_of(request("10.0.0.1", HTTP_X_FORWARDED_FOR="x")) == ""
    assert address_of(request("10.0.0.1")) == "", "everybody has this address"
    waits = [seconds_to_wait(request("10.0.0.1"), SEARCHES) for _n in range(ASKED)]
    assert waits == [0] * ASKED


def test_a_network_of_ipv6_is_one_address():
    assert address_of(request("2001:db8::1")) == address_of(request("2001:db8::2:3")) == "2001:db8::/64"
    assert address_of(request("2001:db8:0:1::1")) == "2001:db8:0:1::/64"
    assert address_of(request("")) == ""


@pytest.mark.django_db(transaction=True)
def test_without_the_table_of_counts_everybody_goes_on(client):
    with connection.schema_editor() as editor:
        editor.delete_model(RequestCount)
    try:
        statuses = {client.get(PAGE).status_code for _n in range(ASKED)}
    finally:
        with connection.schema_editor() as editor:
            editor.create_model(RequestCount)
    assert statuses == {200}
    assert ask(client, PAGE) is not None, "and with it somebody waits"


def test_old_counts_are_forgotten():
    count_request(key="searches old", minute=7)
    seconds_to_wait(request("192.0.2.7"), ORDERS)
    assert forget_counts() == 1
    assert RequestCount.objects.filter(key__startswith="orders ").count() == 1


STARTS = {
    name for jobs in (governance.jobs, journeys.jobs) for name in vars(jobs) if name.startswith("start_")
}
OURS = ("governance", "journeys", "mapping", "cohes3ion")


def is_expensive(source: str) -> bool:
    """A newsletter is sent once, whoever presses the button again."""
    called = set(re.findall(r"\b(\w+)\(", source))
    return bool(called & (STARTS - {"start_mailing"} | {"larger_upload"})) or "request.FILES" in source


def test_every_view_that_takes_a_file_or_starts_work_is_limited():
    sources = {view: inspect.getsource(inspect.unwrap(view)) for view in views(get_resolver().url_patterns)}
    expensive = {view.__qualname__ for view, source in sources.items() if is_expensive(source)}
    limited = {view.__qualname__ for view in sources if getattr(view, "limit", "")}
    assert expensive - limited == set()
    assert {"search", "export_start", "document_start", "brief_start", "analysis_start"} <= limited


def views(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from views(pattern.url_patterns)
        elif pattern.callback.__module__.startswith(OURS):
            yield pattern.callback
