"""Codes that live outside a question: regions of the exercise, units of the map, entries of a code list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from governance.asking.base import Reader
from governance.asking.registry import TYPES
from governance.models import Response
from mapping.models import Code, Region, TerritorialUnit


def reader_of(*, response: Response, type: str, settings: Mapping[str, Any]) -> Reader:
    """Who reads the values of a question in this response; the database is asked only for codes."""
    source = TYPES[type].source
    language = get_language() or "en"
    if source == "":
        return Reader(language=language)

    def known(codes: Sequence[str]) -> dict[str, str]:
        return labels(source, response=response, settings=settings, codes=codes)

    return Reader(language=language, known=known)


def labels(
    source: str, *, response: Response, settings: Mapping[str, Any], codes: Sequence[str] | None
) -> dict[str, str]:
    """Codes with their names; `codes` None: all that may be chosen (never asked of code lists)."""
    if source == "regions":
        regions = Region.objects.filter(maps__exercise=response.region_map.exercise_id).distinct()
        regions = regions if codes is None else regions.filter(slug__in=codes)
        return dict(regions.order_by("name").values_list("slug", "name"))
    if source == "units":
        units = TerritorialUnit.objects.filter(region_map=response.region_map_id)
        units = units if codes is None else units.filter(key__in=codes)
        return dict(units.values_list("key", "name"))
    listed = Code.objects.filter(code_list__key=settings.get("list", ""))
    listed = listed.filter(key__in=codes or [])
    return {row.key: f"{row.code} {row.label}" for row in listed}
