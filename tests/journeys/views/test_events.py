"""Events for readers: the list, one event, registering, calendars, the personal link."""

import datetime as dt
from urllib.parse import urlsplit

import icalendar
import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from journeys.models import Event, Material, Registration
from journeys.services.registrations import register
from mapping.enums import Role
from tests.factories.exchange import EventFactory, RegistrationFactory, VisitFactory
from tests.factories.mapping import RegionFactory, RegionMapFactory, UserFactory, member

pytestmark = pytest.mark.django_db
LIST = "/events/"
GUEST = {"name": "Ada", "email": "ada@test.invalid", "consent": "on"}


def past(**values):
    start = timezone.now() - dt.timedelta(days=30)
    return EventFactory(starts_at=start, **values)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_as_many_queries_for_three_as_for_one(client, django_assert_num_queries, rows):
    EventFactory.create_batch(rows)
    past()
    with django_assert_num_queries(4):
        page = client.get(LIST).context["page"]
    assert (len(page.upcoming), len(page.past)) == (rows, 1)


def test_a_thousand_events_come_in_pages_and_the_feed_has_them_all(client):
    first = EventFactory()
    names = [field.name for field in Event._meta.concrete_fields if field.name not in ("id", "uid", "slug")]
    common = {name: getattr(first, name) for name in names}
    Event.objects.bulk_create(Event(**common, slug=f"one-of-many-{n}") for n in range(999))
    page = client.get(f"{LIST}?page=40").context["page"]
    assert (page.count, page.page.paginator.num_pages, len(page.upcoming)) == (1000, 40, 25)
    assert client.get("/events/feed.ics").content.count(b"BEGIN:VEVENT") == 1000


def test_an_empty_list_says_so(client):
    assert "No event is announced yet" in client.get(LIST).content.decode()


def test_the_list_is_narrowed_by_every_choice_and_the_feed_keeps_it(client):
    region = RegionFactory(name="Galicia", slug="galicia")
    webinar = EventFactory(region=region, kind="webinar", mode="online", title="Ňew örchards")
    EventFactory(kind="meeting", mode="on_site")
    for chosen in ("region=galicia", "kind=webinar", "mode=online", "q=orchards webinar", "q=örchards"):
        page = client.get(f"{LIST}?{chosen}").context["page"]
        found = [line.event.pk for line in page.upcoming]
        assert found == ([] if "orchards" in chosen and "ö" not in chosen else [webinar.pk]), chosen
    page = client.get(f"{LIST}?kind=webinar&audience=public&page=1").context["page"]
    assert page.feed.endswith("/events/feed.ics?kind=webinar&audience=public")
    assert page.webcal.startswith("webcal://")
    feed = client.get("/events/feed.ics?kind=webinar&audience=public").content
    assert [str(row["summary"]) for row in icalendar.Calendar.from_ical(feed).walk("VEVENT")] == [
        webinar.title
    ]


def test_a_choice_that_does_not_exist_is_said_and_left_out_but_refused_in_a_feed(client):
    EventFactory()
    reply = client.get(f"{LIST}?kind=party&region=atlantis")
    assert reply.status_code == 200
    assert "“party” is not one of the choices." in reply.content.decode()
    refused = client.get("/events/feed.ics?kind=party")
    assert (refused.status_code, refused.content.decode()) == (400, "“party” is not one of the choices.\n")


def test_an_unchanged_feed_is_not_sent_again(client):
    event = EventFactory()
    first = client.get("/events/feed.ics")
    tag = first["ETag"]
    assert client.get("/events/feed.ics", HTTP_IF_NONE_MATCH=tag).status_code == 304
    Event.objects.filter(pk=event.pk).update(title="Another title")
    assert client.get("/events/feed.ics", HTTP_IF_NONE_MATCH=tag).status_code == 200


def test_the_webinar_of_2021_is_at_ten_in_the_feed_and_at_eleven_on_the_page(client):
    starts = dt.datetime(2021, 3, 25, 10, tzinfo=dt.UTC)
    event = EventFactory(starts_at=starts, slug="webinar-2021")
    row = icalendar.Calendar.from_ical(client.get("/events/feed.ics").content).walk("VEVENT")[0]
    span = [row.decoded(name).astimezone(dt.UTC).strftime("%H:%M") for name in ("dtstart", "dtend")]
    assert span == ["10:00", "12:00"]
    page = client.get(f"/events/{event.slug}/?zone=Europe/Dublin").context["page"]
    told = (str(page.when), page.when.zone, page.when.elsewhere)
    assert told == (
        "Thursday 25 March 2021, 11:00–13:00",
        "Brussels time, CET",
        "10:00–12:00 in Dublin",
    )


def kept(client, zone):
    return client.post("/accounts/time-zone/", {"zone": zone, "next": f"{LIST}?kind=webinar#zone"})


def elsewhere(client, event, query=""):
    return client.get(f"/events/{event.slug}/{query}").context["page"].when.elsewhere


def test_the_zone_that_was_chosen_stays_in_the_browser_and_an_unknown_one_does_not(client):
    event = EventFactory()
    for odd in ("../../etc", "Europe/Nowhere", "Europe/Athens\0", "x" * 5000):
        assert (kept(client, odd).status_code, "zone" in client.cookies) == (302, False)
    client.get(f"{LIST}?zone=Europe/Athens")  # looking at an address keeps nothing
    assert "zone" not in client.cookies
    assert kept(client, "Europe/Athens")["Location"] == f"{LIST}?kind=webinar#zone"
    assert elsewhere(client, event) == "12:00–14:00 in Athens"
    assert elsewhere(client, event, "?zone=Europe/Dublin") == "10:00–12:00 in Dublin"
    kept(client, "")
    assert elsewhere(client, event) == ""
    away = {"zone": "Europe/Athens", "next": "https://evil.example/"}
    assert client.post("/accounts/time-zone/", away)["Location"] == "/"


def test_signed_in_the_zone_is_kept_in_the_account_for_every_browser(client):
    event, user = EventFactory(), UserFactory(time_zone="Europe/Dublin")
    client.force_login(user)
    assert elsewhere(client, event) == "10:00–12:00 in Dublin"
    kept(client, "Europe/Athens")
    other = Client()
    other.force_login(user)
    assert elsewhere(other, event) == "12:00–14:00 in Athens"
    kept(client, "")
    assert (elsewhere(client, event), elsewhere(other, event)) == ("", "")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_takes_as_many_queries_for_three_materials_as_for_one(client, django_assert_num_queries, rows):
    event = EventFactory(takes_registrations=True)
    for number in range(rows):
        Material.objects.create(event=event, title=f"Paper {number}", url="https://a.example/")
        RegistrationFactory(event=event)
    with django_assert_num_queries(5):
        reply = client.get(f"/events/{event.slug}/")
    assert len(reply.context["page"].materials) == rows


def test_an_event_of_a_visit_leads_to_the_visit(client):
    visit = VisitFactory()
    visit.event = EventFactory(region=visit.host)
    visit.save()
    page = client.get(f"/events/{visit.event.slug}/").content.decode()
    assert f"/journeys/{visit.journey.slug}/{visit.slug}/" in page


def test_the_link_to_take_part_is_for_those_with_a_place_and_organisers(client):
    region_map = RegionMapFactory()
    event = EventFactory(
        region=region_map.region, online_url="https://meet.example/room", takes_registrations=True
    )
    guest, waiting = UserFactory(), UserFactory()
    RegistrationFactory(event=event, user=guest)
    RegistrationFactory(event=event, user=waiting, state="waiting")
    lead = member(Role.REGIONAL_LEAD, region_map)
    seen = []
    for user in (None, guest, waiting, member(Role.OBSERVER, region_map), lead):
        client.logout()
        if user is not None:
            client.force_login(user)
        both = [client.get(f"/events/{event.slug}{end}").content for end in ("/", ".ics")]
        seen.append([b"meet.example" in content for content in both])
    assert seen == [[False] * 2, [True] * 2, [False] * 2, [False] * 2, [True] * 2]


def test_registering_says_the_same_to_everybody_and_mails_the_rest(client):
    event = EventFactory(takes_registrations=True, capacity=1)
    pages = []
    for guest in (GUEST, GUEST, {**GUEST, "email": "second@test.invalid"}):
        reply = client.post(f"/events/{event.slug}/register/", guest, follow=True)
        said = [str(message) for message in reply.context["messages"]]
        pages.append([line.replace("second@", "ada@") for line in said])
    assert pages[0] == pages[1] == pages[2]
    assert [row.state for row in Registration.objects.order_by("pk")] == ["registered", "waiting"]
    assert Registration.objects.earliest("pk").consent_text.startswith("I agree that my name")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": ""}, "Write your name as organisers shall call you."),
        ({"name": "\u200b \u00a0"}, "Enter a name with at least one letter or number."),
        ({"email": "a@b"}, "Enter an e-mail address like name@region.eu."),
        ({"email": "a@@b.eu"}, "Enter an e-mail address like name@region.eu."),
        ({"email": "a@b.eu\nBcc: c@d.eu"}, "Enter an e-mail address like name@region.eu."),
        ({"email": "x" * 300 + "@b.eu"}, "Enter an e-mail address like name@region.eu."),
        ({"consent": ""}, "Without your consent your data cannot be stored."),
        ({"helix": "aliens"}, "Choose one of the groups shown."),
    ],
)
def test_what_is_typed_wrong_is_said_and_nothing_typed_is_lost(client, typed, said):
    event = EventFactory(takes_registrations=True)
    reply = client.post(f"/events/{event.slug}/register/", {**GUEST, "organisation": "Łódź Lab", **typed})
    page = reply.content.decode()
    assert reply.status_code == 422
    assert said in page
    assert 'value="Łódź Lab"' in page
    assert Registration.objects.count() == 0


def test_a_cancelled_event_shows_why_and_takes_nobody(client):
    event = EventFactory(takes_registrations=True, state="cancelled", cancelled_because="The hall burned")
    page = client.get(f"/events/{event.slug}/").content.decode()
    assert "The hall burned" in page
    assert '<form class="form"' not in page
    reply = client.post(f"/events/{event.slug}/register/", GUEST)
    assert reply.status_code == 409


def link_of(event, **values):
    values = {"name": "Ada", "email": "ada@test.invalid", **values}
    register(event=event, values=values, user=AnonymousUser(), language="en", zone="")
    return urlsplit(Mail.objects.latest("pk").link).path


def test_a_mail_scanner_that_opens_every_link_changes_nothing(client):
    link = link_of(EventFactory(takes_registrations=True))
    before = Registration.objects.values().get()
    for end in ("", "data.json", "event.ics"):
        assert client.get(link + end).status_code == 200
    for end in ("withdraw/", "delete/", "save/"):
        assert client.get(link + end).status_code == 405
    assert Registration.objects.values().get() == before


def test_the_personal_link_changes_withdraws_and_deletes(client):
    link = link_of(EventFactory(takes_registrations=True))
    sent = {"name": "Ada L.", "organisation": "Ἀκαδημία", "helix": "knowledge", "version": "1"}
    assert client.post(f"{link}save/", sent).status_code == 302
    late = client.post(f"{link}save/", {**sent, "name": "Too late"})
    assert late.status_code == 409
    assert 'value="Too late"' in late.content.decode()
    assert client.post(f"{link}save/", {"name": "No version"}).status_code == 428
    row = Registration.objects.get()
    assert (row.name, row.organisation, row.helix) == ("Ada L.", "Ἀκαδημία", "knowledge")
    assert client.get(f"{link}data.json").json()["name"] == "Ada L."
    client.post(f"{link}withdraw/")
    assert Registration.objects.get().state == "withdrawn"
    client.post(f"{link}delete/")
    assert Registration.objects.count() == Mail.objects.count() == 0
    gone = client.get(link)
    assert (gone.status_code, "This link does not work" in gone.content.decode()) == (404, True)
    assert gone["Cache-Control"] == "no-store, private"


def test_the_secret_calendar_shows_what_the_person_may_see_until_it_is_renewed(client):
    region_map = RegionMapFactory()
    user = member(Role.OBSERVER, region_map)
    EventFactory(
        region=region_map.region, audience="members", title="Inside", online_url="https://m.example/"
    )
    EventFactory(audience="members", title="Of others")
    EventFactory(region=region_map.region, state="draft", title="Draft")
    client.force_login(user)
    first = client.post(reverse("journeys:event_link_renew")).context["link"]
    client.logout()
    feed = client.get(first)
    rows = icalendar.Calendar.from_ical(feed.content).walk("VEVENT")
    assert [str(row["summary"]) for row in rows] == ["Inside"]
    assert b"m.example" not in feed.content
    assert "private" in feed["Cache-Control"]
    user.memberships.all().delete()
    assert client.get(first).content.count(b"BEGIN:VEVENT") == 0
    client.force_login(user)
    second = client.post(reverse("journeys:event_link_renew")).context["link"]
    client.logout()
    assert [client.get(address).status_code for address in (first, second)] == [404, 200]
