"""No page offers a way that is closed: every link a person sees leads somewhere for that person."""

import re
from collections.abc import Set
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


def walk(client: Client, *start: str, known: Set[str] = frozenset()) -> tuple[list[str], set[str]]:
    """Closed ways, and all that are open. `known`: open to everybody, so one of each kind is enough."""
    waiting, seen, read = [(address, "the start") for address in start], set(start), set()
    faults = []
    while waiting:
        address, page = waiting.pop(0)
        kind = kind_of(address)
        if kind in read and address in known:
            continue
        reply, content = ask(client, "get", address)
        if reply.status_code >= 400:
            faults.append(f"{address} from {page}: {reply.status_code}")
        is_page = reply.get("Content-Type", "").startswith("text/html")
        links = links_of(content.decode(), page=address) if is_page and kind not in read else []
        read.add(kind)
        for link in links:
            if link not in seen and not link.startswith(LEFT_OUT):
                seen.add(link)
                waiting.append((link, address))
    return faults, seen - {fault.partition(" ")[0] for fault in faults}


@pytest.fixture(scope="module")
def anybody(world) -> tuple[list[str], set[str]]:
    """The walk of somebody who is not signed in: most of its addresses explain a number."""
    return walk(world.clients["anonymous"], "/")


def test_every_public_link_leads_somewhere(anybody):
    assert anybody[0] == []
    assert len(anybody[1]) > 80


# Who sees most and who sees least; `--long` walks as the others.
WALKING = ("stakeholder", "coordinator")
LONG = [pytest.param(role, marks=pytest.mark.long) for role in ROLES[1:] if role not in WALKING]


@pytest.mark.parametrize("role", [*WALKING, *LONG])
def test_every_link_leads_somewhere(world, role, anybody):
    assert walk(world.clients[role], "/", "/workspace/", known=anybody[1])[0] == []


def test_a_closed_way_is_found(world, anybody):
    """The walk sees it when a page names a row its reader may not open."""
    hidden = world.names()
    ways = walk(world.clients["stranger"], f"/workspace/maps/{hidden['map']}/", known=anybody[1])
    assert ways[0] == [f"/workspace/maps/{hidden['map']}/ from the start: 404"]
