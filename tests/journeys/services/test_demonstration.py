"""The demonstration: complete, marked as invented, and removable without a trace."""

import pytest

from cohes3ion.accounts.models import User
from governance.models import Answer, MapEdition, Response
from journeys.services.demonstration import ReferenceMissing, create_demo, remove_demo
from mapping.models import Capability, Project, RegionMap
from mapping.services.reference import load_reference
from tests.factories.mapping import UnitFactory

pytestmark = pytest.mark.django_db


def test_demonstration_is_made_as_described_and_taken_away():
    keep = UnitFactory(name="Not of the demonstration")
    load_reference()
    project = create_demo()
    assert create_demo().pk == project.pk
    states = RegionMap.objects.filter(exercise__project=project).values_list("state", flat=True)
    assert sorted(states) == ["consultation", "draft", *["published"] * 6]
    assert MapEdition.objects.count() == 6
    answers = Answer.objects.filter(response__region_map__exercise__project=project)
    assert set(answers.values_list("provenance", flat=True)) == {"invented"}
    kinds = set(answers.values_list("kind", flat=True))
    assert kinds == {"value", "no_information", "does_not_apply", "unanswered"}
    # A unit that never answered, in each region with more than two units.
    assert Response.objects.filter(group="unit", opened_at=None).count() >= 6
    rated = Capability.objects.filter(strength__isnull=False)
    assert {row.provenance_of("strength") for row in rated} == {"invented"}
    assert remove_demo() is True
    assert remove_demo() is False
    assert list(Project.objects.all()) == [keep.region_map.exercise.project]
    assert User.objects.filter(is_demo=True).count() == 0
    assert Response.objects.count() == 0


def test_demonstration_needs_the_code_lists():
    with pytest.raises(ReferenceMissing):
        create_demo()
