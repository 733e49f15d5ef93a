"""The weight of a first visit to the demonstration: what a phone on a slow line fetches before it shows."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.test import Client

from cohes3ion.accounts.services import demo_account
from cohes3ion.lib.static_files import squeezed
from governance.enums import Group
from governance.models import Response
from journeys.services.demonstration import create_demo
from mapping.services.reference import load_reference
from tests.factories.region import analyse

pytestmark = pytest.mark.django_db
OURS = Path(settings.BASE_DIR) / "static"
# What the head and the end of a page fetch; explore.js waits for a click before it loads more.
FETCHED = re.compile(r'<(?:link[^>]+rel="(?:preload|stylesheet|icon)"|script)[^>]*>')
ADDRESS = re.compile(r'(?:href|src)="/static/([^"?#]+)')
USED = re.compile(r'(?:href|src)="/static/(img/[^"?#]+)')


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_reference()
        analyse(create_demo().exercises.get())
        yield
        transaction.set_rollback(True)


def fetched(page: str) -> set[str]:
    """Static files of the first view."""
    found = {match[1] for tag in FETCHED.findall(page) for match in [ADDRESS.search(tag)] if match}
    return found | set(USED.findall(page))


def wire_size(name: str) -> int:
    """Bytes of a file as it is served: squeezed and compressed; fonts are so already."""
    path = Path(finders.find(name))
    if path.suffix == ".woff2":
        return path.stat().st_size
    own = path.is_relative_to(OURS) and path.suffix in (".css", ".js") and "vendor" not in path.parts
    data = squeezed(path).encode() if own else path.read_bytes()
    return len(brotli.compress(data, quality=11))


def weight(client: Client, address: str) -> dict[str, int]:
    reply = client.get(address)
    assert reply.status_code == 200
    page = reply.content.decode()
    return {"page": len(gzip.compress(page.encode(), 6))} | {name: wire_size(name) for name in fetched(page)}


@pytest.mark.parametrize("address", ["/", "/regions/mazovia/"])
def test_first_view_of_a_public_page_is_at_most_75_kb(demo, client, address):
    parts = weight(client, address)
    assert "fonts/inter-latin.woff2" in parts
    assert sum(parts.values()) <= 75_000, parts


def test_first_view_of_a_question_is_at_most_50_kb(demo, client):
    client.force_login(demo_account(role="regional_lead"))
    response = Response.objects.assessment().get(
        region_map__region__slug="north-west-romania", group=Group.TEAM
    )
    parts = weight(client, f"/workspace/responses/{response.pk}/1.1/")
    assert sum(parts.values()) <= 50_000, parts
