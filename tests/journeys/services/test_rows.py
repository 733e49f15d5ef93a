import pytest
from django.core.exceptions import ValidationError

from cohes3ion.lib.ordered import OrderChanged, order_version
from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.versions import StaleVersion
from journeys.models import Journey, Visit
from journeys.services.rows import add_row, move_row, remove_row, save_changes
from tests.factories.exchange import JourneyFactory, PracticeFactory, VisitFactory
from tests.factories.mapping import ExerciseFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_slugs_are_free_and_keep_what_a_name_means():
    exercise, person = ExerciseFactory(), UserFactory()
    made = [
        add_row(model=Journey, values={"exercise": exercise, "title": title}, by=person).slug
        for title in ("Ścieżka nauki", "Ścieżka nauki", "道")
    ]
    assert made == ["sciezka-nauki", "sciezka-nauki-2", "journey"]


def test_a_row_that_is_not_valid_is_not_added():
    with pytest.raises(ValidationError):
        add_row(model=Journey, values={"exercise": ExerciseFactory(), "title": ""}, by=None)
    assert Journey.objects.count() == 0


def test_fields_are_written_one_by_one_and_the_stale_one_is_told():
    journey, person = JourneyFactory(title="Before", aim="Old"), UserFactory()
    save_changes(row=journey, changes=[Change(field="aim", values={"aim": "New"}, version=1)], by=person)
    row, stale = save_changes(
        row=journey,
        changes=[
            Change(field="title", values={"title": "After"}, version=1),
            Change(field="aim", values={"aim": "Mine"}, version=1),
        ],
        by=person,
    )
    row.refresh_from_db()
    assert (row.title, row.aim, row.version) == ("After", "New", 3)
    assert [(late.field, late.current) for late in stale] == [("aim", 2)]
    assert [(line.history_change_reason, line.history_user) for line in row.history.all()][:2] == [
        ("title", person),
        ("aim", person),
    ]


def test_links_to_other_rows_carry_a_version_too():
    visit, first, second = VisitFactory(), PracticeFactory(), PracticeFactory()
    change = {"field": "practices", "version": 1}
    row, stale = save_changes(
        row=visit, changes=[Change(values={"practices": [first.pk]}, **change)], by=None
    )
    assert (list(row.practices.all()), row.version_of("practices"), stale) == ([first], 2, [])
    row, stale = save_changes(
        row=visit, changes=[Change(values={"practices": [second.pk]}, **change)], by=None
    )
    assert (list(row.practices.all()), len(stale)) == ([first], 1)


def test_a_row_that_changed_meanwhile_is_not_removed():
    visit = VisitFactory()
    save_changes(row=visit, changes=[Change(field="title", values={"title": "T"}, version=1)], by=None)
    with pytest.raises(StaleVersion):
        remove_row(row=visit, expected=1, by=None)
    assert Visit.objects.count() == 1
    remove_row(row=visit, expected=2, by=None)
    assert (Visit.objects.count(), Visit.history.filter(history_type="-").count()) == (0, 1)


def order(journey):
    return list(Visit.objects.filter(journey=journey).values_list("title", flat=True))


@pytest.mark.parametrize(
    ("which", "up", "expected", "moved"),
    [
        (0, False, ["b", "a", "c"], True),
        (2, True, ["a", "c", "b"], True),
        (0, True, ["a", "b", "c"], False),
        (2, False, ["a", "b", "c"], False),
    ],
)
def test_a_row_moves_one_place_and_the_ends_stand_still(which, up, expected, moved):
    journey = JourneyFactory()
    VisitFactory(title="of another journey")
    rows = [VisitFactory(journey=journey, title=title) for title in "abc"]
    said = move_row(row=rows[which], within="journey", up=up, seen=order_version(rows), by=None)
    assert (said, order(journey)) == (moved, expected)


def test_a_move_is_kept_in_the_history_of_both_rows_and_of_no_other():
    person, journey = UserFactory(), JourneyFactory()
    rows = [VisitFactory(journey=journey, position=number) for number in (1, 2, 3)]
    move_row(row=rows[1], within="journey", up=True, seen=order_version(rows), by=person)
    told = [row.history.filter(history_change_reason="position", history_user=person).count() for row in rows]
    assert told == [1, 1, 0]


def test_an_order_that_changed_meanwhile_is_not_changed_again():
    journey = JourneyFactory()
    first, second = rows = [VisitFactory(journey=journey, title=title) for title in "ab"]
    seen = order_version(rows)
    move_row(row=second, within="journey", up=True, seen=seen, by=None)
    with pytest.raises(OrderChanged):
        move_row(row=first, within="journey", up=True, seen=seen, by=None)
    assert order(journey) == ["b", "a"]


def test_a_row_that_was_added_or_removed_meanwhile_is_another_order():
    journey = JourneyFactory()
    first, second = rows = [VisitFactory(journey=journey, title=title) for title in "ab"]
    seen = order_version(rows)
    third = VisitFactory(journey=journey, title="c")
    with pytest.raises(OrderChanged):
        move_row(row=second, within="journey", up=True, seen=seen, by=None)
    third.delete()
    assert move_row(row=second, within="journey", up=True, seen=seen, by=None)
    seen = order_version([second, first])
    Visit.objects.filter(pk=first.pk).delete()
    with pytest.raises(OrderChanged):
        move_row(row=first, within="journey", up=True, seen=seen, by=None)
