"""Actors and ties from a spreadsheet: other spellings ask for a choice, and one button undoes all of it."""

import pytest
from django.utils import translation

from mapping.models import Actor, ActorService, ActorTie, Batch, Capability, RemovedRecord
from mapping.services.batches import ChangedSince, undo_batch
from mapping.services.merging import NotUndoable
from mapping.services.paste import READERS, save_paste
from mapping.services.paste_tables import PasteRefused, digest
from mapping.services.records import change_field
from tests.factories.mapping import ActorFactory
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db
ACTORS = """Name;Helix;Active in;Services
Tech hub;Business;Warsaw, Płock;advice, skills
Town hall;government;Płock;"""
SAME = f"same-{digest('Universitty')}"
TIES = "University;Agency;funds\nAgency;University;advises"


@pytest.fixture
def place():
    return matrix()


def paste(place, kind, text, decisions=None, by=None):
    return save_paste(
        kind=kind,
        region_map=place.region_map,
        units=[place.region, place.city, place.town],
        text=text,
        by=by or place.lead,
        decisions=decisions,
    )


def read(place, kind, text, decisions=None):
    reader = READERS[kind](region_map=place.region_map, units=[place.city], decisions=decisions or {})
    return reader, reader.read(text)


def problems(place, kind, text):
    return {row.number: row.problems for row in read(place, kind, text)[1] if row.problems}


def test_actors_come_with_units_and_services_and_leave_at_one_stroke(place):
    batch = paste(place, "actor", ACTORS)
    hub = Actor.objects.get(name="Tech hub")
    assert (hub.helix, set(hub.units.all())) == ("business", {place.city, place.town})
    assert sorted(hub.services.values_list("kind", flat=True)) == ["advice", "skills"]
    assert (batch.name, hub.history.first().history_user) == ("2 actors pasted", place.lead)
    undo_batch(batch=batch, by=place.lead)
    assert Actor.objects.filter(name__in=["Tech hub", "Town hall"]).count() == 0
    assert RemovedRecord.objects.filter(kind="actor").count() == 2  # each can still be brought back
    with pytest.raises(NotUndoable):
        undo_batch(batch=batch, by=place.lead)


def test_columns_are_named_in_the_language_of_the_reader(place):
    with translation.override("de"):
        german = {str(READERS["actor"].names[name][-1]) for name in ("helix", "units")}
        header = "\t".join(["Name", "Helix", str(READERS["actor"].names["units"][2])])
        rows = read(place, "actor", f"{header}\nTech hub\tbusiness\tWarsaw")[1]
    assert german
    assert [(row.number, row.problems, row.links["units"]) for row in rows] == [(2, [], [place.city.pk])]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("\tbusiness", "The name is missing."),
        (
            "A lab\tfarmers",
            "The helix is one of: Business, Knowledge, Government, Civil society; not “farmers”.",
        ),
        ("A lab\tbusiness\tWarsw", "There is no unit called “Warsw”. Did you mean Warsaw?"),
        ("A lab\tbusiness\t\tdiagonal", "The function is horizontal or sectoral, not “diagonal”."),
        ("A lab\tbusiness\t\t\tadvise", "There is no service called “advise”. Did you mean Advice?"),
        (
            "A lab\tbusiness\t\t\t\tno where",
            "“no where” is no web address. Write it like https://www.example.eu.",
        ),
    ],
)  # fmt: skip
def test_an_actor_says_what_is_wrong_with_it(place, line, problem):
    assert problems(place, "actor", f"Fine\tbusiness\n{line}") == {2: [problem]}


def test_another_spelling_asks_and_merging_keeps_both_histories(place):
    text = "Universitty\tknowledge\tPłock\t\tskills\thttps://u.example/"
    choice = read(place, "actor", text)[1][0].choice
    assert [label for _value, label in choice.options] == [
        "It is “University”: merge",
        "Another actor: add it",
        "Leave this row out",
    ]
    with pytest.raises(PasteRefused):
        paste(place, "actor", text)
    batch = paste(place, "actor", text, {SAME: str(place.actor.pk)})
    assert batch.name == "1 actor merged"
    row = Actor.objects.get(pk=place.actor.pk)
    assert (row.website, set(row.units.all())) == ("https://u.example/", {place.city, place.town})
    assert Actor.history.filter(name="Universitty").exists()
    assert not Actor.objects.filter(name="Universitty").exists()
    undo_batch(batch=batch, by=place.lead)
    row = Actor.objects.get(pk=place.actor.pk)
    assert (row.website, set(row.units.all()), row.services.count()) == ("", {place.city}, 1)
    assert Actor.objects.filter(region_map=place.region_map).count() == 2


def test_numbered_names_are_actors_of_their_own(place):
    """Nobody is asked sixty times whether one firm is the other."""
    rows = read(place, "actor", "\n".join(f"Firma {n}\tbusiness" for n in range(1, 61)))[1]
    assert [row.number for row in rows if row.choice is not None or row.problems] == []
    ActorFactory(region_map=place.region_map, name="Firma 1")
    reader, rows = read(place, "tie", "University;Firma 2;funds\nUniversity;Firmaa 1;funds")
    assert rows[0].problems == ["There is no actor called “Firma 2”. Paste or add the actor first."]
    assert [[label for _pk, label in choice.options] for choice in reader.choices.values()] == [["Firma 1"]]


@pytest.mark.parametrize(("decision", "count"), [("new", 3), ("skip", 2)])
def test_it_may_also_be_another_actor_or_stay_out(place, decision, count):
    text = "Universitty\tknowledge" if decision == "new" else "Universitty\tknowledge\nTech hub\tbusiness"
    paste(place, "actor", text, {SAME: decision})
    assert Actor.objects.filter(region_map=place.region_map).count() == (3 if decision == "skip" else count)
    assert Actor.objects.filter(name="Universitty").exists() is (decision == "new")


def test_two_spellings_inside_of_one_paste_become_one(place):
    text = "Technology hub\tbusiness\tWarsaw\nTechnology hubb\tbusiness\tPłock"
    batch = paste(
        place, "actor", text, {f"same-{digest('Technology hubb')}": f"as-{digest('Technology hub')}"}
    )
    row = Actor.objects.get(name="Technology hub")
    assert batch.name == "1 actor pasted, 1 actor merged"
    assert set(row.units.all()) == {place.city, place.town}
    undo_batch(batch=batch, by=place.lead)
    assert Actor.objects.filter(region_map=place.region_map).count() == 2


def test_an_actor_of_another_map_is_no_choice(place):
    stranger = ActorFactory(name="University")
    with pytest.raises(PasteRefused):
        paste(place, "actor", "Universitty\tknowledge", {SAME: str(stranger.pk)})


def test_ties_join_actors_and_leave_at_one_stroke(place):
    batch = paste(place, "tie", TIES)
    ties = ActorTie.objects.exclude(pk=place.tie.pk).values_list("source__name", "target__name", "kind")
    assert sorted(ties) == [("Agency", "University", "advises"), ("University", "Agency", "funds")]
    undo_batch(batch=batch, by=place.lead)
    assert list(ActorTie.objects.all()) == [place.tie]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("University;Agency;Member of", "There is already a tie of this kind between the two."),
        ("University;University;funds", "A tie joins two different actors. Choose another one."),
        ("University;Agency;", "The kind of tie is missing, for example: member of."),
        ("University;;funds", "The name of an actor is missing."),
        ("University;Zebra;funds", "There is no actor called “Zebra”. Paste or add the actor first."),
    ],
)
def test_a_tie_says_what_is_wrong_with_it(place, line, problem):
    assert problems(place, "tie", f"Agency;University;hosts\n{line}") == {2: [problem]}


def test_a_name_that_is_not_on_the_map_is_asked_about_once(place):
    text = "Universitty;Agency;funds\nAgency;Universitty;advises"
    reader, rows = read(place, "tie", text)
    ((name, choice),) = reader.choices.items()
    assert (choice.options, [row.is_wrong for row in rows]) == (
        [(str(place.actor.pk), "University")],
        [True, True],
    )
    paste(place, "tie", text, {name: str(place.actor.pk)})
    assert ActorTie.objects.count() == 3


def test_what_was_changed_since_keeps_the_whole_paste(place):
    batch = paste(place, "actor", ACTORS)
    hub = Actor.objects.get(name="Tech hub")
    change_field(row=hub, field="note", values={"note": "Ours"}, expected=1, by=place.lead)
    with pytest.raises(ChangedSince) as changed:
        undo_batch(batch=batch, by=place.lead)
    assert changed.value.names == ["Tech hub"]
    assert Actor.objects.filter(name="Town hall").exists()
    assert Batch.objects.get(pk=batch.pk).undone_at is None


def test_what_others_hang_on_keeps_the_whole_paste(place):
    batch = paste(place, "actor", ACTORS)
    paste(place, "tie", "Tech hub;University;member of")
    with pytest.raises(ChangedSince):
        undo_batch(batch=batch, by=place.lead)
    assert ActorService.objects.filter(actor__name="Tech hub").count() == 2


def test_a_quoted_cell_may_hold_lines_and_separators(place):
    text = '"Hub, ""north"""\tbusiness\t"Warsaw; Płock"\t\t\t\t"One\nand two"\nTown hall\tgovernment'
    rows = read(place, "actor", text)[1]
    assert [(row.number, row.values["name"]) for row in rows] == [(1, 'Hub, "north"'), (2, "Town hall")]
    assert rows[0].links["units"] == [place.city.pk, place.town.pk]


def test_sixty_rows_are_one_paste(place, django_assert_max_num_queries):
    lines = "\n".join(f"Firm {n} of {'abcdefgh'[n % 8]}{n * 7919}\tbusiness\tWarsaw" for n in range(60))
    with django_assert_max_num_queries(5):
        rows = read(place, "actor", lines)[1]
    decisions = {row.choice.name: "new" for row in rows if row.choice is not None}
    paste(place, "actor", lines, decisions)
    assert Actor.objects.filter(region_map=place.region_map).count() == 62
    assert Capability.objects.count() == 2
