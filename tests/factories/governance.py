"""Rows of governance for tests."""

import factory
from django.utils import timezone

from governance import models
from governance.enums import Group, QuestionnaireState, ResponseState
from mapping.enums import AnswerKind
from tests.factories.mapping import RegionMapFactory


class QuestionnaireFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Questionnaire

    key = factory.Sequence(lambda n: f"questionnaire-{n}")
    title = "A questionnaire"


class VersionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.QuestionnaireVersion

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    state = QuestionnaireState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Section

    version = factory.SubFactory(VersionFactory)
    code = "E1"
    title = "Smart priorities"
    position = 1


class QuestionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Question

    section = factory.SubFactory(SectionFactory)
    code = factory.Sequence(lambda n: f"1.{n}")
    short = factory.Sequence(lambda n: f"Statement {n}")
    text = "The statement."
    question = "How far is it in place?"
    plain = "The statement in everyday words."
    rubric = factory.LazyFunction(lambda: [f"Step {step}" for step in range(1, 6)])
    scope = "region"
    is_core = True
    position = factory.Sequence(lambda n: n)


class ResponseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Response

    region_map = factory.SubFactory(RegionMapFactory)
    questionnaire_version = factory.SubFactory(VersionFactory)
    group = Group.TEAM
    state = ResponseState.DRAFT


class AnswerFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Answer

    response = factory.SubFactory(ResponseFactory)
    question = factory.SubFactory(QuestionFactory)
    kind = AnswerKind.VALUE
    level = 3
    importance = 4


class SpaceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.GovernanceSpace

    region_map = factory.SubFactory(RegionMapFactory)
    key = factory.Sequence(lambda n: f"space-{n}")
    name = factory.Sequence(lambda n: f"Space {n}")
    depth_answer = AnswerKind.VALUE
    depth = 3
    position = factory.Sequence(lambda n: n)
