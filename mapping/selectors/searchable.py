"""What of a map can be searched on the partners' side: its rows, as they stand now.

The public finds rows in the words of the published edition (governance/selectors/searchable.py).
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cohes3ion.lib.search.sources import OF_PLACE, SearchSource, Watched, source_of
from mapping.models import (
    Actor,
    ActorService,
    Capability,
    Region,
    RegionalPriority,
    Strategy,
    TerritorialUnit,
    UnitCode,
)
from mapping.selectors.code_names import subjects_of, watched_codes

# Fields whose words are searched, beside the title. The same of a row and of its line in an edition.
RECORD_TEXTS: dict[str, tuple[str, ...]] = {
    "unit": ("body_in_charge", "note"),
    "strategy": ("content", "period", "adopted", "adopted_by"),
    "priority": ("description",),
    "capability": ("description", "source_document"),
    "actor": ("description",),
}
# A region's name stands among the words of all its rows, the rest among those of its maps.
OF_REGION = ("name", "summary", "lead_partner", "country", "nuts_codes")


def record_page(kind: str, row: Any) -> str:
    return reverse("mapping:record_edit", args=[kind, row.pk])


@dataclass(frozen=True, kw_only=True)
class Parts:
    """Rows that belong to one of a map, and what they say."""

    watched: Watched
    told: Callable[[Any], list[str]]


def record_source(
    name: str,
    *,
    model: Any,
    title: str,
    texts: Iterable[str],
    parts: Parts | None = None,
    address: Callable[[str, Any], str] = record_page,
) -> SearchSource:
    """A kind of rows of a map, on the partners' side."""
    watched = [parts.watched] if parts else []
    has_codes = hasattr(model, "codes")
    links = [part.model._meta.get_field(part.key[:-3]).remote_field.name for part in watched]
    links += ["codes"] if has_codes else []

    def rows() -> Any:
        return model.objects.select_related("region_map__region").prefetch_related(*links)

    def told(row: Any) -> Iterator[dict[str, Any]]:
        region = row.region_map.region
        yield {
            "scope": "map",
            "scope_id": row.region_map_id,
            "title": getattr(row, title),
            "texts": [*(getattr(row, text) for text in texts), *(parts.told(row) if parts else ())],
            "subjects": subjects_of(row) if has_codes else (),
            "place": region.name,
            "place_id": region.pk,
            "address": address(name, row),
        }

    own = Watched(model=model, columns=(title, *texts, "region_map_id"))
    watched += [watched_codes(model)] if has_codes else []
    return source_of(name, own, *watched, rows=rows, told=told)


def _unit_codes(unit: Any) -> list[str]:
    return [code.code for code in unit.nuts.all()]


def _offered_to(actor: Any) -> list[str]:
    return [service.offered_to for service in actor.services.all()]


def sources() -> list[SearchSource]:
    codes = Watched(model=UnitCode, key="unit_id", columns=("code",))
    services = Watched(model=ActorService, key="actor_id", columns=("offered_to",))
    parts = {
        "unit": Parts(watched=codes, told=_unit_codes),
        "actor": Parts(watched=services, told=_offered_to),
    }
    kinds = {
        "unit": (TerritorialUnit, "name"),
        "strategy": (Strategy, "title"),
        "priority": (RegionalPriority, "name"),
        "capability": (Capability, "name"),
        "actor": (Actor, "name"),
    }
    return [
        *(
            record_source(name, model=model, title=title, texts=RECORD_TEXTS[name], parts=parts.get(name))
            for name, (model, title) in kinds.items()
        ),
        SearchSource(
            name="places",
            watched=(Watched(model=Region, columns=OF_REGION, source=OF_PLACE),),
            entries=lambda keys: [],
        ),
    ]
