"""Files that prove a value of an indicator: judged by content, versioned, and gone with their value."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from journeys.models import IndicatorReading
from mapping.enums import Role
from tests.bad_inputs.files import BUILD
from tests.factories.exchange import ActionFactory, ActionIndicatorFactory, ActionPlanFactory
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.region import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def reading():
    plan = ActionPlanFactory(region_map=RegionMapFactory())
    indicator = ActionIndicatorFactory(action=ActionFactory(plan=plan))
    return IndicatorReading.objects.create(indicator=indicator, on="2031-01-01", value=4)


@pytest.fixture
def team(client, reading):
    client.force_login(member(Role.CONTRIBUTOR, reading.indicator.action.plan.region_map))
    return client


def send(client, reading, *, name="minutes.pdf", kind="pdf", version="1"):
    address = reverse("journeys:reading_file_add", args=[reading.pk])
    reply = client.post(address, {"file": SimpleUploadedFile(name, BUILD[kind]()), "version": version})
    reading.refresh_from_db()
    return reply


def fetch(client, reading):
    return client.get(reverse("journeys:reading_file", args=[reading.pk]))


def test_a_file_is_kept_under_a_random_name_and_handed_out_as_a_download(team, client, reading):
    assert send(team, reading, name="../Protokół.PDF").status_code == 302
    assert (reading.file_name, reading.content_type) == ("Protokół.pdf", "application/pdf")
    assert "Protok" not in reading.file.name
    page = team.get(reverse("journeys:action_edit", args=[reading.indicator.action_id])).content.decode()
    assert "Protokół.pdf" in page
    reply = fetch(team, reading)
    assert reply["Content-Disposition"].startswith("attachment;")
    assert reply["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in reply["Content-Security-Policy"]
    assert b"".join(reply.streaming_content) == BUILD["pdf"]()


def test_the_public_reads_it_with_the_plan_and_not_before(team, client, reading):
    send(team, reading)
    client.logout()
    assert fetch(client, reading).status_code == 404
    publish(reading.indicator.action.plan.region_map)
    assert fetch(client, reading).status_code == 200
    page = client.get(reverse("journeys:plan_detail", args=[reading.indicator.action.plan_id]))
    assert reverse("journeys:reading_file", args=[reading.pk]) in page.content.decode()
    (action,) = client.get("/api/v1/actions/").json()["results"]
    (told,) = action["indicators"][0]["readings"]
    assert (told["file"], told["file_name"]) == (f"/plans/values/{reading.pk}/file/", "minutes.pdf")


@pytest.mark.parametrize(
    ("name", "kind", "status", "sentence"),
    [
        ("plan.pdf", "nothing", 422, "The file is empty"),
        ("plan.pdf", "png", 422, "it is not a PDF file"),
        ("page.html", "html", 422, "Files of this kind are not taken"),
        ("plan.pdf", "large", 413, "The file is larger than 1 MB"),
    ],
)
def test_what_is_not_taken_says_why_at_the_value(team, reading, settings, name, kind, status, sentence):
    settings.EVIDENCE_MAX_BYTES = 1024**2
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    reply = send(team, reading, name=name, kind=kind)
    assert (reply.status_code, reading.file.name) == (status, "")
    assert sentence in reply.content.decode()


def test_who_comes_second_overwrites_nothing_and_leaves_no_file_behind(team, reading):
    send(team, reading)
    kept, before = reading.file.name, default_storage.listdir("readings")
    late = send(team, reading, name="mine.pdf")
    assert (late.status_code, reading.file.name) == (409, kept)
    assert "Somebody changed the file meanwhile" in late.content.decode()
    assert sorted(default_storage.listdir("readings")[1]) == sorted(before[1])
    assert send(team, reading, name="mine.pdf", version="").status_code == 428


@pytest.mark.django_db(transaction=True)
def test_another_file_takes_the_place_of_the_first_and_removing_it_keeps_the_value(team, reading):
    send(team, reading)
    first = reading.file.name
    send(team, reading, name="better.pdf", version="2")
    assert (reading.file_name, default_storage.exists(first)) == ("better.pdf", False)
    second = reading.file.name
    remove = reverse("journeys:reading_file_remove", args=[reading.pk])
    team.post(remove, {"version": "2"})
    assert default_storage.exists(second)
    team.post(remove, {"version": "3"})
    reading.refresh_from_db()
    assert (reading.file.name, reading.value, default_storage.exists(second)) == ("", 4, False)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["plan", "action", "indicator", "reading"])
def test_the_file_goes_with_what_it_hangs_on(team, reading, kind):
    send(team, reading)
    action = reading.indicator.action
    row = {"plan": action.plan, "action": action, "indicator": reading.indicator, "reading": reading}[kind]
    name = f"journeys:{kind}_remove" if kind in ("plan", "action") else "journeys:part_remove"
    args = [row.pk] if kind in ("plan", "action") else [kind, row.pk]
    row.refresh_from_db()
    team.post(reverse(name, args=args), {"version": row.version + 7, "sure": "yes"})
    assert default_storage.exists(reading.file.name)
    team.post(reverse(name, args=args), {"version": row.version, "sure": "yes"})
    assert (IndicatorReading.objects.count(), default_storage.exists(reading.file.name)) == (0, False)
