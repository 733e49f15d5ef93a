"""A team at its first question: the people and pages of all tests about saving an answer."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.browser.people import sign_in
from tests.factories.assessment import Assessment, assessment


@pytest.fixture
def room(transactional_db) -> Assessment:
    return assessment()


@pytest.fixture
def address(room) -> str:
    return f"/workspace/responses/{room.team.pk}/1.1/"


@pytest.fixture
def lead(page, live_server, room, address) -> Any:
    """The regional lead at the first question."""
    sign_in(page.context, room.lead, at=live_server.url)
    page.goto(address)
    return page


@pytest.fixture
def contributor(chromium, live_server, room, address) -> Iterator:
    """A colleague at the same question, in another browser."""
    context = chromium.new_context(base_url=live_server.url, locale="en-GB")
    sign_in(context, room.contributor, at=live_server.url)
    page = context.new_page()
    page.goto(address)
    yield page
    context.close()
