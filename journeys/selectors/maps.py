"""Maps of a partnership: coloured by the state of each map, never by a score."""

from functools import lru_cache
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from journeys.selectors import words
from mapping.charts.choropleth import MapClass, MapPlace, MapWords, map_figure
from mapping.charts.drawing import Geography, draw
from mapping.charts.europe_map import with_land_once
from mapping.charts.figure import Figure, Heading
from mapping.charts.outline_pictures import locator_map, outline_card
from mapping.enums import MapState
from mapping.models import Exercise, Region
from mapping.selectors.reference import europe, outline_notice, region_outline

LEVELS = {MapState.DRAFT: 1, MapState.CONSULTATION: 2, MapState.ADOPTED: 3, MapState.PUBLISHED: 5}


def state_figure(exercise: Exercise, *, lines: list[Any]) -> Figure:
    """The regions of an exercise by the state of their map."""
    published = sum(bool(line.address) for line in lines)
    present = [state for state in MapState if any(line.state == state for line in lines)]
    return map_figure(
        [MapPlace(key=line.slug, name=line.name, state=line.state, href=line.address) for line in lines],
        classes=[MapClass(key=state.value, label=str(state.label), level=LEVELS[state]) for state in present],
        heading=Heading(
            key="map",
            title=_("%(n)d of %(all)d regions have published their diagnosis")
            % {"n": published, "all": len(lines)},
            subtitle=_("Regions by the state of their map."),
            source=_("Source: %(exercise)s") % {"exercise": exercise.name},
            language=get_language() or "en",
        ),
        words=MapWords(
            place=_("Region"),
            state=_("State of the map"),
            others=_("not taking part"),
            notice=outline_notice(language=get_language() or "en"),
        ),
    )


def geography(codes: tuple[tuple[str, tuple[str, ...]], ...]) -> Geography:
    """The ground of Europe and the outlines of the regions; made once per set of regions."""
    return _kept_geography(codes)


@lru_cache(maxsize=16)
def _kept_geography(codes: tuple[tuple[str, tuple[str, ...]], ...]) -> Geography:
    outlines = {slug: region_outline(codes=nuts) for slug, nuts in codes}
    shapes = {slug: outline.path for slug, outline in outlines.items()}
    return Geography(base=europe(shapes=outlines), shapes=shapes)


def codes_of(lines: list[Any]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((line.slug, tuple(line.nuts)) for line in lines)


def drawn_map(figure: Figure, *, lines: list[Any], narrow: bool = False) -> str:
    return draw(figure, narrow=narrow, number=words.number, geography=geography(codes_of(lines)))


def drawn_maps(figure: Figure, *, lines: list[Any]) -> tuple[str, str]:
    """The map for wide pages and, beside it on the same page, the one for phones."""
    wide, narrow = (drawn_map(figure, lines=lines, narrow=narrow) for narrow in (False, True))
    return with_land_once(wide, narrow, base=geography(codes_of(lines)).base, key=figure.key)


def region_locator(region: Region) -> str:
    """The region in its surroundings; empty when no code of it has an outline."""
    found = geography(((region.slug, tuple(region.nuts_codes)),))
    shape = found.shapes.get(region.slug, "")
    return locator_map(region.slug, region.name, base=found.base, shape=shape) if shape else ""


def region_cover(*, slug: str, codes: list[str]) -> str:
    """The region's outline as a picture for the cover of its document."""
    outline = region_outline(codes=tuple(codes), detail="close")
    return outline_card(slug, shape=outline.path, size=(400, 300), cover=True) if outline.path else ""
