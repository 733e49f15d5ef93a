"""Adding rows: one by one, and pasted from a spreadsheet."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from governance.models import GovernanceSpace, Opportunity
from mapping.enums import MapState
from mapping.models import Actor, ActorTie, Batch, Capability, RegionMap, TerritorialUnit
from mapping.services.paste_tables import digest
from tests.factories.mapping import ActorFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def address(place, name, *more):
    return reverse(f"mapping:{name}", args=[place.region_map.pk, *more])


def capability(place, **values):
    return {"name": "Robotics", "unit": place.city.pk, "kind": "sectoral", **values}


@pytest.mark.parametrize(
    "kind", ["unit", "strategy", "priority", "capability", "actor", "tie", "space", "opportunity"]
)
def test_record_add_asks_for_every_kind(client, place, kind):
    client.force_login(place.lead)
    assert client.get(address(place, "record_add", kind)).status_code == 200


def test_a_capability_asks_four_things_first(client, place):
    client.force_login(place.lead)
    place_of = f"?unit={place.town.pk}&kind=horizontal"
    reply = client.get(address(place, "record_add", "capability") + place_of)
    assert [spec.name for _field, spec in reply.context["first"]] == [
        "name",
        "economic",
        "strength",
        "priority",
    ]
    assert reply.context["preset"] == ["Płock", "Horizontal"]


def test_record_create_stores_the_row_with_its_links(client, place):
    client.force_login(place.contact)
    sent = capability(place, economic=["nace:C10"], strength="no_information", priority="does_not_apply")
    reply = client.post(address(place, "record_create", "capability"), sent)
    row = Capability.objects.get(name="Robotics")
    assert (reply.status_code, reply["Location"]) == (302, f"/workspace/capability/{row.pk}/")
    assert (row.unit, row.strength_answer, row.strength, row.priority_answer) == (
        place.city,
        "no_information",
        None,
        "does_not_apply",
    )
    assert [code.key for code in row.codes.all()] == ["nace:C10"]


@pytest.mark.parametrize(
    "kind, sent, model",
    [
        ("unit", {"name": "Radom", "kind": "city"}, TerritorialUnit),
        ("space", {"name": "Forum", "depth": "2"}, GovernanceSpace),
        ("opportunity", {"topic": "A joint call"}, Opportunity),
    ],
)
def test_rows_of_the_region_are_added_by_the_team_alone(client, place, kind, sent, model):
    before = model.objects.count()
    client.force_login(place.contact)
    assert client.post(address(place, "record_create", kind), sent).status_code == 403
    client.force_login(place.contributor)
    assert client.post(address(place, "record_create", kind), sent).status_code == 302
    assert model.objects.count() == before + 1


def test_the_same_tie_twice_is_refused(client, place):
    client.force_login(place.lead)
    sent = {"source": place.tie.source_id, "target": place.tie.target_id, "kind": "member of"}
    assert client.post(address(place, "record_create", "tie"), sent).status_code == 422
    assert ActorTie.objects.count() == 1


@pytest.mark.parametrize(
    "who, status", [("stranger", 404), ("observer", 403), ("contact", 403), ("lead", 302)]
)
def test_record_create_asks_who_for_which_unit(client, place, who, status):
    client.force_login(getattr(place, who))
    sent = capability(place, unit=place.town.pk)
    assert client.post(address(place, "record_create", "capability"), sent).status_code == status
    assert Capability.objects.filter(name="Robotics").count() == (status == 302)


def test_a_refused_row_keeps_what_was_typed(client, place):
    client.force_login(place.lead)
    reply = client.post(
        address(place, "record_create", "capability"), capability(place, name="electronics", strength="9")
    )
    page = reply.content.decode()
    assert reply.status_code == 422
    assert ("There is already “Electronics”." in page, 'value="electronics"' in page) == (True, True)


def test_a_closed_map_takes_no_row_and_keeps_what_was_typed(client, place):
    close(place)
    client.force_login(place.lead)
    reply = client.post(address(place, "record_create", "capability"), capability(place))
    page = reply.content.decode()
    assert (reply.status_code, "Reopen the map first." in page, 'value="Robotics"' in page) == (
        409,
        True,
        True,
    )


def close(place):
    RegionMap.objects.filter(pk=place.region_map.pk).update(
        state=MapState.ADOPTED, adopted_on="2026-01-01", adopted_by="Group"
    )


def test_a_paste_is_shown_before_it_is_saved(client, place):
    client.force_login(place.lead)
    assert client.get(address(place, "paste_start")).status_code == 200
    sent = {"text": "Robotics\tPłock\t\tC26.1\t4\tnone"}
    page = client.post(address(place, "paste_preview"), sent).content.decode()
    assert ("1 row will be added." in page, Capability.objects.filter(name="Robotics").exists()) == (
        True,
        False,
    )
    reply = client.post(address(place, "paste_save"), sent)
    assert (reply.status_code, Capability.objects.get(name="Robotics").strength) == (302, 4)


def test_a_paste_with_a_bad_row_is_not_saved_and_not_lost(client, place):
    client.force_login(place.lead)
    sent = {"text": "Robotics\tPłock\nChips\tRadom"}
    reply = client.post(address(place, "paste_save"), sent)
    page = reply.content.decode()
    assert (reply.status_code, "1 of 2 rows cannot be saved." in page, "Chips\tRadom" in page) == (
        422,
        True,
        True,
    )
    assert Capability.objects.filter(name="Robotics").count() == 0


def test_a_name_that_waits_for_a_choice_is_no_row_that_cannot_be_saved(client, place):
    ActorFactory(region_map=place.region_map, name="University")
    client.force_login(place.lead)
    sent = {"kind": "actor", "text": "Universitty;knowledge;Płock\nFirm;banana;Płock"}
    page = client.post(address(place, "paste_preview"), sent).content.decode()
    said = ("1 of 2 rows cannot be saved.", "1 name waits for your choice", "Add the 1 other row")
    assert [text in page for text in said] == [True, True, True]


def test_the_right_rows_of_a_paste_are_saved_while_the_broken_ones_wait(client, place):
    client.force_login(place.lead)
    sent = {"text": "A;Płock\nB,Płock\nC;Płock", "kind": "capability"}
    page = client.post(address(place, "paste_preview"), sent).content.decode()
    assert ("Add the 2 other rows" in page, "parted by “,”" in page) == (True, True)
    reply = client.post(address(place, "paste_save"), {**sent, "without_broken": "yes"})
    page = reply.content.decode()
    assert reply.status_code == 200
    assert "2 capabilities pasted" in page
    assert page.rpartition("<textarea")[2].partition("</textarea")[0].endswith("\nB,Płock")
    assert set(Capability.objects.filter(unit=place.town).values_list("name", flat=True)) == {"A", "C"}
    again = client.post(address(place, "paste_save"), {**sent, "without_broken": "yes"})
    assert (again.status_code, "There is already “A”" in again.content.decode()) == (422, True)


@pytest.mark.parametrize("name", ["paste_preview", "paste_save"])
def test_too_many_rows_are_said_above_and_nothing_is_lost(client, place, name):
    client.force_login(place.lead)
    text = "\n".join(f"Row {n}\tPłock" for n in range(501))
    reply = client.post(address(place, name), {"text": text})
    page = reply.content.decode()
    assert (reply.status_code, "These are 501 rows; at most 500 are taken at once." in page) == (422, True)
    assert "Row 500\tPłock</textarea>" in page
    reply = client.post(address(place, name), {"text": "Robo\ufffftics\tPłock"})
    assert reply.status_code == 422
    assert "characters that cannot be stored" in reply.content.decode()


def test_a_contact_pastes_into_the_own_unit_only(client, place):
    client.force_login(place.contact)
    page = client.post(address(place, "paste_preview"), {"text": "Robotics\tPłock"}).content.decode()
    assert "You cannot add to a unit called “Płock”. Choose one of: Warsaw." in page
    assert client.post(address(place, "paste_save"), {"text": "Robotics"}).status_code == 302
    assert Capability.objects.get(name="Robotics").unit == place.city


@pytest.mark.parametrize("who, status", [("stranger", 404), ("observer", 403)])
@pytest.mark.parametrize("name", ["paste_preview", "paste_save"])
def test_a_paste_asks_who(client, place, who, status, name):
    client.force_login(getattr(place, who))
    assert client.post(address(place, name), {"text": "Robotics\tPłock"}).status_code == status


def test_a_paste_into_a_closed_map_is_409(client, place):
    close(place)
    client.force_login(place.lead)
    assert client.post(address(place, "paste_save"), {"text": "Robotics\tPłock"}).status_code == 409


@pytest.mark.parametrize("text", ["", "   ", "a\x00b", "name;unit"])
def test_a_paste_without_rows_is_422(client, place, text):
    client.force_login(place.lead)
    assert client.post(address(place, "paste_preview"), {"text": text}).status_code == 422


def test_actors_are_pasted_from_a_file_and_undone_with_one_button(client, place):
    client.force_login(place.lead)
    assert client.get(address(place, "paste_start") + "?kind=actor").status_code == 200
    text = "Nazwa;Helix\nŁódzki hub;business\nUniversitty;knowledge".replace("Nazwa", "name")
    upload = SimpleUploadedFile("actors.csv", text.encode("cp1250"))
    page = client.post(address(place, "paste_preview"), {"kind": "actor", "file": upload}).content.decode()
    assert ("Łódzki hub" in page, "It is “University”: merge" in page) == (True, True)
    sent = {"kind": "actor", "text": text}
    assert client.post(address(place, "paste_save"), sent).status_code == 422  # nobody has chosen yet
    reply = client.post(
        address(place, "paste_save"), sent | {f"same-{digest('Universitty')}": "skip"}, follow=True
    )
    batch = Batch.objects.get()
    assert f"/workspace/batches/{batch.pk}/undo/" in reply.content.decode()
    client.post(reverse("mapping:batch_undo", args=[batch.pk]))
    assert Actor.objects.filter(name="Łódzki hub").count() == 0


def test_a_contact_pastes_no_actors(client, place):
    client.force_login(place.contact)
    assert client.get(address(place, "paste_start") + "?kind=tie").status_code == 403
    assert (
        client.post(address(place, "paste_save"), {"kind": "actor", "text": "A\tbusiness"}).status_code == 403
    )
    assert client.get(address(place, "paste_start") + "?kind=unit").status_code == 404


def test_a_file_that_is_no_table_is_said_at_the_field(client, place):
    client.force_login(place.lead)
    greek = "Πανεπιστήμιο Πατρών;knowledge"
    for content, reason in (
        (b"PK\x03\x04", "This is no text table."),
        (greek.encode("cp1253"), "Save the sheet as “CSV UTF-8”"),
    ):
        upload = SimpleUploadedFile("a.csv", content)
        reply = client.post(address(place, "paste_preview"), {"kind": "actor", "file": upload})
        assert (reply.status_code, reason in reply.content.decode()) == (422, True)
    upload = SimpleUploadedFile("a.txt", greek.replace(";", "\t").encode("utf-16"))
    reply = client.post(address(place, "paste_preview"), {"kind": "actor", "file": upload})
    assert (reply.status_code, "Πανεπιστήμιο Πατρών" in reply.content.decode()) == (200, True)


def test_two_actors_are_looked_at_merged_and_parted(client, place):
    client.force_login(place.lead)
    twin = ActorFactory(region_map=place.region_map, name="Universitty", website="https://u.example/")
    choice = client.get(address(place, "actor_merge")).content.decode()
    assert f"?keep={place.actor.pk}&amp;gone={twin.pk}" in choice
    pair = {"keep": place.actor.pk, "gone": twin.pk}
    assert "https://u.example/" in client.get(address(place, "actor_merge"), pair).content.decode()
    save = address(place, "actor_merge_save")
    assert client.post(save, pair).status_code == 428
    assert client.post(save, pair | {"version_keep": "9", "version_gone": "1"}).status_code == 409
    assert client.post(save, {"keep": twin.pk, "gone": twin.pk}).status_code == 422
    reply = client.post(save, pair | {"version_keep": "1", "version_gone": "1"}, follow=True)
    page = " ".join(reply.content.decode().split())
    assert ("became one with another actor" in page, "(Universitty)" in page) == (True, True)
    client.post(reverse("mapping:batch_undo", args=[Batch.objects.get().pk]))
    assert Actor.objects.filter(pk=twin.pk).exists()


def test_the_merge_page_asks_as_often_for_many_actors(client, place, django_assert_num_queries):
    client.force_login(place.lead)
    client.get(address(place, "actor_merge"))
    with django_assert_num_queries(7):
        client.get(address(place, "actor_merge"))
    for number in range(5):
        ActorFactory(region_map=place.region_map, name=f"Firm {'abcde'[number] * 5}")
    with django_assert_num_queries(7):
        client.get(address(place, "actor_merge"))
