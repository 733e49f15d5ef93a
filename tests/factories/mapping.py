"""Rows of the map for tests."""

import factory

from cohes3ion.accounts.models import User
from mapping import models
from mapping.enums import AnswerKind, Helix, Role, UnitKind


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person-{n}@test.invalid")
    name = factory.Sequence(lambda n: f"Person {n}")


class ProjectFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Project

    slug = factory.Sequence(lambda n: f"project-{n}")
    acronym = factory.Sequence(lambda n: f"PROJECT{n}")
    title = "A partnership"


class RegionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Region

    project = factory.SubFactory(ProjectFactory)
    slug = factory.Sequence(lambda n: f"region-{n}")
    name = factory.Sequence(lambda n: f"Region {n}")
    country = "PL"
    nuts_codes = factory.LazyFunction(lambda: ["PL91"])


class ExerciseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Exercise

    project = factory.SubFactory(ProjectFactory)
    slug = factory.Sequence(lambda n: f"exercise-{n}")
    name = factory.Sequence(lambda n: f"Round {n}")
    state = "open"


class RegionMapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RegionMap

    exercise = factory.SubFactory(ExerciseFactory)
    region = factory.LazyAttribute(lambda row: RegionFactory(project=row.exercise.project))


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.TerritorialUnit

    region_map = factory.SubFactory(RegionMapFactory)
    key = factory.Sequence(lambda n: f"unit-{n}")
    name = factory.Sequence(lambda n: f"Unit {n}")
    kind = UnitKind.CITY
    position = factory.Sequence(lambda n: n)


class PriorityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.RegionalPriority

    region_map = factory.SubFactory(RegionMapFactory)
    key = factory.Sequence(lambda n: f"priority-{n}")
    name = factory.Sequence(lambda n: f"Priority {n}")
    position = factory.Sequence(lambda n: n)


class CapabilityFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Capability

    unit = factory.SubFactory(UnitFactory)
    region_map = factory.SelfAttribute("unit.region_map")
    name = factory.Sequence(lambda n: f"Capability {n}")
    strength_answer = AnswerKind.VALUE
    strength = 3
    position = factory.Sequence(lambda n: n)


class ActorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Actor

    region_map = factory.SubFactory(RegionMapFactory)
    key = factory.Sequence(lambda n: f"actor-{n}")
    name = factory.Sequence(lambda n: f"Actor {n}")
    helix = Helix.BUSINESS
    position = factory.Sequence(lambda n: n)


def member(role: str, region_map: models.RegionMap, unit: models.TerritorialUnit | None = None) -> User:
    """A person with a role at this map: partnership-wide roles reach every region of it."""
    user = UserFactory()
    whole = role in (Role.COORDINATOR, Role.FACILITATOR, Role.OBSERVER)
    models.Membership.objects.create(
        user=user,
        role=role,
        project=region_map.exercise.project,
        region=None if whole else region_map.region,
        unit=unit,
    )
    return user
