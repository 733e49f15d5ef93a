"""The page of a row and the saving of its fields, by everybody who might try."""

import pytest
from django.urls import reverse

from mapping.enums import MapState
from mapping.models import ActorService, Capability, RegionMap, TerritorialUnit
from tests.factories.mapping import CapabilityFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db
SCRIPT = {"HX-Request": "true"}
KINDS = ["unit", "strategy", "priority", "capability", "actor", "tie", "space", "opportunity"]


@pytest.fixture
def place():
    return matrix()


@pytest.fixture
def at(client, place):
    """Posts as somebody: at(place.lead, "strength", strength="5", version="1")."""

    def post(user, field, *, kind="capability", script=True, **data):
        client.force_login(user)
        row = place.rows()[kind]
        address = reverse("mapping:field_save", args=[kind, row.pk, field])
        return client.post(address, data, headers=SCRIPT if script else {})

    return post


def stored(place):
    return Capability.objects.get(pk=place.capability.pk)


def edit_address(place, kind):
    return reverse("mapping:record_edit", args=[kind, place.rows()[kind].pk])


def close(place):
    RegionMap.objects.filter(pk=place.region_map.pk).update(
        state=MapState.ADOPTED, adopted_on="2026-01-01", adopted_by="Group"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_record_edit_works_for_every_kind(client, place, kind):
    client.force_login(place.lead)
    reply = client.get(edit_address(place, kind))
    assert reply.status_code == 200
    assert f"/workspace/{kind}/{place.rows()[kind].pk}/" in reply.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_record_edit_is_not_there_for_strangers(client, place, kind):
    assert client.get(edit_address(place, kind)).status_code == 302
    client.force_login(place.stranger)
    assert client.get(edit_address(place, kind)).status_code == 404


def test_a_published_map_shows_strangers_no_workspace(client, place):
    RegionMap.objects.filter(pk=place.region_map.pk).update(
        state=MapState.PUBLISHED,
        adopted_on="2026-01-01",
        adopted_by="Group",
        released_at="2026-01-01T00:00Z",
        published_at="2026-01-01T00:00Z",
    )
    client.force_login(place.stranger)
    assert client.get(edit_address(place, "capability")).status_code == 404


def test_an_unknown_kind_field_or_row_is_not_there(client, place):
    client.force_login(place.lead)
    pk = place.capability.pk
    addresses = ["/workspace/nothing/1/", f"/workspace/capability/{pk}9999/"]
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    saving = [f"/workspace/capability/{pk}/{name}/" for name in ("version", "region_map", "pk", "helix")]
    assert [client.post(address, {"version": "1"}).status_code for address in saving] == [404] * 4


def test_field_save_stores_and_tells_the_new_version(place, at):
    reply = at(place.lead, "strength", strength="5", version="1")
    assert (reply.status_code, reply["X-Version"]) == (200, "2")
    assert (stored(place).strength, stored(place).edited_by) == (5, place.lead)


def test_field_save_without_a_script_goes_back_where_the_person_was(place, at):
    reply = at(place.lead, "strength", script=False, strength="5", version="1", back="matrix")
    at_row = f"at=capability-{place.capability.pk}#capability-{place.capability.pk}"
    matrix_address = f"/workspace/maps/{place.region_map.pk}/matrix/?{at_row}"
    assert (reply.status_code, reply["Location"]) == (302, matrix_address)
    reply = at(place.lead, "strength", script=False, strength="4", version="2")
    assert (reply.status_code, reply["Location"]) == (302, edit_address(place, "capability"))


@pytest.mark.parametrize(
    "who, status", [("stranger", 404), ("observer", 403), ("contact", 200), ("contributor", 200)]
)
def test_field_save_asks_who(place, at, who, status):
    assert at(getattr(place, who), "strength", strength="5", version="1").status_code == status
    assert stored(place).strength == (5 if status == 200 else 3)


@pytest.mark.parametrize(
    "kind, field", [("priority", "name"), ("actor", "name"), ("space", "depth"), ("opportunity", "topic")]
)
def test_a_contact_changes_only_what_belongs_to_the_own_unit(place, at, kind, field):
    assert at(place.contact, field, kind=kind, version="1", **{field: "5"}).status_code == 403


def test_a_contact_leaves_the_rows_of_other_units_alone(client, place):
    other = CapabilityFactory(unit=place.town)
    client.force_login(place.contact)
    address = reverse("mapping:field_save", args=["capability", other.pk, "strength"])
    assert client.post(address, {"strength": "5", "version": "1"}).status_code == 403


def test_a_contact_does_not_move_a_row_to_another_unit(place, at):
    assert at(place.contact, "unit", unit=str(place.town.pk), version="1").status_code == 403
    assert at(place.lead, "unit", unit=str(place.town.pk), version="1").status_code == 200
    assert stored(place).unit == place.town


def test_a_write_without_its_version_is_428(place, at):
    reply = at(place.lead, "name", name="Chips and boards")
    assert reply.status_code == 428
    assert "Chips and boards" in reply.content.decode()
    assert at(place.lead, "name", name="Chips", version="x").status_code == 428
    assert stored(place).name == "Electronics"


@pytest.mark.parametrize("script", [True, False])
def test_a_stale_write_is_409_with_both_texts(place, at, script):
    at(place.contributor, "name", name="Theirs", version="1")
    reply = at(place.lead, "name", name="Mine", version="1", script=script)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert ("Theirs" in page, "Mine" in page, place.contributor.name in page) == (True, True, True)
    assert stored(place).name == "Theirs"
    again = at(place.lead, "name", name="Mine", version="2", choice="mine", script=False)
    assert (again.status_code, stored(place).name) == (302, "Mine")


def test_choosing_theirs_writes_nothing(place, at):
    reply = at(place.lead, "name", name="Mine", version="1", choice="theirs", script=False)
    assert (reply.status_code, stored(place).name) == (302, "Electronics")


@pytest.mark.parametrize("script", [True, False])
def test_a_refused_text_is_422_and_kept(place, at, script):
    reply = at(place.lead, "name", name="A" * 201, version="1", script=script)
    page = reply.content.decode()
    assert reply.status_code == 422
    assert "Shorten this to 200 characters. It has 201." in page
    assert ("A" * 201 in page) is not script


@pytest.mark.parametrize("script", [True, False])
def test_a_closed_map_is_409_with_the_text_for_copying(place, at, script):
    close(place)
    reply = at(place.lead, "name", name="Mine", version="1", script=script)
    page = reply.content.decode()
    assert reply.status_code == 409
    assert ("Reopen the map first." in page, "Mine" in page, stored(place).name) == (
        True,
        True,
        "Electronics",
    )


def test_typed_html_is_shown_as_typed(client, place, at):
    at(place.lead, "name", name="<img src=x onerror=alert(1)>", version="1")
    page = client.get(edit_address(place, "capability")).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in page


def test_fields_nobody_offered_are_ignored(place, at):
    at(place.lead, "strength", strength="4", version="1", provenance="agreed", region_map="1", edited_by="1")
    assert (stored(place).provenance, stored(place).region_map) == (
        place.capability.provenance,
        place.region_map,
    )


def test_an_observer_reads_and_finds_no_form(client, place):
    client.force_login(place.observer)
    page = client.get(edit_address(place, "capability")).content.decode()
    assert ("data-autosave" in page, "Critical mass in the region" in page) == (False, True)


def test_record_edit_asks_the_same_queries_for_any_number_of_parts(client, place, django_assert_num_queries):
    client.force_login(place.lead)
    address = edit_address(place, "actor")
    with django_assert_num_queries(count := queries(client, address)):
        client.get(address)
    for kind in ("finance", "skills", "cluster"):
        ActorService.objects.create(actor=place.actor, kind=kind)
    place.actor.units.add(place.region, place.town)
    for number in range(3):
        place.actor.note = str(number)
        place.actor.save()
    assert queries(client, address) == count


def queries(client, address):
    from django.db import connection  # only here
    from django.test.utils import CaptureQueriesContext  # only here

    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def remove(client, user, row, kind="capability", **data):
    client.force_login(user)
    return client.post(reverse("mapping:record_remove", args=[kind, row.pk]), data)


def test_record_remove_takes_the_row_and_says_that_history_stays(client, place):
    reply = remove(client, place.contact, place.capability, version="1")
    assert (reply.status_code, Capability.objects.filter(pk=place.capability.pk).exists()) == (302, False)
    page = client.get(reply["Location"]).content.decode()
    assert "“Electronics” was removed. It can be brought back for 30 days." in page


@pytest.mark.parametrize(
    "who, kind, version, status",
    [
        ("stranger", "capability", "1", 404),
        ("observer", "capability", "1", 403),
        ("contact", "unit", "1", 403),
        ("lead", "unit", "1", 409),
        ("lead", "capability", "7", 409),
        ("lead", "capability", "", 409),
    ],
)
def test_record_remove_asks_who_and_what(client, place, who, kind, version, status):
    row = place.rows()[kind]
    reply = remove(client, getattr(place, who), row, kind=kind, version=version)
    assert reply.status_code == status
    assert type(row).objects.filter(pk=row.pk).exists()


def test_a_unit_with_rows_says_what_hangs_on_it(client, place):
    page = remove(client, place.lead, place.city, kind="unit", version="1").content.decode()
    assert "capabilities: 2" in page
    assert TerritorialUnit.objects.filter(pk=place.city.pk).exists()


def test_bytes_that_are_no_text_are_not_stored_as_signs_of_damage(client, place):
    """A program sends Latin-1 where UTF-8 is asked for: what was meant cannot be told any more."""
    client.force_login(place.lead)
    address = reverse("mapping:field_save", args=["capability", place.capability.pk, "note"])
    form = {"content_type": "application/x-www-form-urlencoded", "headers": SCRIPT}
    for damaged in ("caf%E9", "%ED%A0%80", "a%FFb"):
        refused = client.post(address, f"version=1&note={damaged}", **form)
        assert (refused.status_code, stored(place).note) == (422, ""), damaged
        assert "characters that cannot be stored" in refused.content.decode()
    assert client.post(address, "version=1&note=caf%C3%A9", **form).status_code == 200
    assert stored(place).note == "café"
