"""Two runs compared: the difference of two means tells what one stakeholder said, so few see it."""

import pytest

from governance.enums import Dimension, Group
from governance.models import Answer
from governance.selectors.comparisons import comparison_page
from governance.services.thresholds import change_threshold
from mapping.enums import Role
from tests.factories.mapping import ExerciseFactory, member
from tests.factories.region import analyse, small_region, small_version

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "changed", "withheld"),
    [
        (Role.COORDINATOR, 1, True),
        (Role.COORDINATOR, 2, True),
        (Role.COORDINATOR, 3, False),
        (Role.FACILITATOR, 1, False),
    ],
)
def test_comparison_tells_the_coordinator_nothing_of_few_stakeholders(role, changed, withheld):
    region = small_region(ExerciseFactory(), small_version())
    exercise = region.region_map.exercise
    before = analyse(exercise, public=False)["gaps"]
    rows = Answer.objects.filter(
        response__group=Group.STAKEHOLDER, response__region_map=region.region_map, question__code="1.1"
    ).order_by("response_id")
    Answer.objects.filter(pk__in=[row.pk for row in rows[:changed]]).update(level=5)
    after = analyse(exercise, public=False)["gaps"]
    user = member(role, region.region_map)
    page = comparison_page(exercise=exercise, before=str(before.pk), after=str(after.pk), user=user)
    assert page.withheld == ([region.region_map.region.name] if withheld else [])
    assert bool(page.changes) is not withheld
    # How many answers differ is told to everybody who may compare; which, and how, is not.
    assert [(row.field, row.after) for row in page.causes] == [("answers that differ", str(changed))]


@pytest.mark.parametrize(("difference", "n"), [(0.5, 2), (0.31, 0)])
def test_statements_of_order_that_a_threshold_takes_away_are_compared(difference, n):
    """Stakeholders at 2 in one theme: (3 + 3 + 2) / 3 = 2.67, a gap of 1.33 to 4 beside one of 1."""
    region = small_region(ExerciseFactory(), small_version())
    exercise = region.region_map.exercise
    Answer.objects.filter(response__group=Group.STAKEHOLDER, question__code="1.1").update(level=2)
    before = analyse(exercise, public=False)["gaps"]
    by = member(Role.FACILITATOR, region.region_map)
    change_threshold(
        exercise=exercise, name="min_difference", value=difference, reason="A test", expected=1, by=by
    )
    exercise.refresh_from_db()
    after = analyse(exercise, public=False)["gaps"]
    runs = {"before": str(before.pk), "after": str(after.pk)}
    page = comparison_page(exercise=exercise, user=by, **runs)
    themes = [Dimension(code).label for code in ("E1", "E2")]
    assert [(row.about, row.field, row.after) for row in page.changes] == [
        (f"{themes[0]} > {themes[1]}", "order of gaps", "no statement"),
        ("1.1 > 2.1", "order of work", "no statement"),
    ][:n]
    assert {row.before for row in page.changes} <= {"stands firm", "does not stand firm"}
    assert {row.region for row in page.changes} <= {region.region_map.region.name}
    assert [row.about for row in page.causes] == ["Levels below which nothing is called a difference"]
