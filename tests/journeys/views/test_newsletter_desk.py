"""A newsletter in the hands of two people, of a hurry and of somebody who means harm."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from cohes3ion.accounts.delivery import deliver_due
from cohes3ion.accounts.letters import message_of
from cohes3ion.accounts.models import Mail
from cohes3ion.lib.row_forms import Change
from journeys.models import Article, ArticleText, Newsletter, NewsletterItem
from journeys.selectors.newsletter_content import content_of
from journeys.services import mailings, newsletters
from journeys.services.rows import save_changes
from mapping.enums import Role
from tests.factories.exchange import (
    ArticleTextFactory,
    EventFactory,
    JourneyFactory,
    NewsletterFactory,
    PracticeFactory,
    SubscriberFactory,
    VisitFactory,
)
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def letter(region_map):
    return NewsletterFactory(project=region_map.exercise.project, intro="Hello")


@pytest.fixture
def client(region_map):
    client = Client()
    client.force_login(member(Role.COORDINATOR, region_map))
    return client


def desk(letter, step=""):
    return f"/workspace/newsletters/{letter.pk}/{step}"


def test_two_people_change_one_text_and_both_texts_are_shown(client, letter):
    save_changes(row=letter, changes=[Change(field="intro", values={"intro": "Theirs"}, version=1)], by=None)
    sent = {"intro": "Mine", "was_intro": "Hello", "version_intro": "1"}
    alone = dict.fromkeys(("subject", "was_subject"), letter.subject)
    reply = client.post(desk(letter, "save/"), sent | alone)
    page = reply.content.decode()
    assert (reply.status_code, "Theirs" in page, "Mine" in page) == (409, True, True)
    assert Newsletter.objects.get(pk=letter.pk).intro == "Theirs"
    both = sent | {"choice": "both", "field": "intro", "version_intro": "2"}
    client.post(desk(letter, "save/"), both)
    assert Newsletter.objects.get(pk=letter.pk).intro == "Theirs\n\nMine"


def test_ticks_stay_while_the_site_is_searched(client, letter, region_map):
    first = ArticleTextFactory(article__project=letter.project, title="News A").article
    event = EventFactory(region=region_map.region, title="A day to save")
    sent = {"look": "yes", "q": "day", "take": [f"article-{first.pk}", "article-999999", "own-1", "x"]}
    reply = client.post(desk(letter, "take/"), sent)
    assert [row.title for row in reply.context["ticked"]] == ["News A"]
    assert [row.title for group in reply.context["offers"] for row in group.rows] == ["A day to save"]
    assert letter.items.count() == 0
    client.post(desk(letter, "take/"), {"q": "day", "take": [f"article-{first.pk}", f"event-{event.pk}"]})
    assert letter.items.count() == 2


def test_a_letter_has_forty_parts_at_most_and_says_so(client, letter):
    texts = [ArticleTextFactory(article__project=letter.project) for _n in range(3)]
    for n in range(38):
        newsletters.add_words(newsletter=letter, title=f"Part {n}", by=None)
    keys = [f"article-{text.article_id}" for text in texts]
    reply = client.post(desk(letter, "take/"), {"take": keys})
    assert (reply.status_code, "2 more can be added" in reply.content.decode()) == (422, True)
    assert len(reply.context["ticked"]) == 3
    client.post(desk(letter, "take/"), {"take": keys[:2]})
    reply = client.post(desk(letter, "words/"), {"title": "One more", "text": "Kept text"})
    assert (reply.status_code, letter.items.count()) == (422, 40)
    assert ("newsletter is full" in reply.content.decode(), "Kept text" in reply.content.decode()) == (
        True,
    ) * 2


def test_own_words_are_added_with_their_text_in_one_step(client, letter):
    client.post(desk(letter, "words/"), {"title": "A film", "text": "See [it](/how-mapping-works/)"})
    assert [(row.title, row.text) for row in letter.items.all()] == [
        ("A film", "See [it](/how-mapping-works/)")
    ]
    refused = client.post(desk(letter, "words/"), {"title": "", "text": "Not lost"})
    assert (refused.status_code, "Not lost" in refused.content.decode()) == (422, True)


def test_a_refused_form_says_what_the_page_says(client, letter):
    """The page after a refusal is the page: it still leads to where it is sent."""
    page = client.post(desk(letter, "words/"), {"title": ""}).content.decode()
    assert (desk(letter, "look/") in page, "A coordinator sends it" in page) == (True, False)


def test_journeys_are_told_with_their_hosts(client, letter, region_map):
    journey = JourneyFactory(exercise=region_map.exercise, aim="To learn")
    for _again in range(2):
        VisitFactory(host=region_map.region, journey=journey)
    JourneyFactory(exercise=region_map.exercise, published_at=None)
    groups = client.get(desk(letter, "choose/")).context["offers"]
    assert [(group.kind, len(group.rows)) for group in groups if group.rows] == [("journey", 1)]
    client.post(desk(letter, "take/"), {"take": [f"journey-{journey.pk}"]})
    (line,) = content_of(Newsletter.objects.get(pk=letter.pk))["items"]
    assert (line["title"], line["text"], line["facts"]) == (
        journey.title,
        "To learn",
        region_map.region.name,
    )
    assert line["link"].endswith(f"/journeys/{journey.slug}/")


MARKS = "# Big\n[click](https://evil.example/) **now** <img src=x onerror=alert(1)> javascript:alert(1)"


def test_what_others_wrote_on_the_site_becomes_no_link_and_no_mark(client, letter, region_map):
    """Summaries and leads are no Markdown on their pages; in a mail of ours they must not become links."""
    text = ArticleTextFactory(article__project=letter.project, lead=MARKS)
    rows = [EventFactory(region=region_map.region, summary=MARKS)]
    rows += [PracticeFactory(region=region_map.region, summary=MARKS)]
    keys = [f"article-{text.article_id}", f"event-{rows[0].pk}", f"practice-{rows[1].pk}"]
    newsletters.add_items(newsletter=letter, keys=keys, by=None)
    html = client.get(desk(letter, "mail.html")).content.decode()
    page = client.get(f"/newsletters/{letter.pk}/").content.decode().partition("<article")[2]
    for shown in (html, page):
        assert ('href="https://evil' in shown, "<img src" in shown, "<h1>Big" in shown) == (False,) * 3
        assert shown.count("[click](https://evil.example/) **now** &lt;img src=x") == 3
    assert client.get(desk(letter, "mail.txt")).content.decode().count("[click](https://evil.example/)") == 3


def test_own_words_keep_only_links_that_lead_somewhere(client, letter, settings):
    text = (
        "[a](javascript:alert(1)) [b](data:text/html,x) [c](/news/) [d](//other.example/x) "
        "[e](https://ok.example/) [f](vbscript:x) [g](http://[) ![h](https://pixel.example/p.gif)"
    )
    newsletters.add_words(newsletter=letter, title="<b>T</b>", text=text, by=None)
    html = client.get(desk(letter, "mail.html")).content.decode()
    part = html.partition("<body>")[2]
    plain = client.get(desk(letter, "mail.txt")).content.decode()
    scheme = settings.SITE_URL.partition(":")[0]
    for address in (f"{settings.SITE_URL}/news/", f"{scheme}://other.example/x", "https://ok.example/"):
        assert (f'href="{address}"' in part, f"({address})" in plain) == (True, True)
    for bad in ('"javascript', '"data:', '"vbscript', "<img", "pixel.example", "<b>"):
        assert bad not in part
    assert "pixel.example" not in plain


@pytest.mark.parametrize(
    "subject", ["Two\r\nBcc: x@evil.example", "Zero\0", "\x85", "\ufffe", "\u200b\u200b", "x" * 161, ""]
)
def test_a_subject_that_is_no_line_is_refused_and_nothing_is_stored(client, letter, subject):
    before = letter.subject
    sent = {
        "subject": subject,
        "was_subject": before,
        "version_subject": "1",
    }
    reply = client.post(desk(letter, "save/"), sent)
    assert reply.status_code in (302, 422)
    stored = Newsletter.objects.get(pk=letter.pk).subject
    assert stored in (before, "Two Bcc: x@evil.example")  # lines are joined, as a browser does
    SubscriberFactory(project=letter.project, confirmed_at=timezone.now())
    letter.refresh_from_db()
    mailings.send(newsletter=letter, seen=mailings.content_mark(content_of(letter)), by=None)
    mailings.spread(newsletter_id=letter.pk)
    message = message_of(Mail.objects.get()).message()
    assert (message["Bcc"], message["To"]) == (None, Mail.objects.get().to)


def test_signs_that_turn_a_line_stay_out_of_the_mailbox(letter):
    letter.subject = "Annual \u202etxt.exe\u202c \u2067report\u2069 \u05e9\u05dc\u05d5\u05dd"
    letter.save()
    SubscriberFactory(project=letter.project, confirmed_at=timezone.now())
    mailings.send(newsletter=letter, seen=mailings.content_mark(content_of(letter)), by=None)
    mailings.spread(newsletter_id=letter.pk)
    assert message_of(Mail.objects.get()).subject == "Annual txt.exe report \u05e9\u05dc\u05d5\u05dd"


def test_a_trial_pressed_twice_is_one_mail(client, letter, mailoutbox):
    for _press in range(2):
        assert client.post(desk(letter, "trial/"))["Location"] == desk(letter, "look/")
    deliver_due()
    assert len(mailoutbox) == 1


def test_the_mail_is_shown_in_a_frame_of_this_site_alone(client, letter):
    reply = client.get(desk(letter, "mail.html"))
    assert reply["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in reply["Content-Security-Policy"]
    assert desk(letter, "mail.html") in client.get(desk(letter, "look/")).content.decode()


def test_what_is_gone_is_said_before_it_is_sent(client, letter):
    text = ArticleTextFactory(article__project=letter.project)
    newsletters.add_items(newsletter=letter, keys=[f"article-{text.article_id}"], by=None)
    text.article.published_at = None
    text.article.save()
    page = client.get(desk(letter, "look/"))
    item = NewsletterItem.objects.get()
    assert f"{desk(letter)}#part-{item.pk}" in page.content.decode()
    reply = client.post(desk(letter, "send/"), {"sure": "yes", "mark": page.context["mark"]})
    assert (reply["Location"], Newsletter.objects.sent().exists()) == (desk(letter, "look/"), False)


def test_ten_thousand_of_each_come_in_pages_and_as_many_queries(
    client, region_map, django_assert_num_queries
):
    project, now = region_map.exercise.project, timezone.now()
    rows = Article.objects.bulk_create(
        Article(project=project, slug=f"n-{n}", published_at=now) for n in range(10_000)
    )
    ArticleText.objects.bulk_create(
        ArticleText(article=row, language="en", title=f"Piece {n}", body="Words")
        for n, row in enumerate(rows)
    )
    Newsletter.objects.bulk_create(
        Newsletter(project=project, number=n, subject=f"Number {n}", sent_at=now, spread_at=now)
        for n in range(2, 10_002)
    )
    letter = NewsletterFactory(project=project, number=1)
    with django_assert_num_queries(3):  # partnerships, number, rows
        assert len(Client().get("/newsletters/?page=500").context["page"]) == 20
    with django_assert_num_queries(4):
        assert len(Client().get("/news/?page=833").context["lines"]) == 12
    with django_assert_num_queries(6):
        assert len(client.get("/workspace/news/?page=333").context["lines"]) == 30
    with django_assert_num_queries(7):
        assert len(client.get("/workspace/newsletters/?page=2").context["page"]) == 20
    with django_assert_num_queries(11):
        groups = client.get(desk(letter, "choose/")).context["offers"]
    assert [(len(group.rows), group.has_more) for group in groups if group.rows] == [(30, True)]
    assert "There are more" in client.get(desk(letter, "choose/")).content.decode()
    with django_assert_num_queries(3):
        assert len(ElementTree.fromstring(Client().get("/news/feed.atom").content)) > 50
    for api in ("news", "newsletters"):
        assert Client().get(f"/api/v1/{api}/").json()["count"] == 10_000
