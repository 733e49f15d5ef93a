"""Two runs compared: the difference of two means tells what one stakeholder said, so few see it."""

import pytest

from governance.enums import Group
from governance.models import Answer
from governance.selectors.comparisons import comparison_page
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
