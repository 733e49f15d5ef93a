"""No page offers a way that is closed: every link a person sees leads somewhere for that person."""

import re
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve

from tests.access.world import ROLES, ask

pytestmark = pytest.mark.django_db
LINK = re.compile(r"<a\b[^>]*\bhref=\"([^\"]+)\"")
# Ways out of the session, and parts that other projects look after.
LEFT_OUT = ("/accounts/", "/admin/", "/api/", "/static/", "/take-part/", "/join/")


def links_of(content: str, *, page: str) -> list[str]:
    found = [urldefrag(urljoin(page, unescape(address)))[0] for address in LINK.findall(content)]
    return [address for address in found if not urlsplit(address).netloc and address.startswith("/")]


def kind_of(address: str) -> str:
    """Pages of one kind are read once; their links may differ only in the rows they name."""
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return address


def closed_ways(client: Client, *, start: list[str]) -> list[str]:
    waiting, seen, read = [(address, "the start") for address in start], set(start), set()
    faults = []
    while waiting:
        address, page = waiting.pop(0)
        reply, content = ask(client, "get", address)
        if reply.status_code >= 400:
            faults.append(f"{address} from {page}: {reply.status_code}")
        kind = kind_of(address)
        if kind in read or not reply.get("Content-Type", "").startswith("text/html"):
            continue
        read.add(kind)
        for link in links_of(content.decode(), page=address):
            if link not in seen and not link.startswith(LEFT_OUT):
                seen.add(link)
                waiting.append((link, address))
    return faults


@pytest.mark.parametrize("role", ROLES)
def test_every_link_leads_somewhere(world, role):
    start = ["/"] if role == "anonymous" else ["/", "/workspace/"]
    assert closed_ways(world.clients[role], start=start) == []


def test_a_closed_way_is_found(world):
    """The walk sees it when a page names a row its reader may not open."""
    hidden = world.names()
    ways = closed_ways(world.clients["stranger"], start=[f"/workspace/maps/{hidden['map']}/"])
    assert ways == [f"/workspace/maps/{hidden['map']}/ from the start: 404"]
