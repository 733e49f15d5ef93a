"""Needs and offers in the API."""

import pytest

from tests.factories.exchange import PostFactory
from tests.factories.mapping import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_open_ones_are_listed_without_who_is_behind_them(client, django_assert_num_queries, rows):
    owner = UserFactory(name="Ann Hidden")
    for n in range(rows):
        PostFactory(
            title=f"Post {n}", owner=owner, organisation="Secret House", contact_email="ann@hidden.test"
        )
    for state in ("draft", "submitted", "returned", "withdrawn"):
        PostFactory(state=state)
    # count, rows, codes
    with django_assert_num_queries(3):
        reply = client.get("/api/v1/posts/")
    assert [row["title"] for row in reply.json()["results"]] == [f"Post {n}" for n in reversed(range(rows))]
    assert [word for word in ("Secret", "Ann", "hidden.test") if word in reply.content.decode()] == []
    assert client.get("/api/v1/posts/?kind=offer").json()["count"] == 0
    assert client.get(f"/api/v1/posts/{PostFactory(state='draft').pk}/").status_code == 404
