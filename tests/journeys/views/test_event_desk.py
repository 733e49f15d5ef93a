"""Organising events in the browser."""

import datetime as dt
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from cohes3ion.accounts.models import Mail
from cohes3ion.lib.ordered import order_version
from journeys.models import AgendaItem, Event, Material, Registration
from mapping.enums import Role
from tests.factories.exchange import EventFactory, RegistrationFactory
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db
TIMES = {"first_day": "2031-05-05", "starts": "10:00", "ends": "12:00", "time_zone": "Europe/Brussels"}


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def lead(client, region_map):
    client.force_login(member(Role.REGIONAL_LEAD, region_map))
    return client


@pytest.fixture
def event(region_map):
    return EventFactory(region=region_map.region, takes_registrations=True)


def at(event, name, *more):
    return reverse(f"journeys:event_{name}", args=[event.pk, *more])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_desk_takes_as_many_queries_for_three_as_for_one(
    lead, region_map, django_assert_num_queries, rows
):
    for event in EventFactory.create_batch(rows, region=region_map.region):
        RegistrationFactory.create_batch(2, event=event)
    EventFactory()
    with django_assert_num_queries(5):
        page = lead.get(reverse("journeys:event_desk")).context["page"]
    assert [line.event.registered for line in page.lines] == [2] * rows


def test_a_draft_is_made_filled_announced_and_only_then_seen(lead, region_map):
    place = f"{region_map.region.project_id}-{region_map.region_id}"
    sent = {"title": "Ęvent 王", "kind": "webinar", "place": place, "audience": "public", **TIMES}
    lead.post(reverse("journeys:event_create"), sent)
    event = Event.objects.get()
    assert (event.state, event.starts_at.isoformat()) == ("draft", "2031-05-05T08:00:00+00:00")
    lead.post(at(event, "point_add"), {"starts": "10:00", "title": "Welcome", "speakers": "A"})
    lead.post(at(event, "point_add"), {"title": "Talk"})
    second = AgendaItem.objects.get(title="Talk")
    seen = order_version(event.agenda.all())
    lead.post(reverse("journeys:event_point_move", args=[second.pk]), {"direction": "up", "version": seen})
    assert list(event.agenda.values_list("title", flat=True)) == ["Talk", "Welcome"]
    assert lead.post(at(event, "save"), {"title": "Ęvent 王 2", "version_title": "1"}).status_code == 302
    lead.logout()
    assert lead.get(f"/events/{event.slug}/").status_code == 404
    lead.force_login(member(Role.REGIONAL_LEAD, region_map))
    lead.post(at(event, "announce"), {"version": "1"})
    lead.logout()
    assert "Ęvent 王 2" in lead.get(f"/events/{event.slug}/").content.decode()


def test_a_place_of_another_team_cannot_be_chosen(lead):
    other = RegionMapFactory().region
    sent = {"title": "Stolen", "kind": "webinar", "audience": "public", **TIMES}
    reply = lead.post(reverse("journeys:event_create"), {**sent, "place": f"{other.project_id}-{other.pk}"})
    assert (reply.status_code, Event.objects.count()) == (422, 0)
    assert "Choose one of the places shown." in reply.content.decode()
    assert 'value="Stolen"' in reply.content.decode()


def test_a_stale_field_keeps_both_texts_and_nothing_else_is_held_back(lead, event):
    lead.post(at(event, "save"), {"title": "First", "version_title": "1"})
    reply = lead.post(
        at(event, "save"),
        {"title": "Second", "version_title": "1", "place": "Hall", "version_place": "1"},
    )
    event.refresh_from_db()
    assert (reply.status_code, event.title, event.place) == (409, "First", "Hall")
    assert all(text in reply.content.decode() for text in ("First", "Second"))
    assert lead.post(at(event, "save"), {"title": "Third"}).status_code == 428


def test_the_lost_hour_is_refused_with_all_that_was_typed(lead, event):
    sent = {**TIMES, "first_day": "2031-03-30", "starts": "02:30", "ends": "05:00", "version": "1"}
    reply = lead.post(at(event, "times"), sent)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "02:30 does not exist on 30 March 2031 in Brussels" in page
    assert 'value="02:30"' in page
    before = event.starts_at
    event.refresh_from_db()
    assert event.starts_at == before


def test_times_on_an_old_version_are_not_written(lead, event):
    assert lead.post(at(event, "times"), {**TIMES, "version": "1"}).status_code == 302
    late = lead.post(at(event, "times"), {**TIMES, "starts": "11:30", "version": "1"})
    event.refresh_from_db()
    assert (late.status_code, event.starts_at.hour) == (409, 8)
    assert 'value="11:30"' in late.content.decode()


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("capacity", "0", "Enter a number from 1."),
        ("capacity", "-3", "Enter a number from 1."),
        ("capacity", "many", "Enter a whole number, or leave it empty."),
        ("capacity", "9" * 20, "Enter a number up to 100000."),
        ("online_url", "javascript:alert(1)", "Enter an address like https://www.example.eu/meeting"),
        ("registration_until", "soon", "Enter a day and a time, for example 2026-11-30 18:00."),
        ("registration_until", "2031-03-30T02:30", "02:30 does not exist on 30 March 2031 in Brussels"),
        ("title", "", "Write a title, for example “Peer review of plans”."),
    ],
)
def test_a_field_that_cannot_be_is_said(lead, event, name, typed, said):
    reply = lead.post(at(event, "save"), {name: typed, f"version_{name}": "1"})
    assert reply.status_code == 422
    assert said in reply.content.decode()


def test_more_places_move_the_waiting_list_up(lead, event):
    Event.objects.filter(pk=event.pk).update(capacity=1)
    RegistrationFactory(event=event)
    RegistrationFactory(event=event, state="waiting", email="next@test.invalid")
    lead.post(at(event, "save"), {"capacity": "2", "version_capacity": "1"})
    assert set(event.registrations.values_list("state", flat=True)) == {"registered"}
    assert Mail.objects.get().to == "next@test.invalid"


def test_cancelling_asks_for_a_reason_and_mails_once(lead, event):
    RegistrationFactory(event=event)
    assert lead.post(at(event, "cancel"), {"version": "1", "reason": " "}).status_code == 422
    lead.post(at(event, "cancel"), {"version": "1", "reason": "No hall"})
    lead.post(at(event, "cancel"), {"version": "1", "reason": "No hall"})
    event.refresh_from_db()
    assert (event.state, event.cancelled_because, Mail.objects.count()) == ("cancelled", "No hall", 1)


def photo():
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Camera canary"
    Image.new("RGB", (8, 8), "navy").save(made, "JPEG", exif=exif)
    return made.getvalue()


def test_a_file_is_judged_by_its_content_and_loses_its_traces(lead, event, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    send = {"kind": "file", "title": "", "is_public": "on"}
    wrong = SimpleUploadedFile("slides.pdf", b"<html>")
    assert lead.post(at(event, "material_add"), {**send, "file": wrong}).status_code == 422
    assert b"Camera canary" in photo()
    lead.post(at(event, "material_add"), {**send, "file": SimpleUploadedFile("day.jpg", photo())})
    material = Material.objects.get()
    lead.logout()
    reply = lead.get(reverse("journeys:event_material", args=[material.pk]))
    content = b"".join(reply)
    assert (material.title, reply["Content-Type"]) == ("day.jpg", "image/jpeg")
    assert reply["Content-Disposition"] == 'attachment; filename="day.jpg"'
    assert b"Camera canary" not in content


def test_a_file_over_the_limit_is_refused_in_words(lead, event, settings):
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    large = SimpleUploadedFile("large.txt", b"a" * (3 * 1024 * 1024))
    reply = lead.post(at(event, "material_add"), {"kind": "file", "title": "Kept", "file": large})
    assert reply.status_code == 413
    assert "The file is larger than 1 MB" in reply.content.decode()
    assert 'value="Kept"' in reply.content.decode()


def begun(event):
    hour = dt.timedelta(hours=1)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - hour, ends_at=timezone.now() + hour)


def test_nobody_took_part_before_an_event_begins_or_when_it_was_cancelled(lead, event):
    row = RegistrationFactory(event=event)
    sent = {f"version_{row.pk}": "1", f"was_{row.pk}": "", f"attended_{row.pk}": "yes"}
    page = lead.get(at(event, "people")).content.decode()
    assert ("The event has not begun" in page, "Save who took part" in page) == (True, False)
    reply = lead.post(at(event, "attendance"), sent)
    assert (reply.status_code, "Nothing was saved" in reply.content.decode()) == (409, True)
    assert Registration.objects.get().has_attended is None
    begun(event)
    assert lead.post(at(event, "attendance"), sent).status_code == 302
    page = lead.get(at(event, "people"))
    assert ("1 took part" in page.content.decode(), Registration.objects.get().has_attended) == (True, True)
    # A mark from before it was cancelled counts no longer, and is not in the table.
    Event.objects.update(state="cancelled", cancelled_because="Storm")
    page = lead.get(at(event, "people")).content.decode()
    assert ("1 took part" in page, "cancelled, so nobody took part" in page) == (False, True)
    assert "Yes" not in lead.get(at(event, "people_file", "csv")).content.decode()


def test_attendance_is_noted_person_by_person_on_their_version(lead, event):
    begun(event)
    first, second, third = RegistrationFactory.create_batch(3, event=event)
    Registration.objects.filter(pk=second.pk).update(version=2)
    sent = {f"version_{row.pk}": "1" for row in (first, second, third)}
    sent |= {f"attended_{first.pk}": "yes", f"attended_{second.pk}": "no", f"attended_{third.pk}": ""}
    reply = lead.post(at(event, "attendance"), {**sent, f"was_{first.pk}": "", f"was_{second.pk}": ""})
    assert (reply.status_code, reply.context["stale"]) == (409, [second])
    marks = list(event.registrations.order_by("pk").values_list("has_attended", flat=True))
    assert marks == [True, None, None]


@pytest.mark.parametrize("rows", [1, 3])
def test_people_are_listed_and_taken_as_tables_without_formulas(lead, event, django_assert_num_queries, rows):
    RegistrationFactory.create_batch(rows, event=event, organisation="=cmd()")
    with django_assert_num_queries(7):
        assert lead.get(at(event, "people")).status_code == 200
    table = lead.get(at(event, "people_file", "csv")).content.decode()
    assert table.count("'=cmd()") == rows
    book = openpyxl.load_workbook(io.BytesIO(lead.get(at(event, "people_file", "xlsx")).content))
    cells = [[cell.value for cell in row] for row in book.active.iter_rows(min_row=2)]
    assert [row[2] for row in cells] == ["=cmd()"] * rows
    assert {cell.data_type for row in book.active.iter_rows(min_row=2) for cell in row[:4] if cell.value} == {
        "s"
    }
    assert [row[6] for row in cells] == [None] * rows


def test_names_are_for_organisers_only(client, region_map, event):
    RegistrationFactory(event=event, name="Ada Canary", email="canary@test.invalid")
    for role in (Role.OBSERVER, Role.STAKEHOLDER, Role.UNIT_CONTACT):
        client.force_login(member(role, region_map))
        assert client.get(at(event, "people")).status_code == 403
        for address in (f"/events/{event.slug}/", f"/events/{event.slug}.ics", "/api/v1/events/"):
            content = client.get(address).content
            assert not {word for word in (b"Ada Canary", b"canary@") if word in content}


def test_an_organiser_deletes_a_person_who_asked_for_it(lead, event):
    registration = RegistrationFactory(event=event)
    lead.post(reverse("journeys:event_person_forget", args=[registration.pk]))
    assert Registration.objects.count() == 0


def several_days(event, days=2):
    event.ends_at = event.starts_at + dt.timedelta(days=days - 1, hours=2)
    event.save()


def test_points_of_several_days_name_their_day_and_stand_below_it(lead, event):
    several_days(event)
    for day, title in ((2, "Visit"), (1, "Welcome"), (2, "End")):
        lead.post(at(event, "point_add"), {"day": day, "starts": "23:30", "title": title})
    page = lead.get(f"/events/{event.slug}/?zone=Europe/Helsinki").context["page"]
    assert [(day.words, [(row.title, there) for row, there in day.points]) for day in page.agenda] == [
        ("Tuesday 25 March 2031", [("Welcome", "26 March, 00:30")]),
        ("Wednesday 26 March 2031", [("Visit", "27 March, 00:30"), ("End", "27 March, 00:30")]),
    ]
    assert [row["day"] for row in lead.get(f"/api/v1/events/{event.pk}/").json()["agenda"]] == [2, 1, 2]


def test_the_day_of_a_point_is_one_of_the_event_and_stays_when_that_grows_shorter(lead, event):
    several_days(event, 3)
    refused = lead.post(at(event, "point_add"), {"day": "4", "title": "Never"})
    assert (refused.status_code, "Never" in refused.content.decode(), AgendaItem.objects.count()) == (
        422,
        True,
        0,
    )
    lead.post(at(event, "point_add"), {"day": "3", "title": "Last"})
    point = AgendaItem.objects.get()
    save = reverse("journeys:event_point_save", args=[point.pk])
    assert lead.post(save, {"day": "2", "version_day": "1"}).status_code == 302
    assert lead.post(save, {"day": "1", "version_day": "1", "was_day": "3"}).status_code == 409
    AgendaItem.objects.update(day=3)
    several_days(event, 2)
    desk = lead.get(at(event, "edit")).content.decode()
    assert '<option value="3" selected>Day 3</option>' in desk
    assert [day.words for day in lead.get(f"/events/{event.slug}/").context["page"].agenda] == ["Day 3"]
    several_days(event, 1)
    assert [day.words for day in lead.get(f"/events/{event.slug}/").context["page"].agenda] == [""]


def test_an_event_of_one_day_asks_for_no_day(lead, event):
    assert 'name="day"' not in lead.get(at(event, "edit")).content.decode()
    lead.post(at(event, "point_add"), {"day": "7", "title": "Welcome"})
    assert AgendaItem.objects.get().day == 1


def test_who_took_part_stands_beside_the_name(lead, event):
    RegistrationFactory(event=event, name="Ada")
    begun(event)
    page = lead.get(at(event, "people")).content.decode()
    heads = re.findall(r'<th scope="col">(.*?)</th>', page)
    assert heads[:2] == ["Name", "Took part"]
    assert re.search(r'<th scope="row">Ada</th>\s*<td><input', page)
