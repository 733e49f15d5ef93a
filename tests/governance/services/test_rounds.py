"""Setting up a round, from nothing to a form that takes answers."""

import datetime as dt

import pytest
from django.utils import timezone

from governance.models import Response
from governance.selectors.rounds import settings_version
from governance.services.rounds import (
    NoQuestionnaire,
    NoRegion,
    QuestionnaireInUse,
    add_nuts_region,
    close_round,
    create_round,
    make_forms,
    open_round,
    save_round,
)
from mapping.models import NutsRegion, Region
from tests.factories.governance import VersionFactory
from tests.factories.mapping import ProjectFactory, UnitFactory

pytestmark = pytest.mark.django_db
VALUES = {"name": "Round 2027", "time_zone": "Europe/Athens"}


@pytest.fixture
def code():
    return NutsRegion.objects.create(
        version="2021", code="EL30", name="Αττική", latin_name="Attiki", level=2, country="EL"
    )


def a_round(version=None):
    version = version or VersionFactory()
    return create_round(project=ProjectFactory(), slug="round-2027", values=VALUES, version=version)


def test_a_round_is_made_filled_and_opened(code):
    exercise = a_round()
    with pytest.raises(NoRegion):
        open_round(exercise=exercise)
    region_map = add_nuts_region(exercise=exercise, code=code, name="")
    assert (region_map.region.name, region_map.region.slug) == ("Attiki", "attiki")
    assert (region_map.region.nuts_codes, region_map.region.country) == (["EL30"], "EL")
    assert add_nuts_region(exercise=exercise, code=code, name="Again") == region_map
    assert Region.objects.count() == 1
    unit = UnitFactory(region_map=region_map)
    open_round(exercise=exercise)
    exercise.refresh_from_db()
    assert (exercise.state, exercise.accepts_answers) == ("open", True)
    assert set(Response.objects.values_list("group", "unit")) == {("team", None), ("unit", unit.pk)}
    later = UnitFactory(region_map=region_map)
    assert (make_forms(exercise=exercise), make_forms(exercise=exercise)) == (1, 0)
    assert Response.objects.filter(unit=later).count() == 1
    close_round(exercise=exercise)
    exercise.refresh_from_db()
    assert (exercise.state, exercise.accepts_answers) == ("closed", False)


def test_a_slug_that_is_taken_gets_the_code(code):
    first = add_nuts_region(exercise=a_round(), code=code, name="")
    other = create_round(project=ProjectFactory(), slug="other", values=VALUES, version=VersionFactory())
    assert add_nuts_region(exercise=other, code=code, name="").region.slug == f"{first.region.slug}-el30"


def test_without_a_questionnaire_nothing_opens(code):
    version = VersionFactory()
    exercise = a_round(version)
    add_nuts_region(exercise=exercise, code=code, name="")
    version.exercises.clear()
    with pytest.raises(NoQuestionnaire):
        open_round(exercise=exercise)


def test_the_questionnaire_stays_once_forms_use_it(code):
    first, second, third = VersionFactory(), VersionFactory(), VersionFactory()
    exercise = a_round(first)
    seen = settings_version(exercise=exercise, version=first)
    save_round(exercise=exercise, values=VALUES, version=second, expected=seen)
    exercise.refresh_from_db()
    seen = settings_version(exercise=exercise, version=second)
    add_nuts_region(exercise=exercise, code=code, name="")
    make_forms(exercise=exercise)
    with pytest.raises(QuestionnaireInUse):
        save_round(exercise=exercise, values=VALUES, version=third, expected=seen)
    assert Response.objects.get().questionnaire_version == second


@pytest.mark.parametrize(("seconds", "accepts"), [(-1, False), (30, True)])
def test_the_last_moment_counts_by_the_second(seconds, accepts):
    exercise = a_round()
    exercise.state = "open"
    exercise.closes_at = timezone.now() + dt.timedelta(seconds=seconds)
    assert exercise.accepts_answers is accepts


def test_the_last_moment_is_said_in_the_time_zone_of_the_round():
    exercise = a_round()
    exercise.closes_at = dt.datetime(2026, 3, 31, 15, 0, tzinfo=dt.UTC)
    assert exercise.closing_time == "31 Mar 2026 18:00 EEST"
