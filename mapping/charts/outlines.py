"""Outlines of regions, from NUTS codes: several codes become one shape without the borders between them.

Every region is kept as an SVG path of whole numbers, by its code, on one of three sheets.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from mapping.charts.choropleth import MapBase, MapInset
from mapping.charts.dissolve import centre_of, dissolve, relative_path, scaled_path
from mapping.charts.paths import Box, Point, box_of, rings_of

Detail = Literal["map", "close"]


@dataclass(frozen=True, kw_only=True)
class OutlineInset:
    """A territory far from Europe, drawn on a sheet of its own: its codes begin with one of `codes`."""

    key: str
    label: str
    width: float
    height: float
    codes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OutlineSheet:
    """Paths by NUTS code. One unit of the paths is `scale` pixels of the map, or of a close-up."""

    width: float
    height: float
    scale: float
    paths: Mapping[str, str]
    insets: tuple[OutlineInset, ...] = ()


def read_sheet(data: Mapping[str, Any]) -> OutlineSheet:
    """A sheet as it stands in a file."""
    insets = (OutlineInset(**{**inset, "codes": tuple(inset["codes"])}) for inset in data["insets"])
    return OutlineSheet(
        width=data["width"],
        height=data["height"],
        scale=data["scale"],
        paths=data["regions"],
        insets=tuple(insets),
    )


@dataclass(frozen=True, kw_only=True)
class Outlines:
    """All outlines at hand: NUTS 2 and NUTS 3 for the map of Europe, NUTS 3 for close-ups.

    `borders` are the lines between countries and `around` is land without NUTS regions, both in the units of
    `regions`. `notice` names the owner and stands in every legend, in the language of its key.
    """

    regions: OutlineSheet
    parts: OutlineSheet
    close: OutlineSheet
    borders: str = ""
    around: str = ""
    notice: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Outline:
    """The shape of a list of codes.

    `path` lies on the map of Europe; a close-up of codes that all lie in one inset shows that inset. `insets`
    holds what lies elsewhere, by the key of the inset. `missing` are the codes nothing can be drawn for.
    """

    path: str
    box: Box | None
    centre: Point | None
    insets: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def outline_path(codes: Iterable[str], *, outlines: Outlines, detail: Detail = "map") -> Outline:
    """One outline for a list of NUTS codes of any level, without the borders between them.

    Parameters
    ----------
    codes
        Codes of NUTS 0 to 3; a code and a part of it may both be given.
    outlines
        The sheets to take the shapes from.
    detail
        "map": in pixels of the map of Europe, few points. "close": many points, for a picture of the region
        alone; a pixel is 100 m.

    Returns
    -------
    Outline
        Path, bounding box and centre of area. An empty list, or codes without outlines, give an empty path,
        no box and no centre: never a shape that was guessed.
    """
    asked = tuple(dict.fromkeys(codes))
    whole = detail == "map" and all(len(code) < 5 for code in asked)
    sheet = outlines.close if detail == "close" else outlines.regions if whole else outlines.parts
    found = {code: _inside(code, sheet) for code in asked}
    by_place: dict[str, list[str]] = defaultdict(list)
    for code in sorted({part for parts in found.values() for part in parts}):
        by_place[_place_of(code, sheet)].append(sheet.paths[code])
    shapes = {place: dissolve(rings_of("".join(paths))) for place, paths in by_place.items()}
    main = next(iter(shapes)) if detail == "close" and len(shapes) == 1 else ""
    rings = tuple(tuple((x * sheet.scale, y * sheet.scale) for x, y in ring) for ring in shapes.get(main, ()))
    return Outline(
        path=relative_path(rings),
        box=box_of(rings) if rings else None,
        centre=centre_of(rings) if rings else None,
        insets={place: relative_path(shape) for place, shape in shapes.items() if place},
        missing=tuple(code for code in asked if not found[code]),
    )


def map_base(outlines: Outlines, *, shapes: Mapping[str, Outline]) -> MapBase:
    """The ground of the map of Europe, with the insets in which one of the shapes lies."""
    sheet = outlines.regions
    insets = []
    for inset in sheet.insets:
        within = {key: shape.insets[inset.key] for key, shape in shapes.items() if inset.key in shape.insets}
        if within:
            land = [path for code, path in sheet.paths.items() if code.startswith(inset.codes)]
            insets.append(
                MapInset(
                    label=inset.label,
                    width=inset.width * sheet.scale,
                    height=inset.height * sheet.scale,
                    land=scaled_path("".join(land), sheet.scale),
                    shapes={key: scaled_path(path, sheet.scale) for key, path in within.items()},
                )
            )
    mainland = (path for code, path in sheet.paths.items() if not _place_of(code, sheet))
    return MapBase(
        width=sheet.width * sheet.scale,
        height=sheet.height * sheet.scale,
        land=scaled_path("".join(mainland), sheet.scale),
        borders=scaled_path(outlines.borders, sheet.scale, closed=False),
        around=scaled_path(outlines.around, sheet.scale),
        insets=tuple(insets),
    )


def _inside(code: str, sheet: OutlineSheet) -> list[str]:
    """The code itself, or the codes of the sheet that lie in it. "DE" is no part of "DEA"."""
    if code in sheet.paths:
        return [code]
    return [other for other in sheet.paths if other.startswith(code)] if len(code) >= 2 else []


def _place_of(code: str, sheet: OutlineSheet) -> str:
    """The key of the inset a code is drawn in; empty for the map of Europe."""
    return next((inset.key for inset in sheet.insets if code.startswith(inset.codes)), "")
