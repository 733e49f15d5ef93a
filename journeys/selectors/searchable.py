"""What regions learn and do, as it can be searched: each kind is found by the rule of its own rows."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from cohes3ion.lib.search.sources import EVERYTHING, SearchSource, Watched, source_of
from governance.models import MapEdition
from journeys.enums import PracticeState
from journeys.models import (
    Action,
    ActionPlan,
    AgendaItem,
    Event,
    Journey,
    Material,
    Practice,
    Takeaway,
    Visit,
)
from journeys.selectors import searchable_texts
from journeys.selectors.concepts import concepts_mark
from journeys.selectors.practice_words import SEARCHED
from mapping.models import Code, Exercise, Region, RegionMap
from mapping.selectors.code_names import subjects_of, watched_codes
from mapping.selectors.records import reachable_maps

Told = Iterator[dict[str, Any]]
EVENT_TEXTS = ("summary", "place", "organiser", "outputs", "cancelled_because")
PLAN_TEXTS = ("policy_instrument", "policy_context", "background", "instrument_change", "organisation")
ACTION_TEXTS = ("background", "description", "players", "timeframe", "funding", "progress", "result")
VISIT_TEXTS = ("summary", "when_words", "experts")
TAKEAWAY_TITLE = 120


def of_region(region: Any) -> dict[str, Any]:
    return {"place": region.name, "place_id": region.pk} if region else {}


def said(row: Any, names: tuple[str, ...]) -> list[str]:
    return [getattr(row, name) for name in names if name != "title"]


def _practice(row: Practice) -> Told:
    page = reverse("journeys:practice_detail", args=[row.slug])
    texts = said(row, SEARCHED)
    yield {
        "title": row.title,
        "texts": texts,
        "subjects": subjects_of(row),
        "address": page,
        "at": row.published_at,
        **of_region(row.region),
    }


def _event(row: Event) -> Told:
    """Its link to take part is for those who are registered, and no part of this."""
    points = [f"{point.title} {point.speakers}" for point in row.agenda.all()]  # type: ignore[attr-defined]
    page = reverse("journeys:event_detail", args=[row.slug])
    texts = [*said(row, EVENT_TEXTS), *points]
    place = of_region(row.region)
    yield {"title": row.title, "texts": texts, "address": page, "at": row.starts_at, **place}
    for material in row.materials.all():  # type: ignore[attr-defined]
        yield {
            "scope": "material",
            "scope_id": material.pk,
            "kind": "material",
            "title": material.title,
            "texts": [row.title, material.file_name],
            "address": f"{page}#material-{material.pk}",
            **place,
        }


def _journey(row: Journey) -> Told:
    page = reverse("journeys:journey_detail", args=[row.slug])
    yield {"title": row.title, "texts": [row.aim], "address": page, "at": row.published_at}


def _visit(row: Visit) -> Told:
    page = reverse("journeys:visit_detail", args=[row.journey.slug, row.slug])
    yield {
        "scope": "journey",
        "scope_id": row.journey_id,
        "title": row.title,
        "texts": said(row, VISIT_TEXTS),
        "address": page,
        **of_region(row.host),
    }
    for taken in row.takeaways.all():  # type: ignore[attr-defined]
        title = Truncator(" ".join(taken.learned.split())).chars(TAKEAWAY_TITLE)
        yield {
            "scope": "takeaway",
            "scope_id": taken.pk,
            "kind": "takeaway",
            "title": title,
            # What stands in the title whole is not said twice.
            "texts": [taken.learned if len(taken.learned) > TAKEAWAY_TITLE else "", taken.will_do],
            "address": f"{page}#learned-{taken.pk}",
            **of_region(taken.region_map.region),
        }


def _plan(row: ActionPlan) -> Told:
    page = reverse("journeys:plan_detail", args=[row.pk])
    place = of_region(row.region_map.region)
    yield {
        "title": row.title,
        "texts": said(row, PLAN_TEXTS),
        "address": page,
        "at": row.published_at,
        **place,
    }


def _action(row: Action) -> Told:
    yield {
        "scope": "plan",
        "scope_id": row.plan_id,
        "title": row.title,
        "texts": said(row, ACTION_TEXTS),
        "address": reverse("journeys:plan_detail", args=[row.plan_id]) + f"#action-{row.pk}",
        **of_region(row.plan.region_map.region),
    }


def _name(row: Region) -> Told:
    """That a region takes part is public before anything of its map is."""
    yield {
        "kind": "region",
        "title": row.name,
        "texts": [" ".join([row.country, *map(str, row.nuts_codes)])],
        "address": f"{reverse('journeys:region_list')}?{urlencode({'q': row.name})}",
    }


def _names(user: Any) -> Any:
    """Regions on the list of all that have no page of their own, neither public nor of this person."""
    shown = MapEdition.objects.filter(withdrawn_at=None)
    newest = Exercise.objects.filter(pk__in=shown.values("region_map__exercise")).order_by("-opens_on", "pk")
    listed = RegionMap.objects.filter(exercise__in=newest.values("pk")[:1])
    paged = shown.values("region_map__region")
    own = reachable_maps(user=user).values("region")
    return listed.exclude(region__in=paged).exclude(region__in=own).values("region")


def sources() -> list[SearchSource]:
    practice, region = ("slug", "region_id", "published_at", *SEARCHED), "region_map__region"
    return [
        source_of(
            "practice",
            Watched(model=Practice, columns=practice),
            watched_codes(Practice),
            rows=lambda: Practice.objects.select_related("region").prefetch_related("codes"),
            told=_practice,
        ),
        source_of(
            "journey",
            Watched(model=Journey, columns=("title", "slug", "aim", "published_at")),
            rows=Journey.objects.all,
            told=_journey,
        ),
        source_of(
            "plan",
            Watched(model=ActionPlan, columns=("title", "region_map_id", "published_at", *PLAN_TEXTS)),
            rows=lambda: ActionPlan.objects.select_related(region),
            told=_plan,
        ),
        source_of(
            "action",
            Watched(model=Action, columns=("title", "plan_id", *ACTION_TEXTS)),
            rows=lambda: Action.objects.select_related(f"plan__{region}"),
            told=_action,
        ),
        source_of(
            "name",
            Watched(model=Region, columns=("name", "country", "nuts_codes")),
            rows=Region.objects.all,
            told=_name,
        ),
        *_gatherings(),
        _names_of_codes(),
        *searchable_texts.sources(),
    ]


def _gatherings() -> list[SearchSource]:
    """Events with their materials, visits with what was taken home: each entry by a rule of its own."""
    event = ("title", "slug", "region_id", "starts_at", *EVENT_TEXTS)
    taken = "takeaways__region_map__region"
    return [
        source_of(
            "event",
            Watched(model=Event, columns=event),
            Watched(model=AgendaItem, key="event_id", columns=("title", "speakers")),
            Watched(model=Material, key="event_id", columns=("title", "file_name")),
            rows=lambda: Event.objects.select_related("region").prefetch_related("agenda", "materials"),
            told=_event,
        ),
        source_of(
            "visit",
            Watched(model=Visit, columns=("title", "slug", "host_id", "journey_id", *VISIT_TEXTS)),
            Watched(model=Takeaway, key="visit_id", columns=("learned", "will_do", "region_map_id")),
            rows=lambda: Visit.objects.select_related("host", "journey").prefetch_related(taken),
            told=_visit,
        ),
    ]


def _names_of_codes() -> SearchSource:
    """A code gets another name, in its table or in the file of concepts: rare, and it may stand anywhere."""
    told = Watched(
        model=Code, columns=("label",), source=EVERYTHING, events=("UPDATE",), mark=concepts_mark()
    )
    return SearchSource(name="codes", watched=(told,), entries=lambda keys: [])


def _practices(user: Any) -> Any:
    """A withdrawn one keeps its page, and leaves every list."""
    return Practice.objects.visible_to(user).exclude(state=PracticeState.WITHDRAWN).values("pk")


def scopes() -> dict[str, Any]:
    return {
        "name": _names,
        "practice": _practices,
        "event": lambda user: Event.objects.visible_to(user).values("pk"),
        "material": lambda user: Material.objects.visible_to(user).values("pk"),
        "takeaway": lambda user: Takeaway.objects.visible_to(user).values("pk"),
        "journey": lambda user: Journey.objects.visible_to(user).values("pk"),
        "plan": lambda user: ActionPlan.objects.visible_to(user).values("pk"),
        **searchable_texts.scopes(),
    }
