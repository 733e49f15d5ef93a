"""Reference data as it is shipped: code lists and outlines, read from files once.

An operator replaces the outlines by setting OUTLINES_DIR to a folder made with
`./run manage build_reference_data --geojson FILE --notice TEXT --output FOLDER`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from mapping.charts.choropleth import MapBase
from mapping.charts.outlines import Detail, Outline, Outlines, map_base, outline_path, read_sheet

FOLDER = Path(__file__).resolve().parents[1] / "data"
NUTS_VERSIONS = {"2021": "nuts-2021", "2024": "nuts-2024", "2018": "nuts-uk-2018"}
CODE_LISTS = ("nace-2.1", "nabs-2007", "ford", "policy-objectives")


def reference_list(name: str) -> dict[str, Any]:
    """A code list as it stands in its file."""
    content: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return content


def outlines() -> Outlines:
    """The outlines in use: the operator's, or those that are shipped."""
    return _outlines(_folder())


def region_outline(*, codes: Iterable[str], version: str = "2021", detail: Detail = "map") -> Outline:
    """The outline of a list of NUTS codes; those without one stand in its `missing`."""
    return _outline(_folder(), tuple(codes), version, detail)


def _folder() -> str:
    return str(settings.OUTLINES_DIR or FOLDER / "outlines")


@lru_cache(maxsize=4)
def _outlines(folder: str) -> Outlines:
    countries, regions, parts, close = (
        json.loads(Path(folder, f"{name}.json").read_text(encoding="utf-8"))
        for name in ("map-nuts0", "map-nuts2", "map-nuts3", "close-nuts3")
    )
    return Outlines(
        regions=read_sheet(regions),
        parts=read_sheet(parts),
        close=read_sheet(close),
        borders=countries["borders"],
        around=countries["around"],
        notice=countries["notice"],
    )


@lru_cache(maxsize=512)
def _outline(folder: str, codes: tuple[str, ...], version: str, detail: Detail) -> Outline:
    asked = {_code_of_2021(code, version): code for code in codes}
    found = outline_path(asked, outlines=_outlines(folder), detail=detail)
    return replace(found, missing=tuple(asked[code] for code in found.missing))


def europe(*, shapes: Mapping[str, Outline]) -> MapBase:
    """The ground of the map of Europe, with the insets the shapes need."""
    return map_base(outlines(), shapes=shapes)


def outline_notice(*, language: str) -> str:
    """The owner of the outlines, as it must stand in every legend; in English for want of other words."""
    notice = outlines().notice
    return notice.get(language) or notice["en"]


def outlined_codes(*, version: str) -> set[str]:
    """The codes of a version of NUTS that have an outline, of all levels."""
    drawn = {code[:length] for code in outlines().parts.paths for length in range(2, 6)}
    codes = (row["code"] for row in reference_list(NUTS_VERSIONS[version])["codes"])
    return {code for code in codes if _code_of_2021(code, version) in drawn}


def _code_of_2021(code: str, version: str) -> str:
    """The code the same region had in 2021, whose boundaries are drawn; a shifted one keeps its old line."""
    return _former_codes().get(code, code) if version == "2024" else code


@lru_cache(maxsize=1)
def _former_codes() -> dict[str, str]:
    rows = reference_list("nuts-changes")["codes"]
    return {row["to"][0]: row["from"] for row in rows if row["from"] and len(row["to"]) == 1}
