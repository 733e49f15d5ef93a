"""What regions learn and do, as it can be searched: each kind is found by the rule of its own rows."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cohes3ion.lib.search.sources import SearchSource, Watched, source_of
from governance.models import MapEdition
from journeys.enums import PracticeState
from journeys.models import Action, ActionPlan, AgendaItem, Event, Journey, Practice, Visit
from journeys.selectors import searchable_texts
from journeys.selectors.practice_words import SEARCHED
from mapping.models import Exercise, Region, RegionMap
from mapping.selectors.records import reachable_maps

Told = Iterator[dict[str, Any]]
EVENT_TEXTS = ("summary", "place", "organiser", "outputs", "cancelled_because")
PLAN_TEXTS = ("policy_instrument", "policy_context", "background", "instrument_change", "organisation")
ACTION_TEXTS = ("background", "description", "players", "timeframe", "funding", "progress", "result")
VISIT_TEXTS = ("summary", "when_words", "experts")


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
        "address": page,
        "at": row.published_at,
        **of_region(row.region),
    }


def _event(row: Event) -> Told:
    """Its link to take part is for those who are registered, and no part of this."""
    points = [f"{point.title} {point.speakers}" for point in row.agenda.all()]  # type: ignore[attr-defined]
    page = reverse("journeys:event_detail", args=[row.slug])
    texts = [*said(row, EVENT_TEXTS), *points]
    yield {"title": row.title, "texts": texts, "address": page, "at": row.starts_at, **of_region(row.region)}


def _journey(row: Journey) -> Told:
    page = reverse("journeys:journey_detail", args=[row.slug])
    yield {"title": row.title, "texts": [row.aim], "address": page, "at": row.published_at}


def _visit(row: Visit) -> Told:
    yield {
        "scope": "journey",
        "scope_id": row.journey_id,
        "title": row.title,
        "texts": said(row, VISIT_TEXTS),
        "address": reverse("journeys:visit_detail", args=[row.journey.slug, row.slug]),
        **of_region(row.host),
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
    event = ("title", "slug", "region_id", "starts_at", *EVENT_TEXTS)
    return [
        source_of(
            "practice",
            Watched(model=Practice, columns=practice),
            rows=lambda: Practice.objects.select_related("region"),
            told=_practice,
        ),
        source_of(
            "event",
            Watched(model=Event, columns=event),
            Watched(model=AgendaItem, key="event_id", columns=("title", "speakers")),
            rows=lambda: Event.objects.select_related("region").prefetch_related("agenda"),
            told=_event,
        ),
        source_of(
            "journey",
            Watched(model=Journey, columns=("title", "slug", "aim", "published_at")),
            rows=Journey.objects.all,
            told=_journey,
        ),
        source_of(
            "visit",
            Watched(model=Visit, columns=("title", "slug", "host_id", "journey_id", *VISIT_TEXTS)),
            rows=lambda: Visit.objects.select_related("host", "journey"),
            told=_visit,
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
        *searchable_texts.sources(),
    ]


def _practices(user: Any) -> Any:
    """A withdrawn one keeps its page, and leaves every list."""
    return Practice.objects.visible_to(user).exclude(state=PracticeState.WITHDRAWN).values("pk")


def scopes() -> dict[str, Any]:
    return {
        "name": _names,
        "practice": _practices,
        "event": lambda user: Event.objects.visible_to(user).values("pk"),
        "journey": lambda user: Journey.objects.visible_to(user).values("pk"),
        "plan": lambda user: ActionPlan.objects.visible_to(user).values("pk"),
        **searchable_texts.scopes(),
    }
