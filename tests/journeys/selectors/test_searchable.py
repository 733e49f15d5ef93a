"""Each kind from its first word to its removal: who finds it, and that nothing stale is ever found."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from cohes3ion.lib.models import SearchEntry
from cohes3ion.lib.search.index import catch_up, make_index
from cohes3ion.lib.search.words import wanted_words
from governance.models import AreaOfImprovement, MapEdition, Opportunity, StrengthItem
from governance.services.maps import reopen_map
from journeys.enums import Audience, EventState, PostState, PracticeState, SearchKind
from journeys.models import Document, Material
from journeys.selectors.search import search
from journeys.selectors.searchable_texts import METHODS
from mapping.enums import Role
from mapping.models import Strategy
from tests.factories import exchange as x
from tests.factories.governance import SpaceFactory
from tests.factories.mapping import (
    ActorFactory,
    CapabilityFactory,
    ExerciseFactory,
    PriorityFactory,
    RegionFactory,
    RegionMapFactory,
    UnitFactory,
    UserFactory,
    member,
)
from tests.factories.region import publish, small_region, small_version
from tests.factories.synthesis import ChallengeFactory

pytestmark = pytest.mark.django_db
STRANGER = AnonymousUser()


def titles(typed: str, user=STRANGER) -> list[str]:
    """What somebody finds, kind by kind, and whether every count says the same."""
    catch_up()
    wanted = wanted_words(typed)
    seen = search(user=user, wanted=wanted)
    lists = {kind.kind: search(user=user, wanted=wanted, kind=kind.kind.value) for kind in seen.kinds}
    counts = {kind: len(page.hits) for kind, page in lists.items()}
    assert {kind.kind: kind.count for kind in seen.kinds} == counts
    return [hit.entry.title for page in lists.values() for hit in page.hits]


def save(row, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def coordinator(region_map):
    return member(Role.COORDINATOR, region_map)


def practice(region_map):
    draft = {"state": PracticeState.DRAFT, "published_at": None}
    return x.PracticeFactory(region=region_map.region, title="Zebra", **draft)


def event(region_map):
    return x.EventFactory(region=region_map.region, title="Zebra", state=EventState.DRAFT)


def journey(region_map):
    return x.JourneyFactory(exercise=region_map.exercise, title="Zebra", published_at=None)


def article(region_map):
    row = x.ArticleFactory(project=region_map.exercise.project, published_at=None)
    return x.ArticleTextFactory(article=row, title="Zebra")


def newsletter(region_map):
    return x.NewsletterFactory(project=region_map.exercise.project, subject="Zebra", sent_at=None)


NOW = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)
# How a row is made (hidden), how it is made public, how it is hidden again, and the name of its title.
KINDS = {
    "practice": (
        practice,
        {"state": PracticeState.PUBLISHED, "published_at": NOW},
        {"state": PracticeState.WITHDRAWN},
        "title",
    ),
    "event": (event, {"state": EventState.ANNOUNCED}, {"audience": Audience.MEMBERS}, "title"),
    "journey": (journey, {"published_at": NOW}, {"published_at": None}, "title"),
    "newsletter": (newsletter, {"sent_at": NOW}, {"sent_at": None}, "subject"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_row_is_found_while_it_is_public_and_in_its_words_of_now(kind, region_map, coordinator):
    make, shown, hidden, title = KINDS[kind]
    row = make(region_map)
    assert (titles("zebra"), titles("zebra", coordinator)) == ([], ["Zebra"])
    assert titles("zebra", UserFactory()) == []
    save(row, **shown)
    assert titles("zebra") == ["Zebra"]
    save(row, **{title: "Gazelle"})
    assert (titles("zebra"), titles("gazel")) == ([], ["Gazelle"])
    save(row, **hidden)
    assert titles("gazelle") == []
    save(row, **shown, **({"audience": Audience.PUBLIC} if kind == "event" else {}))
    assert titles("gazelle") == ["Gazelle"]
    row.delete()
    assert titles("gazelle", coordinator) == []


def test_a_withdrawn_practice_leaves_the_search_of_everybody(region_map, coordinator):
    row = practice(region_map)
    save(row, state=PracticeState.WITHDRAWN, published_at=NOW)
    assert (titles("zebra"), titles("zebra", coordinator)) == ([], [])


def test_an_article_is_found_in_each_of_its_languages(region_map, coordinator):
    text = article(region_map)
    x.ArticleTextFactory(article=text.article, language="de", title="Zebra", body="Ein **gestreiftes** Tier")
    assert (titles("zebra"), titles("zebra", coordinator)) == ([], ["Zebra", "Zebra"])
    save(text.article, published_at=NOW)
    catch_up()
    hit = search(user=STRANGER, wanted=("gestreift",), kind="article").hits[0]
    assert (hit.entry.language, hit.entry.address[-12:]) == ("de", "?language=de")
    assert "".join(piece.text for piece in hit.text) == "What happened. Ein gestreiftes Tier"
    text.article.texts.filter(language="de").delete()
    assert (titles("gestreiftes"), titles("zebra")) == ([], ["Zebra"])


def test_an_article_of_the_future_is_not_found_before_its_day(region_map):
    save(article(region_map).article, published_at=timezone.now() + dt.timedelta(days=1))
    assert titles("zebra") == []


def test_visits_and_actions_are_found_with_what_they_belong_to(region_map, coordinator):
    visit = x.VisitFactory(journey=journey(region_map), title="Zebra visit")
    plan = x.ActionPlanFactory(region_map=region_map, title="Zebra plan")
    action = x.ActionFactory(plan=plan, title="Zebra")
    assert titles("zebra") == []
    assert sorted(titles("zebra", coordinator)) == ["Zebra", "Zebra", "Zebra plan", "Zebra visit"]
    save(visit.journey, published_at=NOW)
    save(action.plan, published_at=NOW)
    # A plan is public with its map.
    assert sorted(titles("zebra")) == ["Zebra", "Zebra visit"]
    publish(region_map)
    assert sorted(titles("zebra")) == ["Zebra", "Zebra", "Zebra plan", "Zebra visit"]
    action.delete()
    assert sorted(titles("zebra")) == ["Zebra", "Zebra plan", "Zebra visit"]


def test_takeaways_are_found_by_whoever_reads_them_on_the_page_of_the_visit(region_map, coordinator):
    visit = x.VisitFactory(journey=journey(region_map), title="Gazelle")
    learned = x.TakeawayFactory(
        visit=visit,
        region_map=region_map,
        learned="Gnu stripes",
        will_do="Paint a giraffe",
        is_released=False,
    )
    stakeholder = member(Role.STAKEHOLDER, region_map)
    save(visit.journey, published_at=NOW)
    publish(region_map)
    assert titles("gnu", coordinator) == titles("giraffe", coordinator) == ["Gnu stripes"]
    assert titles("gnu") == titles("gnu", UserFactory()) == titles("giraffe", stakeholder) == []
    save(learned, is_released=True)
    assert titles("gnu") == titles("giraffe", stakeholder) == ["Gnu stripes"]
    save(visit.journey, published_at=None)
    assert (titles("gnu"), titles("gnu", coordinator)) == ([], ["Gnu stripes"])
    save(learned, learned=f"Okapi {'word ' * 60}ends", will_do="")
    assert titles("gnu", coordinator) == []
    catch_up()
    hit = search(user=coordinator, wanted=("okapi", "ends"), kind="takeaway").hits[0]
    assert (hit.entry.address.partition("#")[2], len(hit.entry.title)) == (f"learned-{learned.pk}", 120)
    learned.delete()
    assert titles("okapi", coordinator) == []


def test_takeaways_of_a_region_whose_map_is_a_draft_are_not_public(region_map):
    visit = x.VisitFactory(journey=journey(region_map))
    save(visit.journey, published_at=NOW)
    x.TakeawayFactory(visit=visit, region_map=region_map, learned="Gnu", is_released=True)
    assert titles("gnu") == []
    publish(region_map)
    assert titles("gnu") == ["Gnu"]


def test_materials_are_found_with_their_event_and_those_for_partners_by_partners(region_map, coordinator):
    row = event(region_map)
    slides = Material.objects.create(event=row, title="Okapi slides", url="https://a.example/")
    minutes = Material.objects.create(
        event=row, title="Okapi minutes", url="https://b.example/", is_public=False
    )
    stakeholder = member(Role.STAKEHOLDER, region_map)
    assert titles("okapi") == titles("okapi", stakeholder) == [], "its event is a draft"
    save(row, state=EventState.ANNOUNCED)
    assert titles("okapi") == titles("okapi", stakeholder) == ["Okapi slides"]
    assert sorted(titles("okapi", coordinator)) == ["Okapi minutes", "Okapi slides"]
    save(row, title="Gazelle")
    assert (titles("zebra slides"), titles("gazelle slides")) == ([], ["Okapi slides"])
    minutes.delete()
    slides.delete()
    assert titles("okapi", coordinator) == []


def test_a_need_never_tells_who_is_behind_it(region_map, coordinator):
    owner = UserFactory(name="Okapi Person")
    post = x.PostFactory(
        region=region_map.region,
        project=region_map.exercise.project,
        owner=owner,
        title="Zebra",
        organisation="Okapi Ltd",
        contact_name="Okapi Person",
        contact_email="okapi@test.invalid",
    )
    for reader in (STRANGER, owner, coordinator):
        assert (titles("okapi", reader), titles("zebra", reader)) == ([], ["Zebra"])
    save(post, state=PostState.WITHDRAWN)
    assert (titles("zebra"), titles("zebra", owner), titles("zebra", UserFactory())) == ([], ["Zebra"], [])
    catch_up()
    found = search(user=owner, wanted=("zebra",), kind="post").hits[0].entry
    assert found.address == f"/workspace/matchmaking/{post.pk}/"


def test_an_expired_offer_is_gone_with_its_day_and_without_any_write(region_map):
    post = x.PostFactory(region=region_map.region, title="Zebra", valid_until=timezone.localdate())
    assert titles("zebra") == ["Zebra"]
    type(post).objects.filter(pk=post.pk).update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    assert titles("zebra") == []


def test_a_document_is_found_once_it_is_published(region_map):
    row = Document.objects.create(
        exercise=region_map.exercise,
        region=region_map.region,
        state="done",
        is_draft=False,
        content={"narratives": {"summary": "About **zebras**"}},
        fingerprint="f",
    )
    assert titles("zebras") == []
    save(row, published_at=NOW)
    assert titles("zebras") == [f"Policy Learning Document: {region_map.region.name}"]
    save(row, published_at=None)
    assert titles("zebras") == []


def fill(region_map) -> list:
    """A row of each kind that a map holds, named Zebra."""
    unit = UnitFactory(region_map=region_map, name="Zebra unit")
    return [
        unit,
        PriorityFactory(region_map=region_map, name="Zebra priority"),
        CapabilityFactory(unit=unit, name="Zebra capability"),
        ActorFactory(region_map=region_map, name="Zebra actor"),
        SpaceFactory(region_map=region_map, name="Zebra space"),
        Strategy.objects.create(region_map=region_map, unit=unit, title="Zebra strategy"),
        StrengthItem.objects.create(region_map=region_map, text="Zebra strength"),
        AreaOfImprovement.objects.create(region_map=region_map, text="Zebra area"),
        Opportunity.objects.create(region_map=region_map, topic="Zebra opportunity"),
    ]


def test_rows_of_a_map_are_for_its_partners_until_it_is_public(region_map, coordinator):
    rows = fill(region_map)
    names = sorted(f"Zebra {row._meta.verbose_name.split()[-1]}" for row in rows)
    mine = sorted(titles("zebra", coordinator))
    assert len(mine) == len(names) == 9
    assert titles("zebra") == titles("zebra", UserFactory()) == []
    lead = member(Role.REGIONAL_LEAD, RegionMapFactory(exercise=region_map.exercise))
    assert titles("zebra", lead) == [], "another region's draft"
    publish(region_map)
    assert sorted(titles("zebra")) == sorted(titles("zebra", coordinator)) == mine


def test_while_a_map_is_revised_the_public_finds_its_edition_and_nothing_else(region_map, coordinator):
    rows = fill(region_map)
    published = publish(region_map)
    reopen_map(region_map=published, expected=published.version, by=coordinator)
    for row in rows:
        name = next(name for name in ("name", "title", "text", "topic") if hasattr(row, name))
        save(row, **{name: f"Gazelle {row._meta.model_name}"})
    assert (len(titles("zebra")), titles("gazelle")) == (9, [])
    assert (len(titles("zebra", coordinator)), len(titles("gazelle", coordinator))) == (9, 9)
    for row in reversed(rows):
        row.delete()
    assert (len(titles("zebra")), titles("gazelle", coordinator)) == (9, [])
    MapEdition.objects.update(withdrawn_at=timezone.now())
    assert titles("zebra") == []


def test_only_the_edition_that_the_page_shows_is_found():
    old = ExerciseFactory(opens_on=dt.date(2020, 1, 1))
    first = small_region(old, small_version()).region_map
    AreaOfImprovement.objects.create(region_map=first, text="Zebra area")
    publish(first)
    assert titles("zebra") == ["Zebra area"]
    newer = ExerciseFactory(project=old.project, opens_on=dt.date(2024, 1, 1))
    second = RegionMapFactory(exercise=newer, region=first.region)
    publish(second)
    assert titles("zebra") == []


def test_every_kind_that_a_source_names_is_one_that_readers_know(region_map, coordinator):
    fill(region_map)
    visit = x.VisitFactory(journey=journey(region_map), title="Zebra")
    x.TakeawayFactory(visit=visit, region_map=region_map, learned="Zebra")
    Material.objects.create(event=event(region_map), title="Zebra", url="https://a.example/")
    x.ActionFactory(plan=x.ActionPlanFactory(region_map=region_map, title="Zebra"), title="Zebra")
    x.PostFactory(region=visit.host, title="Zebra")
    for make in (practice, event, article, newsletter):
        make(region_map)
    ChallengeFactory(exercise=region_map.exercise, title="Zebra")
    catch_up()
    found = {kind.kind for kind in search(user=coordinator, wanted=("zebra",)).kinds}
    assert found == set(SearchKind) - {SearchKind.REGION, SearchKind.DOCUMENT, SearchKind.METHOD}


def test_a_region_that_takes_part_is_found_by_its_name_alone_until_it_is_public():
    exercise = ExerciseFactory()
    region = RegionFactory(project=exercise.project, name="Zebraland", summary="Okapi")
    drafts = RegionMapFactory(exercise=exercise, region=region)
    assert titles("zebraland") == [], "nothing of the round is public"
    publish(RegionMapFactory(exercise=exercise))
    assert (titles("zebraland"), titles("okapi")) == (["Zebraland"], [])
    assert search(user=STRANGER, wanted=("zebraland",), kind="region").hits[0].entry.address == (
        "/regions/?q=Zebraland"
    )
    assert titles("zebraland", member(Role.OBSERVER, drafts)) == ["Zebraland"], "its map, once"
    publish(drafts)
    assert (titles("zebraland"), titles("okapi")) == (["Zebraland"], ["Zebraland"])


def test_shared_challenges_are_for_those_who_group_them(region_map, coordinator):
    row = ChallengeFactory(exercise=region_map.exercise, title="Zebra", narrative="Okapi")
    publish(region_map)
    assert titles("okapi", coordinator) == titles("zebra", member(Role.FACILITATOR, region_map)) == ["Zebra"]
    assert titles("zebra") == titles("zebra", member(Role.REGIONAL_LEAD, region_map)) == []
    row.delete()
    assert titles("zebra", coordinator) == []


def test_methods_are_found_in_the_languages_they_are_written_in():
    make_index()
    english = SearchEntry.objects.filter(kind="method", language="en")
    greek = SearchEntry.objects.filter(kind="method", language="el")
    assert (english.count(), greek.count()) == (len(METHODS), len(METHODS))
    assert SearchEntry.objects.filter(kind="method").count() == 2 * len(METHODS)
    word = max(english.get(address="/method/coverage/").title_words.split(), key=len)
    assert "/method/coverage/" in [
        hit.entry.address for hit in search(user=STRANGER, wanted=(word,), kind="method").hits
    ]
