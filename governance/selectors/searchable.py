"""What of a map can be searched: for the public its edition, on the partners' side its rows.

While a map is published its rows say what its edition says, so they are not found twice; while it is revised,
the team finds both, and the public only the edition.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from cohes3ion.lib.search.sources import SearchSource, Watched, source_of
from governance.models import (
    AreaOfImprovement,
    Challenge,
    GovernanceSpace,
    Mandate,
    MapEdition,
    Opportunity,
    StrengthItem,
)
from mapping.enums import MapState, Role
from mapping.models import RegionMap
from mapping.selectors.code_names import names_of_codes
from mapping.selectors.records import reachable_maps
from mapping.selectors.searchable import RECORD_TEXTS, Parts, record_source

TEXTS: dict[str, tuple[str, ...]] = {
    **RECORD_TEXTS,
    "space": ("description", "legal_basis"),
    "opportunity": ("expected_benefit",),
    "strength": (),
    "area": ("response_intended", "responsible_body", "action", "inspiring_practice"),
}
# The lists of an edition, the kind of their rows and what names one.
LISTS = {
    "units": ("unit", "name"),
    "strategies": ("strategy", "title"),
    "priorities": ("priority", "name"),
    "capabilities": ("capability", "name"),
    "actors": ("actor", "name"),
    "spaces": ("space", "name"),
    "opportunities": ("opportunity", "topic"),
    "strengths": ("strength", "text"),
    "areas": ("area", "text"),
}


def shown_editions() -> Any:
    """The edition that the page of each region shows: of its newest round, the newest one."""
    public = MapEdition.objects.filter(
        withdrawn_at=None, region_map__region=OuterRef("region_map__region")
    ).order_by("-region_map__exercise__opens_on", "-number")
    return MapEdition.objects.filter(pk=Subquery(public.values("pk")[:1]))


def searched_maps(user: Any) -> Any:
    """Maps on the partners' side whose rows are not on a public page, word for word, already."""
    shown = shown_editions().values("region_map")
    reached = reachable_maps(user=user)
    return reached.exclude(state=MapState.PUBLISHED, pk__in=shown).values("pk")


def _told_of_edition(edition: MapEdition) -> Iterator[dict[str, Any]]:
    content, region = edition.content, edition.region_map.region
    told, labels = content.get("region", {}), content.get("codes", {})
    page = reverse("journeys:region_detail", args=[region.slug])
    rows = reverse("journeys:region_map", args=[region.slug])
    name = str(told.get("name") or region.name)
    common = {"place_id": region.pk, "at": edition.published_at}
    texts = [told.get("summary"), told.get("lead_partner"), content.get("conclusions"), _codes(told)]
    yield {"kind": "region", "title": name, "texts": texts, "address": page, **common}
    for key, (kind, title) in LISTS.items():
        for row in content.get(key, []):
            yield {
                "kind": kind,
                "title": str(row.get(title) or ""),
                "texts": [*(row.get(text) for text in TEXTS[kind]), *said_of_parts(row)],
                "subjects": names_of_codes({code: labels.get(code, "") for code in row.get("codes", [])}),
                "place": name,
                "address": f"{rows}#{kind}-{row.get('id')}",
                **common,
            }


def _codes(region: dict[str, Any]) -> str:
    return " ".join([str(region.get("country") or ""), *map(str, region.get("nuts_codes") or [])])


def said_of_parts(row: dict[str, Any]) -> list[Any]:
    """What the rows that belong to one say."""
    return [
        *row.get("nuts", []),
        *(part.get("offered_to") for part in row.get("services", [])),
        *(part.get("who") for part in row.get("mandates", [])),
    ]


def _told_of_map(row: RegionMap) -> Iterator[dict[str, Any]]:
    region = row.region
    yield {
        "kind": "region",
        "title": region.name,
        "texts": [region.summary, region.lead_partner, row.conclusions, _codes(vars(region))],
        "place_id": region.pk,
        "address": reverse("governance:map_detail", args=[row.pk]),
    }


def _bodies(space: Any) -> list[str]:
    return [mandate.who for mandate in space.mandates.all()]


def _conclusion(kind: str, row: Any) -> str:
    """The draft of the diagnosis, which everybody on the partners' side reads."""
    return reverse("journeys:diagnosis_draft", args=[row.region_map_id]) + "#conclusions"


def _told_of_challenge(row: Challenge) -> Iterator[dict[str, Any]]:
    desk = reverse("governance:challenge_desk", args=[row.exercise.slug])
    yield {"title": row.title, "texts": [row.narrative], "address": f"{desk}#challenge-{row.pk}"}


def _challenges(user: Any) -> Any:
    """Where they stand on a page: the synthesis desk. The public reads them in documents."""
    if not user.is_authenticated:
        return Challenge.objects.none().values("pk")
    mine = user.memberships.filter(role__in=[Role.COORDINATOR, Role.FACILITATOR]).values("project")
    return Challenge.objects.filter(exercise__project__in=mine).values("pk")


def sources() -> list[SearchSource]:
    bodies = Parts(watched=Watched(model=Mandate, key="space_id", columns=("who",)), told=_bodies)
    space, strength, area = (TEXTS[name] for name in ("space", "strength", "area"))
    return [
        record_source("space", model=GovernanceSpace, title="name", texts=space, parts=bodies),
        record_source("opportunity", model=Opportunity, title="topic", texts=TEXTS["opportunity"]),
        record_source("strength", model=StrengthItem, title="text", texts=strength, address=_conclusion),
        record_source("area", model=AreaOfImprovement, title="text", texts=area, address=_conclusion),
        source_of(
            "challenge",
            Watched(model=Challenge, columns=("title", "narrative", "exercise_id")),
            rows=lambda: Challenge.objects.select_related("exercise"),
            told=_told_of_challenge,
        ),
        source_of(
            "edition",
            Watched(model=MapEdition, columns=("content", "withdrawn_at")),
            rows=lambda: MapEdition.objects.filter(withdrawn_at=None).select_related("region_map__region"),
            told=_told_of_edition,
        ),
        source_of(
            "map",
            Watched(model=RegionMap, columns=("conclusions", "region_id")),
            rows=lambda: RegionMap.objects.select_related("region"),
            told=_told_of_map,
        ),
    ]


def scopes() -> dict[str, Any]:
    return {
        "map": searched_maps,
        "edition": lambda user: shown_editions().values("pk"),
        "challenge": _challenges,
    }
