"""The news of the demonstration, typed by hand, and the newsletter that can be made of its own items."""

import pytest
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from journeys.models import Article, Newsletter
from journeys.selectors.newsletter_content import content_of
from journeys.services import mailings
from journeys.services.demo_content import read_demo
from journeys.services.demo_news import add_news
from tests.factories.exchange import EventFactory, PracticeFactory, SubscriberFactory
from tests.factories.mapping import RegionFactory

CONTENT = read_demo("news")
# slug, languages, host of the first source
TABLE = [
    ("policy-learning-document", "en es", "docslib.org"),
    ("journeys-go-on-online", "en", "projects2014-2020.interregeurope.eu"),
    ("matchmaker-ruhr-starts", "en de", "www.business.ruhr"),
    ("mazovia-names-four-needs", "en pl", "innowacyjni.mazovia.pl"),
]
# kind, title of what the newsletter tells
LETTER = [
    ("article", "The Policy Learning Document is published"),
    ("own", "How mapping works: in eight pictures, and as a film"),
    ("article", "The learning journeys go on, online"),
    ("practice", "Matchmaker.Ruhr"),
    ("event", "Peer review"),
]


def test_every_piece_has_its_source_and_a_text_in_english():
    found = [
        (row["slug"], " ".join(text["language"] for text in row["texts"]), row["sources"][0].split("/")[2])
        for row in CONTENT["articles"]
    ]
    assert found == TABLE
    assert {row["provenance"] for row in CONTENT["articles"]} == {"sourced"}


@pytest.mark.django_db
def test_a_newsletter_is_rebuilt_from_the_demonstrations_own_items():
    region = RegionFactory()
    PracticeFactory(region=region, slug="matchmaker-ruhr", title="Matchmaker.Ruhr")
    EventFactory(region=region, slug="peer-review-of-plans", title="Peer review", provenance="invented")
    letter = add_news(project=region.project)
    content = content_of(letter)
    assert [(line["kind"], line["title"]) for line in content["items"]] == LETTER
    assert [line.get("is_invented", False) for line in content["items"]] == [False] * 4 + [True]
    assert "/how-mapping-works/)" in content["items"][1]["text"]
    SubscriberFactory(project=region.project, confirmed_at=timezone.now())
    mailings.send(newsletter=letter, seen=mailings.content_mark(content), by=None)
    assert mailings.spread(newsletter_id=letter.pk) == 1
    text = Mail.objects.get().text
    places = [text.index(title) for _kind, title in LETTER]
    assert places == sorted(places)
    assert "Invented for the demonstration" in text
    region.project.delete()
    assert (Article.objects.count(), Newsletter.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_what_is_not_there_is_left_out():
    letter = add_news(project=RegionFactory().project)
    assert [item.kind for item in letter.items.all()] == ["article", "own", "article"]
