"""A question that is not asked after another answer: said on its page, to who may see the response."""

import pytest

from governance.models import Answer
from mapping.enums import Role
from tests.factories.mapping import UserFactory, member
from tests.factories.rooms import open_room

pytestmark = pytest.mark.django_db


def test_a_hidden_question_says_what_it_depends_on(client):
    room = open_room()
    address = f"/workspace/responses/{room.response.pk}/"
    client.force_login(room.lead)
    page = client.get(f"{address}1.3/")
    text = page.content.decode()
    assert (page.status_code, "Question 1.3 is not asked" in text) == (404, True)
    assert (f'href="{address}1.2/"' in text, f'href="{address}"' in text) == (True, True)
    assert "Question 9.9" not in client.get(f"{address}9.9/").content.decode()
    assert "comes back when" in client.get(f"{address}1.3/history/").content.decode()
    assert client.post(f"{address}1.3/value/", {"value": "a", "version_value": "1"})["Location"] == address
    assert Answer.objects.get(question__code="1.3").value == ["a"]
    client.post(f"{address}1.2/value/", {"value": "yes", "version_value": "1"})
    assert client.get(f"{address}1.3/").status_code == 200


def test_strangers_learn_nothing_of_a_hidden_question(client):
    room = open_room()
    for person in (UserFactory(), member(Role.OBSERVER, room.region_map)):
        client.force_login(person)
        reply = client.get(f"/workspace/responses/{room.response.pk}/1.3/")
        assert (reply.status_code, "is not asked" in reply.content.decode()) == (404, False)
