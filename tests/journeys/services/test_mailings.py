"""A newsletter is frozen and sent: one mail for every address, whatever fails, and it can be stopped."""

import re
from html import unescape

import pytest
from django.db import IntegrityError
from django.utils import timezone
from django.utils.html import strip_tags

from cohes3ion.accounts.delivery import deliver_due
from cohes3ion.accounts.letters import message_of
from cohes3ion.accounts.models import Mail
from journeys.models import Delivery, Newsletter, Subscriber
from journeys.selectors.newsletter_content import content_of
from journeys.selectors.newsletters import mailing
from journeys.selectors.subscriptions import stop_link
from journeys.services import mailings, newsletters, subscriptions
from mapping.enums import Role
from tests.accounts.mail_server import mail_server
from tests.factories.exchange import (
    ArticleFactory,
    ArticleTextFactory,
    EventFactory,
    NewsletterFactory,
    PracticeFactory,
    SubscriberFactory,
)
from tests.factories.mapping import RegionMapFactory, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def project(region_map):
    return region_map.exercise.project


def subscribers(project, n, **values):
    given = {"project": project, "confirmed_at": timezone.now()} | values
    return [SubscriberFactory(**given) for _n in range(n)]


def letter(project, **values):
    return NewsletterFactory(project=project, intro="Hello", **values)


def sent(newsletter, by=None):
    seen = mailings.content_mark(content_of(newsletter))
    return mailings.send(newsletter=newsletter, seen=seen, by=by or UserFactory())


def test_every_confirmed_address_gets_one_mail(project):
    first, second = subscribers(project, 2)
    subscribers(project, 1, state="asked")
    subscribers(project, 1, state="stopped")
    SubscriberFactory(confirmed_at=timezone.now())  # of another partnership
    row = sent(letter(project))
    late = subscribers(project, 1)[0]  # confirmed after it was sent
    assert mailings.spread(newsletter_id=row.pk) == 2
    assert mailings.spread(newsletter_id=row.pk) == 0
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([first.email, second.email])
    assert late.email not in set(Mail.objects.values_list("to", flat=True))
    row.refresh_from_db()
    assert row.spread_at is not None


def test_a_worker_that_dies_leaves_the_rest_to_the_next_one(project, monkeypatch):
    subscribers(project, 3)
    row = sent(letter(project))
    real, calls = mailings.post, []

    def dies(mail):
        calls.append(mail)
        if len(calls) == 2:
            raise MemoryError
        return real(mail)

    monkeypatch.setattr(mailings, "post", dies)
    with pytest.raises(MemoryError):
        mailings.spread(newsletter_id=row.pk)
    assert list(Newsletter.objects.unfinished()) == [row]
    assert (Delivery.objects.count(), Mail.objects.count()) == (1, 1)
    mailings.spread(newsletter_id=row.pk)
    assert (Delivery.objects.count(), Mail.objects.values("to").distinct().count()) == (3, 3)
    assert not Newsletter.objects.unfinished().exists()


def test_negative_control_the_database_refuses_a_second_mail_to_an_address(project):
    subscriber = subscribers(project, 1)[0]
    row = sent(letter(project))
    mailings.spread(newsletter_id=row.pk)
    with pytest.raises(IntegrityError):
        Delivery.objects.create(newsletter=row, subscriber=subscriber)


def test_a_number_in_two_languages_comes_once_in_the_language_chosen(project):
    english = subscribers(project, 1, language="en")[0]
    polish = subscribers(project, 1, language="pl")[0]
    spanish = subscribers(project, 1, language="es")[0]
    first = letter(project, number=7, language="en")
    second = letter(project, number=7, language="pl")
    for row in (first, second):
        sent(row)
        mailings.spread(newsletter_id=row.pk)
    found = {mail.to: mail.language for mail in Mail.objects.all()}
    assert found == {english.email: "en", polish.email: "pl", spanish.email: "en"}


def test_stopped_nothing_leaves_and_resumed_each_gets_one(project, mailoutbox):
    subscribers(project, 3)
    row = sent(letter(project))
    mailings.spread(newsletter_id=row.pk)
    assert mailings.halt(newsletter=row) == 3
    deliver_due()
    assert (len(mailoutbox), mailing(row).count("stopped")) == (0, 3)
    subscriptions.stop(subscriber=Subscriber.objects.first())
    mailings.go_on(newsletter=row)
    deliver_due()
    assert len(mailoutbox) == 2
    row.refresh_from_db()
    assert mailing(row).states[-1][2] == 1  # of the one who ended it meanwhile


def test_stopped_before_the_worker_began_nothing_is_written(project):
    subscribers(project, 2)
    row = sent(letter(project))
    mailings.halt(newsletter=row)
    assert (mailings.spread(newsletter_id=row.pk), Mail.objects.count()) == (0, 0)
    mailings.go_on(newsletter=row)
    assert mailings.spread(newsletter_id=row.pk) == 2


def test_what_was_sent_does_not_change_with_the_site(project):
    text = ArticleTextFactory(article__project=project, title="Before")
    row = letter(project)
    newsletters.add_items(newsletter=row, keys=[f"article-{text.article_id}"], by=None)
    row = sent(row)
    text.title = "After"
    text.save()
    text.article.delete()
    assert [item["title"] for item in content_of(Newsletter.objects.get(pk=row.pk))["items"]] == ["Before"]
    with pytest.raises(newsletters.Sent):
        sent(row)
    with pytest.raises(newsletters.Sent):
        newsletters.add_words(newsletter=row, title="More", by=None)


def test_only_what_was_looked_at_is_sent(project):
    row = letter(project)
    seen = mailings.content_mark(content_of(row))
    newsletters.add_words(newsletter=row, title="Added meanwhile", by=None)
    with pytest.raises(mailings.ChangedSince):
        mailings.send(newsletter=row, seen=seen, by=None)
    empty = NewsletterFactory(project=project, intro=" ")
    with pytest.raises(mailings.NothingToSay):
        sent(empty)
    article = ArticleTextFactory(article__project=project).article
    newsletters.add_items(newsletter=row, keys=[f"article-{article.pk}"], by=None)
    article.published_at = None
    article.save()
    with pytest.raises(mailings.SomethingGone):
        sent(Newsletter.objects.get(pk=row.pk))
    assert not Newsletter.objects.sent().exists()


def test_only_public_rows_of_the_partnership_are_taken_and_each_once(project, region_map):
    article = ArticleTextFactory(article__project=project).article
    hidden = ArticleFactory(project=project, published_at=None)
    foreign = ArticleTextFactory().article
    event = EventFactory(region=region_map.region)
    inside = EventFactory(region=region_map.region, audience="members")
    practice = PracticeFactory(region=region_map.region)
    draft = PracticeFactory(region=region_map.region, state="draft", published_at=None)
    wanted = [f"article-{row.pk}" for row in (article, article, hidden, foreign)]
    wanted += [f"event-{event.pk}", f"event-{inside.pk}", f"practice-{practice.pk}", f"practice-{draft.pk}"]
    wanted += ["article-x", "article-²", f"article-{10**30}", "own-1", "nothing", ""]
    row = letter(project)
    assert newsletters.add_items(newsletter=row, keys=wanted, by=None) == 3
    assert newsletters.add_items(newsletter=row, keys=wanted, by=None) == 0
    assert [(item.kind, item.record_id) for item in row.items.all()] == [
        ("article", article.pk),
        ("event", event.pk),
        ("practice", practice.pk),
    ]


def words(text):
    return re.findall(r"\w+", text)


def test_html_and_text_say_the_same(project, region_map):
    subscribers(project, 1)
    row = letter(project)
    article = ArticleTextFactory(article__project=project, lead="**Bold** & [a page](https://a.example/x)")
    newsletters.add_items(
        newsletter=row,
        keys=[f"article-{article.article_id}", f"event-{EventFactory(region=region_map.region).pk}"],
        by=None,
    )
    own = newsletters.add_words(newsletter=row, title="Words <b>of</b> ours", by=None)
    own.text = "- one\n- two\n\n<script>alert(1)</script> ![p](https://a.example/p.png)"
    own.save()
    row = sent(Newsletter.objects.get(pk=row.pk))
    mailings.spread(newsletter_id=row.pk)
    message = message_of(Mail.objects.get())
    html, kind = message.alternatives[0]
    body = html.partition("<body>")[2]
    assert kind == "text/html"
    # Links stand beside their words in the text: an address is no word of its own.
    addresses = re.findall(r'href="([^"]+)"', body)
    seen = unescape(strip_tags(body))
    told = message.body
    for address in sorted(map(unescape, addresses), key=len, reverse=True):
        told, seen = told.replace(address, ""), seen.replace(address, "")
    assert words(seen) == words(told)
    assert ("<script>" in body, "<img" in body, "<table" in body, "p.png" in body) == (False,) * 4
    assert "<script>alert(1)</script>" in message.body
    assert all(address.startswith(("http://", "https://")) for address in addresses)


def test_one_click_headers_and_nothing_personal_is_kept(project, settings):
    subscriber = subscribers(project, 1)[0]
    row = sent(letter(project))
    mailings.spread(newsletter_id=row.pk)
    with mail_server(settings) as server:
        deliver_due()
    (taken,) = server.taken
    stop = "".join(str(taken["List-Unsubscribe"]).split())
    assert re.fullmatch(rf"<{re.escape(settings.SITE_URL)}/newsletters/stop/[\w:.-]+/>", stop)
    assert taken["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert taken["To"] == subscriber.email
    mail = Mail.objects.get()
    assert (mail.state, mail.text, mail.html, mail.unsubscribe) == ("sent", "", "", "")


def test_p45_a_line_dropped_gives_two_copies_at_most_with_one_message_id(project, settings):
    subscribers(project, 1)
    row = sent(letter(project))
    mailings.spread(newsletter_id=row.pk)
    with mail_server(settings) as server:
        server.how = "drop"
        for _try in range(4):
            deliver_due()
            Mail.objects.update(next_try_at=timezone.now())
    mail = Mail.objects.get()
    assert (mail.state, len(server.taken)) == ("uncertain", 2)
    assert {taken["Message-ID"] for taken in server.taken} == {mail.message_id}
    assert len({taken["List-Unsubscribe"] for taken in server.taken}) == 1
    assert mailing(row).states == [("uncertain", "May have been sent", 1)]
    assert mailings.try_again(newsletter=row) == 0  # whoever may have it does not get it a third time


def test_a_trial_goes_to_oneself_and_ends_nobodys_subscription(project, region_map, mailoutbox):
    person = member(Role.FACILITATOR, region_map)
    subscribers(project, 2)
    mailings.send_trial(newsletter=letter(project), to=person)
    deliver_due()
    assert [(mail.to, "List-Unsubscribe" in mail.extra_headers) for mail in mailoutbox] == [
        ([person.email], False)
    ]
    assert "/newsletters/stop/" not in mailoutbox[0].body


@pytest.mark.parametrize("rows", [1, 30])
def test_a_mail_takes_a_number_of_queries_that_stays(project, rows, django_assert_max_num_queries):
    subscribers(project, rows)
    row = sent(letter(project))
    with django_assert_max_num_queries(6 + 14 * rows):
        mailings.spread(newsletter_id=row.pk)


def test_each_mail_holds_the_link_of_its_own_address_and_no_other(project):
    people = subscribers(project, 3)
    row = sent(letter(project))
    mailings.spread(newsletter_id=row.pk)
    links = {person.email: stop_link(person) for person in people}
    for mail in Mail.objects.all():
        for email, link in links.items():
            assert (link in mail.text, f'href="{link}"' in mail.html) == (email == mail.to,) * 2
        assert mail.unsubscribe == links[mail.to]
