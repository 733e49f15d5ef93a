"""What regions share with each other, for the world of the access tests."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cohes3ion.accounts.models import User
from cohes3ion.lib.jobs import JobState
from journeys.models import IndicatorReading, Introduction, Match, NewsletterItem, PlanPrint
from journeys.selectors.newsletter_content import content_of
from journeys.selectors.practice_work import ASKED
from journeys.selectors.subscriptions import confirm_link, stop_link
from mapping.models import Region, RegionMap
from tests.factories.exchange import (
    ActionFactory,
    ActionIndicatorFactory,
    ActionPlanFactory,
    ArticleFactory,
    ArticleTextFactory,
    JourneyFactory,
    MilestoneFactory,
    NewsletterFactory,
    PostFactory,
    PracticeFactory,
    PracticeUseFactory,
    SubscriberFactory,
    TakeawayFactory,
    VisitFactory,
    VisitQuestionFactory,
)
from tests.factories.mapping import RegionFactory


def plans(rows: dict[str, Any]) -> dict[str, Any]:
    """A plan of the map that people work on, with every kind of part, and a released one next door."""
    plan = ActionPlanFactory(region_map=rows["map"], published_at=None)
    action = ActionFactory(plan=plan)
    indicator = ActionIndicatorFactory(action=action)
    printed = PlanPrint.objects.create(
        plan=plan,
        exercise=rows["map"].exercise,
        region=rows["map"].region,
        state=JobState.DONE,
        fingerprint="plan",
    )
    printed.file.save("file", ContentFile(b"the file"))
    reading = IndicatorReading.objects.create(indicator=indicator, on="2031-01-01", value=1)
    reading.file.save("file", ContentFile(b"the file"))
    return {
        "plan": plan,
        "action": action,
        "milestone": MilestoneFactory(action=action),
        "indicator": indicator,
        "reading": reading,
        "print": printed,
        "public_plan": ActionPlanFactory(region_map=rows.get("published_map", rows["map"])),
    }


def news(rows: dict[str, Any]) -> dict[str, Any]:
    """A draft in two languages; what is published is of the same partnership."""
    project = rows["map"].exercise.project
    draft = ArticleFactory(project=project, published_at=None)
    text = ArticleTextFactory(article=draft)
    ArticleTextFactory(article=draft, language="pl")
    letter = NewsletterFactory(project=project, intro="What happened")
    item = NewsletterItem.objects.create(newsletter=letter, kind="own", title="A film")
    reader = SubscriberFactory(project=project, state="asked")
    return {
        "article": draft.slug,
        "article_text": text,
        "project_pk": project.pk,
        "letter": letter,
        "letter_item": item,
        "reader": reader,
        "confirm_token": confirm_link(reader).rstrip("/").rpartition("/")[2],
        "end_token": stop_link(reader).rstrip("/").rpartition("/")[2],
    }


def public_letter(project: Any) -> Any:
    """Sent, so that it does not change any more."""
    letter = NewsletterFactory(project=project, sent_at=timezone.now(), spread_at=timezone.now())
    letter.content = content_of(letter)
    letter.save(update_fields=["content"])
    return letter


def public_article(project: Any) -> str:
    slug: str = ArticleTextFactory(article__project=project).article.slug
    return slug


def practices(rows: dict[str, Any], *, public: bool) -> dict[str, Any]:
    """A practice of the map's region in each state that matters, and one that the region uses."""
    region = rows["map"].region
    work = {"region": region, "published_at": None, "unknown": list(ASKED)}
    shown = {} if public else {"state": "draft", "published_at": None}
    made = {
        "practice": PracticeFactory(region=region, dimensions=["E3"], **shown),
        "practice_draft": PracticeFactory(**work, state="draft"),
        "practice_submitted": PracticeFactory(**work, state="submitted"),
    }
    use = PracticeUseFactory(region_map=rows["map"], practice=made["practice"], area=rows["area"])
    return {name: row.slug for name, row in made.items()} | {"use": use}


def journey_at_work(region_map: RegionMap) -> dict[str, Any]:
    """A journey not public yet: the region is visited, and visits another one."""
    exercise, region = region_map.exercise, region_map.region
    elsewhere = RegionFactory(project=exercise.project)
    journey = JourneyFactory(exercise=exercise, published_at=None, aim="See each other")
    visit = VisitFactory(journey=journey, host=region, summary="What we do at home")
    away = VisitFactory(journey=journey, host=elsewhere, when_words="Some day soon")
    return {
        "journey": journey.slug,
        "journey_pk": journey.pk,
        "visit": visit,
        "visit_slug": visit.slug,
        "away": away,
        "question": VisitQuestionFactory(visit=away, region=region),
        "asked": VisitQuestionFactory(visit=visit, region=elsewhere, answer="That is how"),
        "takeaway": TakeawayFactory(visit=away, region_map=region_map, will_do="The same at home"),
    }


def public_journey(region_map: RegionMap) -> dict[str, Any]:
    """A public journey to a region whose map is public, with what that region released."""
    journey = JourneyFactory(exercise=region_map.exercise)
    visit = VisitFactory(journey=journey, host=region_map.region)
    takeaway = TakeawayFactory(visit=visit, region_map=region_map, is_released=True)
    return {"published_journey": journey.slug, "published_visit": visit.slug, "published_takeaway": takeaway}


def posts(region: Region, *, owner: User, partner: User, is_open: bool) -> dict[str, Any]:
    """Needs and offers in each state that matters, two that match, and two sides that agreed to meet."""
    shown = {"state": "published" if is_open else "draft", "region": region}
    need = PostFactory(owner=owner, **shown)
    offer = PostFactory(owner=partner, kind="offer", **shown)
    other = PostFactory(owner=partner, kind="offer", **shown)
    Match.objects.create(need=need, offer=other, score=0.5, parts={"concepts": 0.5}, method_version="1")
    talk = Introduction.objects.create(
        need=need, offer=offer, need_says="yes", offer_says="yes", agreed_at=timezone.now()
    )
    return {
        "post_draft": PostFactory(owner=owner, region=region, state="draft"),
        "post_submitted": PostFactory(owner=owner, region=region, state="submitted"),
        "post_open": need,
        "post_other": other,
        "introduction": talk,
        "published_post": offer,
    }
