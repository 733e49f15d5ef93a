"""Shared challenges: grouping, merging and ordering lose nothing."""

import pytest

from cohes3ion.lib.versions import StaleVersion
from governance.models import AreaOfImprovement, Challenge, MapEdition
from governance.services import challenges
from tests.factories.mapping import RegionMapFactory, UserFactory
from tests.factories.region import publish
from tests.factories.synthesis import AreaFactory, ChallengeFactory

pytestmark = pytest.mark.django_db


def order(exercise) -> list[str]:
    return list(Challenge.objects.filter(exercise=exercise).values_list("title", flat=True))


def test_an_area_of_a_published_map_is_grouped_and_the_edition_stays():
    person = UserFactory()
    region_map = RegionMapFactory()
    area = AreaFactory(region_map=region_map)
    publish(region_map)
    before = MapEdition.objects.get().fingerprint
    challenge = ChallengeFactory(exercise=region_map.exercise)
    seen = challenges.Grouping(area=area, version=1)
    moved, stale = challenges.group_areas(groupings=[seen], challenge=challenge, by=person)
    assert ([row.pk for row in moved], stale) == ([area.pk], [])
    area.refresh_from_db()
    assert (area.challenge, area.version_of("challenge")) == (challenge, 2)
    assert area.history.first().history_user == person
    assert MapEdition.objects.get().fingerprint == before


def test_what_somebody_else_moved_meanwhile_stays_and_the_rest_moves():
    first = ChallengeFactory()
    region_map = RegionMapFactory(exercise=first.exercise)
    other, mine = AreaFactory(region_map=region_map), AreaFactory(region_map=region_map)
    second = ChallengeFactory(exercise=first.exercise)
    challenges.group_areas(groupings=[challenges.Grouping(area=other, version=1)], challenge=first, by=None)
    seen = [challenges.Grouping(area=row, version=1) for row in (other, mine)]
    moved, stale = challenges.group_areas(groupings=seen, challenge=second, by=None)
    assert ([row.pk for row in moved], [item.row.pk for item in stale]) == ([mine.pk], [other.pk])
    other.refresh_from_db()
    assert other.challenge == first


def test_an_area_leaves_its_challenge():
    challenge = ChallengeFactory()
    area = AreaFactory(region_map=RegionMapFactory(exercise=challenge.exercise), challenge=challenge)
    challenges.group_areas(groupings=[challenges.Grouping(area=area, version=1)], challenge=None, by=None)
    area.refresh_from_db()
    assert area.challenge is None


def test_merging_keeps_every_area_and_both_narratives():
    stays = ChallengeFactory(title="Stays", narrative="First.")
    goes = ChallengeFactory(title="Goes", narrative="Second.", exercise=stays.exercise)
    maps = [RegionMapFactory(exercise=stays.exercise) for _ in range(3)]
    areas = [AreaFactory(region_map=row, challenge=goes) for row in maps]
    areas.append(AreaFactory(region_map=maps[0], challenge=stays))
    person = UserFactory()
    row = challenges.merge_challenges(source=goes, target=stays, expected=(1, 1), by=person)
    assert (row.title, row.narrative) == ("Stays", "First.\n\nSecond.")
    assert order(stays.exercise) == ["Stays"]
    held = AreaOfImprovement.objects.filter(challenge=stays)
    assert set(held) == set(areas)
    assert [area.history.first().history_change_reason for area in areas[:3]] == ["challenge"] * 3
    assert Challenge.history.filter(id=goes.pk, history_type="-").get().history_user == person


@pytest.mark.parametrize("expected", [(2, 1), (1, 2)])
def test_merging_on_an_old_version_changes_nothing(expected):
    stays = ChallengeFactory()
    goes = ChallengeFactory(exercise=stays.exercise)
    with pytest.raises(StaleVersion):
        challenges.merge_challenges(source=goes, target=stays, expected=expected, by=None)
    assert Challenge.objects.count() == 2


def test_challenges_of_two_exercises_are_not_merged():
    stays, goes = ChallengeFactory(), ChallengeFactory()
    for source in (goes, stays):
        with pytest.raises(challenges.OtherExercise):
            challenges.merge_challenges(source=source, target=stays, expected=(1, 1), by=None)


def test_challenges_change_places():
    one = ChallengeFactory(title="one")
    two = ChallengeFactory(title="two", exercise=one.exercise)
    ChallengeFactory(title="three", exercise=one.exercise)
    challenges.move_challenge(challenge=two, up=True, expected=1, by=None)
    assert order(one.exercise) == ["two", "one", "three"]
    two.refresh_from_db()
    challenges.move_challenge(challenge=two, up=True, expected=two.version_of("position"), by=None)
    assert order(one.exercise) == ["two", "one", "three"]
    with pytest.raises(StaleVersion):
        challenges.move_challenge(challenge=two, up=False, expected=9, by=None)


def test_a_new_challenge_stands_last():
    first = ChallengeFactory(title="first", position=7)
    made = challenges.create_challenge(exercise=first.exercise, title="second", by=None)
    assert (made.position, order(first.exercise)) == (8, ["first", "second"])
