"""Searching the code lists, with and without a script."""

import pytest

from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db
ADDRESS = "/workspace/codes/"


@pytest.fixture
def place():
    return matrix()


def test_code_search_answers_the_script(client, place):
    client.force_login(place.lead)
    reply = client.get(ADDRESS, {"format": "json", "lists": "nace", "q": "food"})
    assert reply.json()["results"] == [{"key": "nace:C10", "text": "C10 Manufacture of food products"}]
    reply = client.get(ADDRESS, {"format": "json", "lists": "nace", "q": "Electronics for farms"})
    assert [code["key"] for code in reply.json()["suggestions"]] == ["nace:C26.1"]


def test_code_search_needs_a_signed_in_person(client):
    assert client.get(ADDRESS, {"q": "food"}).status_code == 302


def test_codes_are_chosen_on_a_page_without_a_script(client, place):
    client.force_login(place.lead)
    asked = f"capability-{place.capability.pk}-economic"
    page = client.get(ADDRESS, {"for": asked, "q": "food"}).content.decode()
    assert (page.count('name="economic"'), 'value="nace:C26.1"' in page) == (2, True)


@pytest.mark.parametrize(
    "asked", ["x", "capability-x-economic", "capability-", "--", "capability-99999999999-name"]
)
def test_a_target_that_makes_no_sense_is_left_out(client, place, asked):
    client.force_login(place.lead)
    assert client.get(ADDRESS, {"for": asked, "q": "food"}).status_code == 200


def test_the_row_of_another_region_is_not_there(client, place):
    client.force_login(place.stranger)
    asked = f"capability-{place.capability.pk}-economic"
    assert client.get(ADDRESS, {"for": asked}).status_code == 404
