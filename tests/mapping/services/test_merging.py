"""Two actors become one and part again: ties, services and units move, both histories stay."""

import datetime as dt

import pytest
from django.utils import timezone

from cohes3ion.lib.versions import StaleVersion
from governance.models import Consultation, ConsultationComment, Thread
from governance.services.threads import start_record_thread
from mapping.enums import MapState
from mapping.models import Actor, ActorService, ActorTie, Batch, FieldChange, RegionMap
from mapping.services.links import change_rows
from mapping.services.merging import NotTwoActors, NotUndoable, merge_actors, undo_merge
from mapping.services.records import MapClosed, change_field
from tests.factories.mapping import ActorFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


@pytest.fixture
def twin(place):
    """The university once more, with a service, a unit, a website and three ties of its own."""
    row = ActorFactory(region_map=place.region_map, name="The University", website="https://u.example/")
    row.units.add(place.town)
    for kind in ("advice", "skills"):
        ActorService.objects.create(actor=row, kind=kind, offered_to="everybody")
    for source, target, kind in (
        (row, place.tie.target, "member of"),  # there already
        (row, place.actor, "part of"),  # would lead to itself
        (place.tie.target, row, "funds"),
    ):
        ActorTie.objects.create(region_map=place.region_map, source=source, target=target, kind=kind)
    return row


def merged(place, twin, by=None):
    keep = Actor.objects.get(pk=place.actor.pk)
    return merge_actors(keep=keep, gone=twin, versions=(keep.version, twin.version), by=by or place.lead)


def picture(place):
    """Everything that is said about the actors of the map."""
    rows = Actor.objects.filter(region_map=place.region_map).order_by("pk")
    return (
        [(row.pk, row.name, row.website, sorted(row.units.values_list("pk", flat=True))) for row in rows],
        sorted(ActorService.objects.values_list("actor", "kind", "offered_to")),
        sorted(ActorTie.objects.values_list("pk", "source", "target", "kind")),
    )


def test_ties_services_units_and_gaps_move_to_the_one_that_stays(place, twin):
    batch = merged(place, twin)
    row = Actor.objects.get(pk=place.actor.pk)
    assert not Actor.objects.filter(pk=twin.pk).exists()
    assert sorted(row.services.values_list("kind", "offered_to")) == [
        ("advice", "small firms"),
        ("skills", "everybody"),
    ]
    assert set(row.units.all()) == {place.city, place.town}
    assert row.website == "https://u.example/"
    ties = ActorTie.objects.values_list("source__name", "target__name", "kind")
    assert sorted(ties) == [("Agency", "University", "funds"), ("University", "Agency", "member of")]
    assert batch.name == "“The University” became part of “University”"


def test_both_histories_are_kept(place, twin):
    merged(place, twin)
    gone = Actor.history.filter(id=twin.pk).first()
    assert (gone.name, gone.history_type, gone.history_user) == ("The University", "-", place.lead)
    kept = place.actor.history.first()
    assert (kept.history_change_reason, kept.history_user) == ("merged", place.lead)


def test_undoing_brings_everything_back(place, twin):
    before = picture(place)
    batch = merged(place, twin)
    assert picture(place) != before
    assert undo_merge(batch=batch, by=place.lead).pk == twin.pk
    assert picture(place) == before
    assert Actor.history.filter(id=twin.pk).count() >= 2
    with pytest.raises(NotUndoable):
        undo_merge(batch=batch, by=place.lead)


def test_what_was_written_since_stays_as_it_is(place, twin):
    batch = merged(place, twin)
    row = Actor.objects.get(pk=place.actor.pk)
    change_field(
        row=row,
        field="website",
        values={"website": "https://new.example/"},
        expected=row.version_of("website"),
        by=place.lead,
    )
    undo_merge(batch=batch, by=place.lead)
    assert Actor.objects.get(pk=place.actor.pk).website == "https://new.example/"
    assert Actor.objects.get(pk=twin.pk).website == "https://u.example/"


def test_an_actor_that_was_changed_meanwhile_is_looked_at_again(place, twin):
    Actor.objects.filter(pk=twin.pk).update(version=2)
    with pytest.raises(StaleVersion):
        merged(place, twin)
    assert Batch.objects.count() == 0


def test_only_two_actors_of_one_open_map_are_merged(place, twin):
    with pytest.raises(NotTwoActors):
        merge_actors(keep=twin, gone=twin, versions=(1, 1), by=place.lead)
    with pytest.raises(NotTwoActors):
        merge_actors(keep=place.actor, gone=ActorFactory(), versions=(1, 1), by=place.lead)
    RegionMap.objects.filter(pk=place.region_map.pk).update(
        state=MapState.ADOPTED, adopted_on="2026-01-01", adopted_by="Group"
    )
    with pytest.raises(MapClosed):
        merged(place, twin)


def test_after_thirty_days_it_stays_as_it_is(place, twin):
    batch = merged(place, twin)
    Batch.objects.update(at=timezone.now() - dt.timedelta(days=31))
    with pytest.raises(NotUndoable):
        undo_merge(batch=batch, by=place.lead)


def talks():
    return sorted(Thread.objects.values_list("comments__text", "kind", "record_id"))


def test_discussions_and_comments_follow_and_go_back_and_both_histories_stand_on_one_page(
    client, place, twin
):
    region_map, lead = place.region_map, place.lead
    ties = {tie.kind: tie for tie in ActorTie.objects.filter(source=twin)}
    said = {"about the kept": ("actor", place.actor.pk), "about the twin": ("actor", twin.pk)}
    said |= {kind: ("tie", tie.pk) for kind, tie in ties.items()} | {"of a space": ("space", twin.pk)}
    for text, (kind, pk) in said.items():
        start_record_thread(region_map=region_map, kind=kind, pk=pk, text=text, by=lead)
    consultation = Consultation.objects.create(region_map=region_map)
    comment = ConsultationComment.objects.create(
        consultation=consultation, kind="actor", record_id=twin.pk, about=twin.name, text="It moved"
    )
    before = talks()
    client.force_login(lead)
    address = f"/workspace/maps/{region_map.pk}/merge/?keep={place.actor.pk}&gone={twin.pk}"
    assert "Discussions" in client.get(address).content.decode()
    batch = merged(place, twin)
    kept = ActorTie.objects.get(kind="member of", source=place.actor)
    assert talks() == sorted(
        [
            ("about the kept", "actor", place.actor.pk),
            ("about the twin", "actor", place.actor.pk),
            ("member of", "tie", kept.pk),
            ("of a space", "space", twin.pk),
            ("part of", "actor", place.actor.pk),
        ]
    )
    comment.refresh_from_db()
    assert (comment.record_id, comment.about) == (place.actor.pk, "The University")
    page = client.get(f"/workspace/maps/{region_map.pk}/talk/actor/{place.actor.pk}/").content.decode()
    assert ("about the kept" in page, "about the twin" in page) == (True, True)
    history = client.get(f"/workspace/actor/{place.actor.pk}/").content.decode()
    assert "The University" in history
    later = start_record_thread(region_map=region_map, kind="actor", pk=place.actor.pk, text="since", by=lead)
    undo_merge(batch=batch, by=lead)
    later.delete()
    comment.refresh_from_db()
    assert (talks(), comment.record_id) == (before, twin.pk)


def test_what_was_merged_before_discussions_moved_is_undone_all_the_same(place, twin):
    batch = merged(place, twin)
    del batch.content["named"]
    batch.save()
    assert undo_merge(batch=batch, by=place.lead).pk == twin.pk


def test_services_that_a_colleague_wrote_since_stay_and_untouched_units_go(place, twin):
    before = set(place.actor.units.values_list("pk", flat=True))
    batch = merged(place, twin)
    row = Actor.objects.get(pk=place.actor.pk)
    words = [{"kind": "skills", "offered_to": "words of a colleague"}]
    change_rows(
        row=row, field="services", rows=words, expected=row.version_of("services"), by=place.contributor
    )
    undo_merge(batch=batch, by=place.lead)
    row = Actor.objects.get(pk=place.actor.pk)
    assert list(row.services.values_list("kind", "offered_to")) == [("skills", "words of a colleague")]
    assert set(row.units.values_list("pk", flat=True)) == before


def test_a_merging_and_its_undoing_stand_in_the_history_of_the_fields(place, twin):
    batch = merged(place, twin)
    undo_merge(batch=batch, by=place.contributor)
    rows = FieldChange.objects.filter(kind="actor", record_id=place.actor.pk)
    told = {(row.field, row.by): (row.before, row.after) for row in rows}
    website = ("", "https://u.example/")
    assert told["website", place.lead] == website
    assert told["website", place.contributor] == website[::-1]
    for field in ("units", "services"):
        assert told[field, place.lead] == told[field, place.contributor][::-1]
        assert len(told[field, place.lead][1]) > len(told[field, place.lead][0])
    ties = FieldChange.objects.filter(kind="tie").values_list("field", "before", "after")
    there, back = (str(twin.pk), str(place.actor.pk)), (str(place.actor.pk), str(twin.pk))
    assert sorted(ties) == sorted([("target", *there), ("target", *back)])
