"""The files of outlines: regions for the map of Europe, and close-ups."""

from typing import Any

from mapping.charts.dissolve import relative_path
from mapping.data.build.around import land_around
from mapping.data.build.projection import EUROPE
from mapping.data.build.sheets import (
    FAR,
    MAP,
    close_sheet,
    country_borders,
    map_sheet,
    merged,
    paths,
)
from mapping.data.build.topology import Regions, moved

Document = dict[str, Any]

# The words GISCO asks for, by language. Türkiye is drawn, so TurkStat is named as well.
_WORDS = {
    "en": "© EuroGeographics for the administrative boundaries",
    "fr": "© EuroGeographics pour les limites administratives",
    "de": "© EuroGeographics bezüglich der Verwaltungsgrenzen",
    "es": "© Eurogeographics para los límites administrativos",
    "da": "© EuroGeographics for administrative grænser",
    "sv": "© EuroGeographics för administrativa gränser",
    "fi": "© EuroGeographics Association hallinnollisille rajoille",
}
NOTICE = {language: f"{words}, © TurkStat" for language, words in _WORDS.items()}


def documents(
    *, coarse: Regions, fine: Regions, world: Regions, notice: dict[str, str]
) -> dict[str, Document]:
    """All files by name, from NUTS 3 regions in degrees: `coarse` for the map, `fine` for close-ups."""
    regions = merged(coarse, length=4)
    parts, _ = map_sheet(coarse)
    whole, mainland = map_sheet(regions)
    countries = merged(mainland, length=2)
    borders = relative_path(country_borders(mainland), closed=False)
    around = relative_path(land_around(world, _in_metres(regions), grid=MAP)) if world else ""
    head = {"version": "2021", "projection": "EPSG:3035", "notice": notice}
    return {
        "outlines/map-nuts0.json": {
            **head,
            **{key: whole[key] for key in ("scale", "width", "height")},
            "insets": [],
            "borders": borders,
            "around": around,
            "regions": paths(countries),
        },
        "outlines/map-nuts2.json": head | whole,
        "outlines/map-nuts3.json": head | parts,
        "outlines/close-nuts3.json": head | close_sheet(fine),
    }


def _in_metres(degrees: Regions) -> Regions:
    far = tuple(code for one in FAR for code in one.codes)
    near = {code: rings for code, rings in degrees.items() if not code.startswith(far)}
    return moved(near, lambda point: EUROPE(*point))
