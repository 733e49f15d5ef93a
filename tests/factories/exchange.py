"""Rows of the exchange between regions for tests."""

import datetime as dt

import factory
from django.utils import timezone

from journeys import models
from journeys.enums import EventState, PracticeState
from journeys.selectors.post_words import post_words
from tests.factories.mapping import ExerciseFactory, ProjectFactory, RegionFactory, RegionMapFactory

NOON = dt.datetime(2031, 3, 25, 10, 0, tzinfo=dt.UTC)


class PracticeFactory(factory.django.DjangoModelFactory):
    """Published; say state="draft" and published_at=None for one at work."""

    class Meta:
        model = models.Practice

    region = factory.SubFactory(RegionFactory)
    project = factory.SelfAttribute("region.project")
    title = factory.Sequence(lambda n: f"Practice {n}")
    slug = factory.Sequence(lambda n: f"practice-{n}")
    state = PracticeState.PUBLISHED
    published_at = factory.LazyFunction(timezone.now)


class PracticeUseFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.PracticeUse

    region_map = factory.SubFactory(RegionMapFactory)
    practice = factory.SubFactory(PracticeFactory)


class EventFactory(factory.django.DjangoModelFactory):
    """Announced, public, two hours long."""

    class Meta:
        model = models.Event

    region = factory.SubFactory(RegionFactory)
    project = factory.SelfAttribute("region.project")
    title = factory.Sequence(lambda n: f"Event {n}")
    slug = factory.Sequence(lambda n: f"event-{n}")
    starts_at = NOON
    ends_at = factory.LazyAttribute(lambda event: event.starts_at + dt.timedelta(hours=2))
    state = EventState.ANNOUNCED


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Registration

    event = factory.SubFactory(EventFactory)
    name = factory.Sequence(lambda n: f"Person {n}")
    email = factory.Sequence(lambda n: f"person{n}@test.invalid")
    token_hash = factory.Sequence(lambda n: f"{n:064x}")
    consent_text = "You agreed."


class JourneyFactory(factory.django.DjangoModelFactory):
    """Published."""

    class Meta:
        model = models.Journey

    exercise = factory.SubFactory(ExerciseFactory)
    title = factory.Sequence(lambda n: f"Journey {n}")
    slug = factory.Sequence(lambda n: f"journey-{n}")
    published_at = factory.LazyFunction(timezone.now)


class VisitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Visit

    journey = factory.SubFactory(JourneyFactory)
    host = factory.SubFactory(RegionFactory, project=factory.SelfAttribute("..journey.exercise.project"))
    title = factory.Sequence(lambda n: f"Visit {n}")
    slug = factory.Sequence(lambda n: f"visit-{n}")
    position = factory.Sequence(lambda n: n)


class VisitQuestionFactory(factory.django.DjangoModelFactory):
    """Asked by another region of the partnership."""

    class Meta:
        model = models.VisitQuestion

    visit = factory.SubFactory(VisitFactory)
    region = factory.SubFactory(
        RegionFactory, project=factory.SelfAttribute("..visit.journey.exercise.project")
    )
    text = factory.Sequence(lambda n: f"Question {n}")


class TakeawayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Takeaway

    visit = factory.SubFactory(VisitFactory)
    region_map = factory.SubFactory(
        RegionMapFactory, exercise=factory.SelfAttribute("..visit.journey.exercise")
    )
    learned = factory.Sequence(lambda n: f"We learned {n}")


class ActionPlanFactory(factory.django.DjangoModelFactory):
    """Published, if its map is."""

    class Meta:
        model = models.ActionPlan

    region_map = factory.SubFactory(RegionMapFactory)
    title = factory.Sequence(lambda n: f"Plan {n}")
    published_at = factory.LazyFunction(timezone.now)


class ActionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Action

    plan = factory.SubFactory(ActionPlanFactory)
    title = factory.Sequence(lambda n: f"Action {n}")
    position = factory.Sequence(lambda n: n)


class MilestoneFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.Milestone

    action = factory.SubFactory(ActionFactory)
    title = factory.Sequence(lambda n: f"Milestone {n}")


class ActionIndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ActionIndicator

    action = factory.SubFactory(ActionFactory)
    name = factory.Sequence(lambda n: f"Indicator {n}")


class PostFactory(factory.django.DjangoModelFactory):
    """A published need that is still valid."""

    class Meta:
        model = models.Post

    region = factory.SubFactory(RegionFactory)
    project = factory.SelfAttribute("region.project")
    organisation = factory.Sequence(lambda n: f"Organisation {n}")
    organisation_key = factory.LazyAttribute(lambda post: post.organisation.casefold())
    kind = "need"
    title = factory.Sequence(lambda n: f"Post {n}")
    text = "Somebody who can do it."
    valid_until = dt.date(2035, 1, 1)
    state = "published"
    published_at = factory.LazyFunction(timezone.now)
    search = factory.LazyAttribute(post_words)


class ArticleFactory(factory.django.DjangoModelFactory):
    """Published, without texts."""

    class Meta:
        model = models.Article

    project = factory.SubFactory(ProjectFactory)
    slug = factory.Sequence(lambda n: f"news-{n}")
    published_at = factory.LazyFunction(timezone.now)


class ArticleTextFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = models.ArticleText

    article = factory.SubFactory(ArticleFactory)
    language = "en"
    title = factory.Sequence(lambda n: f"Title {n}")
    lead = "What happened."


class SubscriberFactory(factory.django.DjangoModelFactory):
    """Confirmed."""

    class Meta:
        model = models.Subscriber

    project = factory.SubFactory(ProjectFactory)
    email = factory.Sequence(lambda n: f"reader{n}@test.invalid")
    state = "confirmed"
    consent_text = "You agreed."


class NewsletterFactory(factory.django.DjangoModelFactory):
    """A draft with nothing in it."""

    class Meta:
        model = models.Newsletter

    project = factory.SubFactory(ProjectFactory)
    number = factory.Sequence(lambda n: n + 1)
    subject = factory.Sequence(lambda n: f"Newsletter {n}")
