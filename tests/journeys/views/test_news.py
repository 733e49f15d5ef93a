"""News: read in one's own language, written language by language, published, followed as a feed."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from django.utils import timezone

from journeys.models import Article, ArticleText
from mapping.enums import Role
from tests.factories.exchange import ArticleFactory, ArticleTextFactory
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"HX-Request": "true"}}
MOMENT = re.compile(r"\d{4}(-\d\d){2}T(\d\d:){2}\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")  # RFC 3339
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def region_map():
    return RegionMapFactory()


def signed_in(role, region_map):
    client = Client()
    client.force_login(member(role, region_map))
    return client


def article(region_map, *languages, **values):
    row = ArticleFactory(project=region_map.exercise.project, **values)
    for language in languages or ("en",):
        ArticleTextFactory(article=row, language=language, title=f"In {language}")
    return row


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_list_is_read_in_a_number_of_queries_that_stays(client, django_assert_num_queries, rows):
    for _n in range(rows):
        ArticleTextFactory()
    ArticleTextFactory(article__published_at=None)
    ArticleFactory()  # nobody wrote a word of it
    with django_assert_num_queries(2 + 2 * bool(rows)):  # count, languages; rows, texts
        reply = client.get("/news/")
    assert len(reply.context["lines"]) == rows
    assert ("No news yet" in reply.content.decode()) is (rows == 0)


def test_a_thousand_articles_come_in_pages(client, region_map):
    project = region_map.exercise.project
    now = timezone.now()
    rows = Article.objects.bulk_create(
        Article(project=project, slug=f"n-{n}", published_at=now) for n in range(1000)
    )
    ArticleText.objects.bulk_create(
        ArticleText(article=row, language="en", title=f"Piece {n}") for n, row in enumerate(rows)
    )
    page = client.get("/news/?page=84").context["page"]
    assert (page.number, page.paginator.num_pages, len(page)) == (84, 84, 4)
    assert [line.text.title for line in client.get("/news/?q=piece 999").context["lines"]] == ["Piece 999"]


def test_own_language_first_then_another_with_its_mark(client, region_map):
    row = article(region_map, "en", "pl")
    article(region_map, "de")
    client.cookies["django_language"] = "pl"
    lines = client.get("/news/").context["lines"]
    assert [(line.text.language, line.is_asked_for) for line in lines] == [("de", False), ("pl", True)]
    content = client.get("/news/").content.decode()
    assert (content.count('<li class="stack stack-s" lang="de">'), 'lang="en">In en' in content) == (1, False)
    page = client.get(f"/news/{row.slug}/?language=en")
    assert page.context["line"].text.language == "en"
    assert client.get(f"/news/{row.slug}/?language=xx").context["line"].text.language == "en"


def test_markdown_is_shown_and_typed_html_is_text(client, region_map):
    row = article(region_map)
    body = (
        "# First\n\n**bold** [away](https://a.example/) [bad](javascript:alert(1)) "
        "![x](https://a.example/x.png)\n\n<script>1</script>"
    )
    ArticleText.objects.filter(article=row).update(body=body)
    content = client.get(f"/news/{row.slug}/").content.decode()
    assert '<h2>First</h2>\n<p><strong>bold</strong> <a href="https://a.example/"' in content
    assert "&lt;script&gt;1&lt;/script&gt;" in content
    assert ("javascript:alert" in content.partition("<article")[2].replace("[bad](javascript:", "")) is False
    assert "x.png" not in content


def test_a_draft_is_seen_by_partners_only(client, region_map):
    row = article(region_map, published_at=None)
    address = f"/news/{row.slug}/"
    assert client.get(address).status_code == 404
    assert signed_in(Role.STAKEHOLDER, region_map).get(address).status_code == 404
    assert signed_in(Role.COORDINATOR, RegionMapFactory()).get(address).status_code == 404
    assert "Draft: partners only" in signed_in(Role.OBSERVER, region_map).get(address).content.decode()


def test_article_is_written_and_published(region_map):
    client = signed_in(Role.FACILITATOR, region_map)
    project = region_map.exercise.project_id
    for wrong in ({"title": ""}, {"title": "\u200b", "language": "en"}, {"title": "T", "language": "??"}):
        reply = client.post("/workspace/new-article/", {"project": project} | wrong)
        assert (reply.status_code, Article.objects.count()) == (422, 0)
    sent = {"project": project, "title": "The map is out", "language": "en"}
    reply = client.post("/workspace/new-article/", sent)
    row = Article.objects.get()
    assert (reply["Location"], row.slug, row.published_at) == (
        "/workspace/news/the-map-is-out/",
        "the-map-is-out",
        None,
    )
    text = row.texts.get()
    reply = client.post(
        f"/workspace/news-texts/{text.pk}/save/", {"lead": "New", "version_lead": "1"}, **SCRIPT
    )
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    late = client.post(
        f"/workspace/news-texts/{text.pk}/save/", {"lead": "Old", "version_lead": "1"}, **SCRIPT
    )
    assert (late.status_code, ArticleText.objects.get().lead) == (409, "New")
    assert Client().get("/news/the-map-is-out/").status_code == 404
    client.post("/workspace/news/the-map-is-out/publish/", {"public": "yes", "version": "1"})
    assert "New" in Client().get("/news/the-map-is-out/").content.decode()
    client.post("/workspace/news/the-map-is-out/publish/", {"public": "no", "version": "1"})  # an old page
    assert Client().get("/news/the-map-is-out/").status_code == 200


def test_an_observer_writes_nothing(region_map):
    row = article(region_map)
    client = signed_in(Role.OBSERVER, region_map)
    assert client.get("/workspace/news/").status_code == 403
    assert client.get(f"/workspace/news/{row.slug}/").status_code == 403
    sent = {"title": "Mine", "version_title": "1"}
    assert client.post(f"/workspace/news-texts/{row.texts.get().pk}/save/", sent).status_code == 403
    assert row.texts.get().title == "In en"


def test_a_language_stands_once_and_the_last_text_stays(region_map):
    row = article(region_map)
    client = signed_in(Role.COORDINATOR, region_map)
    address = f"/workspace/news/{row.slug}/"
    reply = client.post(f"{address}texts/", {"title": "Again", "language": "en"})
    assert (reply.status_code, "write there" in reply.content.decode(), row.texts.count()) == (422, True, 1)
    client.post(f"{address}texts/", {"title": "Wieder", "language": "de"})
    first, second = row.texts.all()
    client.post(f"/workspace/news-texts/{first.pk}/remove/", {"version": "1"})
    client.post(f"/workspace/news-texts/{second.pk}/remove/", {"version": "1"})
    assert [text.language for text in row.texts.all()] == ["de"]
    client.post(f"{address}remove/", {"version": "1"})  # not sure
    assert Article.objects.count() == 1
    client.post(f"{address}remove/", {"version": "1", "sure": "yes"})
    assert Article.objects.count() == 0


@pytest.mark.parametrize("rows", [1, 3])
def test_desk_and_editor_take_a_number_of_queries_that_stays(region_map, django_assert_num_queries, rows):
    for _n in range(rows):
        row = article(region_map, *("en", "pl", "de")[:rows], published_at=None)
    client = signed_in(Role.COORDINATOR, region_map)
    with django_assert_num_queries(6):  # session, user; projects, count, rows, texts
        assert len(client.get("/workspace/news/").context["lines"]) == rows
    with django_assert_num_queries(5):  # session, user; article, texts, role
        assert len(client.get(f"/workspace/news/{row.slug}/").context["items"]) == rows


def test_feed_is_atom_and_narrowed_by_language(client, region_map, settings):
    settings.SITE_URL = "https://stm.example"
    row = article(region_map, "en", "pl")
    article(region_map, "en")
    article(region_map, "en", published_at=None)
    reply = client.get("/news/feed.atom?language=pl")
    assert reply["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = ET.fromstring(reply.content)
    entries = feed.findall(f"{ATOM}entry")
    assert feed.findtext(f"{ATOM}id") == "https://stm.example/news/feed.atom?language=pl"
    assert (feed.get(XML_LANG), [entry.findtext(f"{ATOM}title") for entry in entries]) == ("pl", ["In pl"])
    assert entries[0].findtext(f"{ATOM}id") == f"https://stm.example/news/{row.slug}/"
    every = client.get("/news/feed.atom", headers={"Accept-Language": "el"}).content
    assert every == client.get("/news/feed.atom").content
    assert ET.fromstring(every).findtext(f"{ATOM}id") == "https://stm.example/news/feed.atom"
    assert len(ET.fromstring(every).findall(f"{ATOM}entry")) == 2
    assert ET.fromstring(client.get("/news/feed.atom?language=sv").content).findall(f"{ATOM}entry") == []
    for none in ("xx", "%00", "english"):
        refused = client.get(f"/news/feed.atom?language={none}")
        assert (refused.status_code, "no such language" in refused.content.decode()) == (400, True)


def test_a_feed_of_all_news_says_the_language_of_each_entry_and_reads_leads_as_they_stand(client, region_map):
    row = article(region_map, "de")
    article(region_map, "en", "pl")
    ArticleText.objects.filter(article=row).update(
        lead="1 < 2 & [no](https://a.example/)", body="**Fett** [ja](https://b.example/)"
    )
    entries = ET.fromstring(client.get("/news/feed.atom").content).findall(f"{ATOM}entry")
    assert [entry.get(XML_LANG) for entry in entries] == ["en", "de"]
    assert entries[1].findtext(f"{ATOM}summary") == (
        "<p>1 &lt; 2 &amp; [no](https://a.example/)</p>"
        '<p><strong>Fett</strong> <a href="https://b.example/" rel="noopener noreferrer">ja</a></p>\n'
    )
    for needed in ("id", "title", "updated", "published"):
        assert all(entry.findtext(f"{ATOM}{needed}") for entry in entries)


def test_every_feed_holds_what_rfc_4287_asks_for(client, region_map):
    """Also a feed without any entry, and one of more than it shows."""
    for rows in (0, 1, 60):
        for n in range(rows):
            article(region_map, "en", slug=f"row-{rows}-{n}")
        feed = ET.fromstring(client.get("/news/feed.atom").content)
        assert all(feed.findtext(f"{ATOM}{name}") for name in ("title", "id", "updated"))
        assert MOMENT.fullmatch(feed.findtext(f"{ATOM}updated"))
        assert feed.find(f"{ATOM}link[@rel='self']") is not None
        ids = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert len(ids) == len(set(ids)) == min(rows + (1 if rows == 60 else 0), 50)
        assert all(entry.find(f"{ATOM}author/{ATOM}name").text for entry in feed.findall(f"{ATOM}entry"))


def test_a_list_without_leads_shows_the_first_words_without_marks(client, region_map):
    row = article(region_map)
    body = "## Head\n\nnot shown"
    ArticleText.objects.filter(article=row).update(lead="", body=body)
    assert client.get("/news/").context["lines"][0].lead == "Head"
    body = f"**Bold** and [a page](https://a.example/{'x' * 400}) {'word ' * 100}\n\nNext"
    ArticleText.objects.filter(article=row).update(body=body)
    lead = client.get("/news/").context["lines"][0].lead
    assert (lead[:22], len(lead), lead[-1], "https" in lead) == ("Bold and a page word w", 300, "…", False)


def test_where_an_article_comes_from_is_edited_field_by_field(region_map):
    row = article(region_map)
    client = signed_in(Role.FACILITATOR, region_map)
    address = f"/workspace/news/{row.slug}/save/"
    wrong = {"sources": "https://a.example/\njavascript:alert(1)", "version_sources": "1"}
    reply = client.post(address, wrong | {"provenance": "sourced", "version_provenance": "1"})
    page = reply.content.decode()
    assert (reply.status_code, "is no web address" in page, "javascript:alert(1)" in page) == (
        422,
        True,
        True,
    )
    row.refresh_from_db()
    assert (row.provenance, row.sources) == ("sourced", [])
    good = {"sources": "https://a.example/\n\n https://b.example/x ", "version_sources": "1"}
    assert client.post(address, good, **SCRIPT).status_code == 200
    assert client.post(address, good | {"sources": "https://late.example/"}, **SCRIPT).status_code == 409
    row.refresh_from_db()
    assert row.sources == ["https://a.example/", "https://b.example/x"]
    shown = Client().get(f"/news/{row.slug}/").content.decode()
    assert '<a href="https://b.example/x" rel="noopener nofollow">' in shown
    assert signed_in(Role.OBSERVER, region_map).post(address, good).status_code == 403


def test_api_lists_what_is_published(client, region_map, django_assert_num_queries):
    row = article(region_map, "en", "pl")
    article(region_map, "en", published_at=None)
    with django_assert_num_queries(3):
        found = client.get("/api/v1/news/").json()["results"]
    assert [(item["slug"], [text["language"] for text in item["texts"]]) for item in found] == [
        (row.slug, ["en", "pl"])
    ]
    assert client.get("/api/v1/news/?texts__language=de").json()["count"] == 0
