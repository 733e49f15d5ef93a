"""Searching in the API: what the page finds, with its excerpts as plain text."""

import pytest

from cohes3ion.lib.search.index import catch_up
from journeys.enums import PracticeState
from tests.factories.exchange import PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 30])
def test_hits_come_best_first_and_in_pages(client, django_assert_num_queries, rows):
    for n in range(rows):
        PracticeFactory(title=f"Practice {n}", summary="With <b>robots</b> & more")
    best = PracticeFactory(title="Robots")
    PracticeFactory(title="Robots at work", state=PracticeState.DRAFT, published_at=None)
    catch_up()
    # Notes, count, rows.
    with django_assert_num_queries(3):
        reply = client.get("/api/v1/search/?q=ROBÔT&page_size=2").json()
    assert reply["count"] == rows + 1
    assert [row["title"] for row in reply["results"]] == ["Robots", f"Practice {rows - 1}"]
    assert reply["results"][0]["address"] == f"http://testserver/practices/{best.slug}/"
    assert reply["results"][1]["excerpt"] == [
        {"text": "With <b>", "is_marked": False},
        {"text": "robots", "is_marked": True},
        {"text": "</b> & more", "is_marked": False},
    ]
    assert client.get("/api/v1/search/?q=robot&type=event").json()["count"] == 0


@pytest.mark.parametrize(
    ("query", "path", "sentence"),
    [
        ("", "q", "Say with “q” which words to look for."),
        ("q=%26%7C", "q", "Write at least one letter or number: signs alone cannot be found."),
        (f"q={'a' * 201}", "q", "Shorten this to 200 characters. It has 201."),
        ("q=a&type=planet", "type", "There is no “planet” to search in. Choose one of the kinds below."),
        ("q=a&typ=region", "typ", "There is no parameter “typ” here."),
        ("q=a&page_size=no", "page_size", "“page_size” must be a whole number from 1 to 100."),
    ],
)
def test_what_cannot_be_looked_for_is_told(client, query, path, sentence):
    reply = client.get(f"/api/v1/search/?{query}")
    assert (reply.status_code, reply.json()["path"]) == (400, path)
    assert reply.json()["detail"].startswith(sentence)
