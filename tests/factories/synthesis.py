"""Rows of the synthesis for tests."""

import factory
from django.utils import timezone

from governance import models
from governance.enums import Group, ResponseState
from tests.factories.governance import ResponseFactory
from tests.factories.mapping import ExerciseFactory, RegionMapFactory


class StrengthFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.StrengthItem

    region_map = factory.SubFactory(RegionMapFactory)
    text = factory.Sequence(lambda n: f"Strength {n}")


class AreaFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.AreaOfImprovement

    region_map = factory.SubFactory(RegionMapFactory)
    text = factory.Sequence(lambda n: f"Area {n}")
    position = factory.Sequence(lambda n: n)


class ChallengeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Challenge

    exercise = factory.SubFactory(ExerciseFactory)
    title = factory.Sequence(lambda n: f"Challenge {n}")
    position = factory.Sequence(lambda n: n)


def named_by(region_map, *dimensions: str, version=None) -> models.Response:
    """A stakeholder who sent answers and named these dimensions as pressing."""
    extra = {"questionnaire_version": version} if version else {}
    response = ResponseFactory(
        region_map=region_map,
        group=Group.STAKEHOLDER,
        state=ResponseState.SUBMITTED,
        submitted_at=timezone.now(),
        **extra,
    )
    for position, dimension in enumerate(dimensions, start=1):
        models.PressingArea.objects.create(
            response=response, position=position, text="Something", dimension=dimension
        )
    return response
