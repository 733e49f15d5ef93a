"""Newsletters: subscribed in two steps, ended in one, put together, looked at, sent, read in the archive."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from cohes3ion.lib.ordered import order_version
from journeys.models import Delivery, Newsletter, NewsletterItem, Subscriber
from journeys.selectors.newsletter_content import content_of
from journeys.selectors.subscriptions import asking, confirm_link, stop_link
from journeys.services import mailings, newsletters, subscriptions
from mapping.enums import Role
from tests.factories.exchange import (
    ArticleTextFactory,
    EventFactory,
    NewsletterFactory,
    PracticeFactory,
    SubscriberFactory,
    VisitFactory,
)
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.region import publish

pytestmark = pytest.mark.django_db
SCRIPT = {"headers": {"HX-Request": "true"}}
SENT = {"language": "pl", "consent": "on"}


@pytest.fixture
def region_map():
    return publish(RegionMapFactory())


@pytest.fixture
def project(region_map):
    return region_map.exercise.project


def signed_in(role, region_map):
    client = Client()
    client.force_login(member(role, region_map))
    return client


def path(link):
    return "/" + link.split("/", 3)[3]


def ask(client, project, **values):
    given = SENT | {"email": "reader@test.invalid", "project": project.pk} | values
    return client.post("/newsletters/subscribe/", given)


def test_subscribing_takes_a_mail_and_a_button(client, project, django_capture_on_commit_callbacks):
    assert ask(client, project, email=" Reader@Test.invalid").status_code == 302
    row = Subscriber.objects.get()
    assert (row.email, row.state, row.language) == ("reader@test.invalid", "asked", "pl")
    mail = Mail.objects.get()
    assert (mail.to, asking(mail.link.split("/")[-2])) == ("reader@test.invalid", row)
    for _scanner in range(2):
        assert client.get(path(mail.link)).status_code == 200
    row.refresh_from_db()
    assert row.state == "asked"
    for _twice in range(2):
        assert client.post(f"{path(mail.link)}yes/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.confirmed_at is not None) == ("confirmed", True)


@pytest.mark.parametrize("state", ["", "asked", "confirmed", "stopped"])
def test_the_page_never_says_whether_an_address_is_known(project, state):
    if state:
        SubscriberFactory(project=project, email="reader@test.invalid", state=state)
    client = Client()
    reply = ask(client, project)
    page = client.get("/newsletters/")
    said = [str(message) for message in page.context["messages"]]
    assert (reply.status_code, said) == (
        302,
        ["Thank you. We write to reader@test.invalid at once: open the link in the mail to confirm."],
    )
    subject = Mail.objects.get().subject
    assert ("already" in subject) is (state == "confirmed")
    assert Subscriber.objects.get().state == ("confirmed" if state == "confirmed" else "asked")


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "a@b"},
        {"email": "a@test.invalid\r\nBcc: b@test.invalid"},
        {"email": "a@test.invalid,b@test.invalid"},
        {"consent": ""},
        {"language": "xx"},
        {"project": "999999"},
        {"project": "x"},
    ],
)
def test_bad_input_stores_and_sends_nothing(client, project, wrong):
    given = SENT | {"email": "reader@test.invalid", "project": project.pk} | wrong
    reply = client.post("/newsletters/subscribe/", given)
    assert (reply.status_code, Subscriber.objects.count(), Mail.objects.count()) == (422, 0, 0)
    assert "There is a problem" in reply.content.decode()


def test_one_mailbox_gets_three_mails_an_hour_and_a_crowd_waits(client, project, monkeypatch):
    for _time in range(6):
        assert ask(client, project).status_code == 302
    assert Mail.objects.count() == 3
    monkeypatch.setattr(subscriptions, "CROWD", 1)
    reply = ask(client, project, email="next@test.invalid")
    assert (reply.status_code, reply["Retry-After"], Subscriber.objects.count()) == (429, "600", 1)
    assert "next@test.invalid" in reply.content.decode()


def test_links_that_are_altered_replaced_or_old_open_one_clear_page(client, project, monkeypatch):
    row = SubscriberFactory(project=project, state="asked")
    link = path(confirm_link(row))
    closed = [
        client.get(link[:-3] + "xx/"),
        client.post(link[:-3] + "xx/yes/"),
        client.get("/newsletters/stop/x/"),
    ]
    closed += [client.post("/newsletters/stop/x/"), client.post("/newsletters/stop/x/delete/")]
    Subscriber.objects.update(generation=2)
    closed += [client.get(link), client.post(f"{link}yes/")]
    row.refresh_from_db()
    fresh = path(confirm_link(row))
    assert client.get(fresh).status_code == 200
    monkeypatch.setattr("journeys.selectors.subscriptions.DAYS", -1)
    closed += [client.get(fresh), client.post(f"{fresh}yes/")]
    assert {reply.status_code for reply in closed} == {404}
    assert all("This link opens nothing" in reply.content.decode() for reply in closed)
    row.refresh_from_db()
    assert row.state == "asked"


def test_a_stop_link_confirms_nothing(client, project):
    row = SubscriberFactory(project=project, state="asked")
    token = path(stop_link(row)).split("/")[3]
    assert client.post(f"/newsletters/confirm/{token}/yes/").status_code == 404


def test_one_post_without_a_session_ends_it_and_opening_does_not(project):
    row = SubscriberFactory(project=project)
    address = path(stop_link(row))
    program = Client(enforce_csrf_checks=True)
    assert program.get(address).status_code == 200
    row.refresh_from_db()
    assert row.state == "confirmed"
    for _twice in range(2):
        reply = program.post(address, {"List-Unsubscribe": "One-Click"})
        assert (reply.status_code, "no more newsletters" in reply.content.decode()) == (200, True)
    row.refresh_from_db()
    assert (row.state, reply["Cache-Control"], reply["X-Robots-Tag"]) == (
        "stopped",
        "no-store, private",
        "noindex, nofollow",
    )


def test_a_link_used_too_often_waits(project):
    cache.clear()
    address = path(stop_link(SubscriberFactory(project=project)))
    found = [Client().post(address) for _time in range(61)]
    assert [reply.status_code for reply in found] == [200] * 60 + [429]
    assert found[-1]["Retry-After"] == "60"


def test_deleting_takes_the_address_and_all_mails_to_it(client, project):
    ask(client, project)
    row = Subscriber.objects.get()
    subscriptions.confirm(subscriber=row)
    letter = NewsletterFactory(project=project, intro="Hello")
    mailings.send(newsletter=letter, seen=mailings.content_mark(content_of(letter)), by=None)
    mailings.spread(newsletter_id=letter.pk)
    assert (Mail.objects.count(), Delivery.objects.count()) == (2, 1)
    address = path(stop_link(row))
    assert "is deleted" in client.post(f"{address}delete/").content.decode()
    assert (Subscriber.objects.count(), Mail.objects.count(), Delivery.objects.count()) == (0, 0, 0)
    assert client.post(f"{address}delete/").status_code == 404


def test_addresses_nobody_confirmed_are_forgotten(project):
    old = timezone.now() - dt.timedelta(days=8)
    SubscriberFactory(project=project, state="asked", asked_at=old)
    kept = [
        SubscriberFactory(project=project, state="asked"),
        SubscriberFactory(project=project, asked_at=old),
        SubscriberFactory(project=project, state="stopped", asked_at=old),
    ]
    assert subscriptions.forget_old() == 1
    assert list(Subscriber.objects.all()) == kept


def test_put_together_from_the_site_in_any_order(region_map, project):
    client = signed_in(Role.FACILITATOR, region_map)
    sent = {"project": project.pk, "subject": "What we learned", "language": "en"}
    assert client.post("/workspace/newsletters/add/", sent | {"subject": ""}).status_code == 422
    client.post("/workspace/newsletters/add/", sent)
    again = client.post("/workspace/newsletters/add/", sent | {"number": "1"})
    assert (again.status_code, "stands in this language already" in again.content.decode()) == (422, True)
    client.post("/workspace/newsletters/add/", sent | {"number": "1", "language": "pl"})
    assert list(Newsletter.objects.values_list("number", "language").order_by("pk")) == [(1, "en"), (1, "pl")]
    letter = Newsletter.objects.earliest("pk")
    desk = f"/workspace/newsletters/{letter.pk}/"
    article = ArticleTextFactory(article__project=project, title="News A").article
    event = EventFactory(region=region_map.region, title="A day to save")
    page = client.get(f"{desk}choose/")
    assert [[row.title for row in group.rows] for group in page.context["offers"]] == [
        ["News A"],
        [],
        [],
        [],
        ["A day to save"],
    ]
    client.post(f"{desk}take/", {"take": [f"article-{article.pk}", f"event-{event.pk}"]})
    client.post(f"{desk}words/", {"title": "A film"})
    assert client.post(f"{desk}words/", {"title": ""}).status_code == 422
    film = NewsletterItem.objects.get(kind="own")
    seen = order_version(letter.items.all())
    client.post(f"/workspace/newsletters/items/{film.pk}/move/", {"direction": "up", "version": seen})
    saved = {"text": "See [it](https://a.example/)", "version_text": "1"}
    assert client.post(f"/workspace/newsletters/items/{film.pk}/save/", saved, **SCRIPT).status_code == 200
    assert (
        client.post(
            f"/workspace/newsletters/items/{film.pk}/save/", saved | {"text": "x"}, **SCRIPT
        ).status_code
        == 409
    )
    lines = content_of(Newsletter.objects.get(pk=letter.pk))["items"]
    assert [line["title"] for line in lines] == ["News A", "A film", "A day to save"]
    shown = client.get(f"/newsletters/{letter.pk}/").content.decode()
    assert shown.index("News A") < shown.index("A film") < shown.index("A day to save")
    assert Client().get(f"/newsletters/{letter.pk}/").status_code == 404
    html, text = client.get(f"{desk}mail.html"), client.get(f"{desk}mail.txt")
    assert "sandbox" in html["Content-Security-Policy"]
    assert ("A film" in html.content.decode(), "it (https://a.example/)" in text.content.decode()) == (
        True,
        True,
    )
    client.post(
        f"/workspace/newsletters/items/{film.pk}/remove/", {"version": str(film.version)}
    )  # an old page
    assert letter.items.count() == 3


def test_the_coordinator_alone_sends_and_then_nothing_changes(region_map, project):
    SubscriberFactory.create_batch(2, project=project, confirmed_at=timezone.now())
    letter = NewsletterFactory(project=project, intro="Hello")
    item = newsletters.add_words(newsletter=letter, title="A film", by=None)
    desk = f"/workspace/newsletters/{letter.pk}/"
    facilitator, coordinator = (signed_in(role, region_map) for role in (Role.FACILITATOR, Role.COORDINATOR))
    assert 'name="mark"' not in facilitator.get(f"{desk}look/").content.decode()
    mark = coordinator.get(f"{desk}look/").context["mark"]
    assert facilitator.post(f"{desk}send/", {"sure": "yes", "mark": mark}).status_code == 403
    for refused in ({"mark": mark}, {"sure": "yes"}, {"sure": "yes", "mark": "other"}):
        assert coordinator.post(f"{desk}send/", refused)["Location"] == f"{desk}look/"
    assert not Newsletter.objects.sent().exists()
    assert coordinator.post(f"{desk}send/", {"sure": "yes", "mark": mark})["Location"] == f"{desk}mailing/"
    mailings.spread(newsletter_id=letter.pk)
    assert coordinator.post(f"{desk}send/", {"sure": "yes", "mark": mark})["Location"] == f"{desk}mailing/"
    assert Mail.objects.count() == 2
    coordinator.post(
        f"/workspace/newsletters/items/{item.pk}/save/", {"title": "Other", "version_title": "1"}
    )
    coordinator.post(f"{desk}save/", {"subject": "Other", "version_subject": "1"})
    coordinator.post(f"{desk}remove/", {"sure": "yes", "version": "2"})
    page = Client().get(f"/newsletters/{letter.pk}/")
    assert ("A film" in page.content.decode(), page.context["content"]["subject"]) == (True, letter.subject)
    assert "@test.invalid" in coordinator.get(f"{desk}mailing/").content.decode()
    assert Subscriber.objects.first().email not in facilitator.get(f"{desk}mailing/").content.decode()
    assert facilitator.post(f"{desk}mailing/change/", {"what": "halt"}).status_code == 403
    coordinator.post(f"{desk}mailing/change/", {"what": "halt"})
    assert set(Mail.objects.values_list("state", flat=True)) == {"stopped"}
    coordinator.post(f"{desk}mailing/change/", {"what": "go_on"})
    assert set(Mail.objects.values_list("state", flat=True)) == {"waiting"}
    found = Client().get("/api/v1/newsletters/").json()["results"]
    assert [(row["subject"], row["content"]["items"][0]["title"]) for row in found] == [
        (letter.subject, "A film")
    ]


def test_strangers_and_observers(region_map, project):
    letter = NewsletterFactory(project=project)
    desk = f"/workspace/newsletters/{letter.pk}/"
    observer = signed_in(Role.OBSERVER, region_map)
    stranger = signed_in(Role.COORDINATOR, RegionMapFactory())
    assert observer.get("/workspace/newsletters/").status_code == 403
    for step in ("", "choose/", "mailing/", "mail.html"):
        assert (observer.get(desk + step).status_code, stranger.get(desk + step).status_code) == (404, 404)


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_pages_take_a_number_of_queries_that_stays(region_map, project, rows, django_assert_num_queries):
    letter = NewsletterFactory(project=project)
    keys = []
    for _n in range(rows):
        keys.append(f"article-{ArticleTextFactory(article__project=project).article_id}")
        keys.append(f"event-{EventFactory(region=region_map.region).pk}")
        keys.append(f"practice-{PracticeFactory(region=region_map.region).pk}")
        journey = VisitFactory(host=region_map.region, journey__exercise=region_map.exercise).journey
        keys.append(f"journey-{journey.pk}")
        NewsletterFactory(project=project, sent_at=timezone.now())
    client = signed_in(Role.COORDINATOR, region_map)
    with django_assert_num_queries(6 + 4 + 3 * bool(rows)):  # texts; visits and their hosts
        groups = client.get(f"/workspace/newsletters/{letter.pk}/choose/").context["offers"]
    assert sum(len(group.rows) for group in groups) == 4 * rows
    newsletters.add_items(newsletter=letter, keys=keys, by=None)
    with django_assert_num_queries(5 + 7 * bool(rows)):
        assert len(client.get(f"/workspace/newsletters/{letter.pk}/").context["parts"]) == 4 * rows
    with django_assert_num_queries(6 + 7 * bool(rows)):  # also who gets it
        assert client.get(f"/workspace/newsletters/{letter.pk}/look/").status_code == 200
    with django_assert_num_queries(2 + bool(rows)):  # partnerships, count; rows
        assert len(Client().get("/newsletters/").context["page"]) == rows


def test_ten_thousand_addresses_come_in_pages(region_map, project):
    letter = NewsletterFactory(project=project, sent_at=timezone.now(), spread_at=timezone.now())
    people = Subscriber.objects.bulk_create(
        Subscriber(project=project, email=f"p{n}@test.invalid", state="confirmed", consent_text="Yes")
        for n in range(10_000)
    )
    Delivery.objects.bulk_create(Delivery(newsletter=letter, subscriber=person) for person in people)
    reply = signed_in(Role.COORDINATOR, region_map).get(
        f"/workspace/newsletters/{letter.pk}/mailing/?page=200"
    )
    assert (len(reply.context["page"]), reply.context["page"].paginator.num_pages) == (50, 200)
