"""A merge that was undone is no change: the paste before it can be undone. What somebody wrote is one."""

import pytest

from mapping.models import Actor, ActorTie, Batch
from mapping.services.batches import ChangedSince, undo_batch
from mapping.services.merging import merge_actors
from mapping.services.paste import save_paste
from mapping.services.records import change_field
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db
FIRMS = "Firma Numer 1\tbusiness\nFirma Numer 2\tbusiness\t\t\tskills\thttps://two.example/"
TIES = "Firma Numer 2;University;funds\nFirma Numer 1;Agency;advises"


@pytest.fixture
def place():
    return matrix()


def paste(place, kind, text):
    return save_paste(kind=kind, region_map=place.region_map, units=[place.city], text=text, by=place.lead)


def firm(number):
    return Actor.objects.get(name=f"Firma Numer {number}")


def merge(place, keep=1, gone=2):
    keep, gone = firm(keep), firm(gone)
    return merge_actors(keep=keep, gone=gone, versions=(keep.version, gone.version), by=place.lead)


def note(row, by):
    row.refresh_from_db()
    change_field(row=row, field="note", values={"note": "x"}, expected=row.version_of("note"), by=by)


def test_a_merge_that_was_undone_does_not_block_the_undo_of_the_paste(place):
    firms, ties = paste(place, "actor", FIRMS), paste(place, "tie", TIES)
    for keep, gone in ((1, 2), (1, 2), (2, 1)):
        undo_batch(batch=merge(place, keep, gone), by=place.lead)
    assert [firm(n).version for n in (1, 2)] == [5, 3]
    assert sorted(ActorTie.objects.values_list("kind", "version")) == [
        ("advises", 3),
        ("funds", 5),
        ("member of", 1),
    ]
    undo_batch(batch=ties, by=place.lead)
    undo_batch(batch=firms, by=place.lead)
    assert list(ActorTie.objects.all()) == [place.tie]
    assert not Actor.objects.filter(name__startswith="Firma").exists()


@pytest.mark.parametrize("when", ["before", "meanwhile", "since"])
def test_what_somebody_wrote_blocks_it_all_the_same(place, when):
    firms = paste(place, "actor", FIRMS)
    row = firm(1)
    if when == "before":
        note(row, place.lead)
    merging = merge(place)
    if when == "meanwhile":
        note(row, place.lead)
    undo_batch(batch=merging, by=place.lead)
    if when == "since":
        note(row, place.lead)
    with pytest.raises(ChangedSince) as changed:
        undo_batch(batch=firms, by=place.lead)
    assert changed.value.names == ["Firma Numer 1"]
    assert firm(1).note == "x"


def test_a_merge_that_stands_blocks_it(place):
    firms = paste(place, "actor", FIRMS)
    undo_batch(batch=merge(place), by=place.lead)
    merge(place)
    with pytest.raises(ChangedSince):
        undo_batch(batch=firms, by=place.lead)
    assert Batch.objects.get(pk=firms.pk).undone_at is None


def test_a_tie_that_somebody_wrote_during_the_merge_stays(place):
    """It did not move back: as many versions as there and back, and yet it is another one."""
    paste(place, "actor", FIRMS)
    ties = paste(place, "tie", TIES)
    merging = merge(place)
    tie = ActorTie.objects.get(kind="funds")
    note(tie, place.lead)
    undo_batch(batch=merging, by=place.lead)
    tie.refresh_from_db()
    assert (tie.version, tie.source) == (3, firm(1))
    with pytest.raises(ChangedSince) as changed:
        undo_batch(batch=ties, by=place.lead)
    assert changed.value.names == [str(tie)]
