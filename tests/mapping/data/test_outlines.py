"""The outlines as they are shipped: whole, small, without gaps, and at their right place."""

import gzip
import json
from pathlib import Path

import brotli
import pytest
from shapely import Polygon, make_valid, unary_union
from shapely.geometry.base import BaseGeometry

from mapping.charts.outlines import outline_path
from mapping.charts.paths import Ring, rings_of
from mapping.selectors.reference import FOLDER, europe, outlines, reference_list, region_outline

RUHR = [
    *("DEA12", "DEA13", "DEA16", "DEA17", "DEA1F", "DEA31", "DEA32", "DEA36"),
    *("DEA51", "DEA52", "DEA53", "DEA54", "DEA55", "DEA56", "DEA5C"),
]
REGIONS = {
    "basque-country": ["ES21"],
    "bizkaia": ["ES213"],
    "calabria": ["ITF6"],
    "mazovia": ["PL91", "PL92"],
    "north-west-romania": ["RO11"],
    "ruhr-metropolis": RUHR,
    "southern-ireland": ["IE05"],
    "stockholm": ["SE11"],
    "wales": ["UKL"],
}
FAR = ["ES70", "FRY1", "FRY2", "FRY3", "FRY4", "FRY5", "NO0B", "PT20", "PT30"]


def codes(version: str, level: int) -> set[str]:
    return {row["code"] for row in reference_list(f"nuts-{version}")["codes"] if row["depth"] == level}


def sheet(name: str) -> dict:
    return json.loads((FOLDER / "outlines" / f"{name}.json").read_text())


def turn(ring: Ring) -> float:
    """Area of a ring; its sign tells which way it turns."""
    ahead = (*ring[1:], *ring[:1])
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ahead, strict=True)) / 2


def area(path: str) -> float:
    return sum(turn(ring) for ring in rings_of(path))


@pytest.mark.parametrize(
    ("name", "level"), [("map-nuts0", 0), ("map-nuts2", 2), ("map-nuts3", 3), ("close-nuts3", 3)]
)
def test_every_region_of_2021_has_an_outline_with_an_area(name, level):
    regions = sheet(name)["regions"]
    assert set(regions) == codes("2021", level)
    assert [code for code, path in regions.items() if area(path) <= 0] == []


def test_paths_are_whole_numbers_in_short_steps():
    path = sheet("map-nuts2")["regions"]["ES21"]
    assert path.startswith("M")
    assert set(path) <= set("Ml z-0123456789")


def test_start_map_takes_at_most_22_kilobytes():
    base = europe(shapes={})
    whole = f"{base.land}{base.borders}{base.around}".encode()
    assert len(brotli.compress(whole, quality=11)) <= 19_000
    every_region = "".join(f'<path d="{path}"/>' for path in sheet("map-nuts2")["regions"].values()).encode()
    assert len(brotli.compress(every_region, quality=11)) <= 22_000
    assert len(gzip.compress(every_region)) <= 22_000


def shape(path: str) -> BaseGeometry:
    """As geometry: rings that turn one way are land, the others holes."""
    rings = [(make_valid(Polygon(ring)), turn(ring)) for ring in rings_of(path)]
    land = unary_union([polygon for polygon, direction in rings if direction > 0])
    return land.difference(unary_union([polygon for polygon, direction in rings if direction < 0]))


@pytest.mark.parametrize("name", ["map-nuts2", "map-nuts3", "close-nuts3"])
def test_neighbours_leave_no_gap_and_do_not_overlap(name):
    far = tuple(code for inset in outlines().regions.insets for code in inset.codes)
    shapes = [shape(path) for code, path in sheet(name)["regions"].items() if not code.startswith(far)]
    together = unary_union(shapes)
    assert together.area == pytest.approx(sum(one.area for one in shapes), rel=2e-5)
    square = 0.01 if name == "close-nuts3" else 2.83**2
    holes = [Polygon(ring).area * square for part in together.geoms for ring in part.interiors]
    # Kosovo, Andorra and the Szczecin Lagoon; what is smaller is water or a small country.
    assert len([hole for hole in holes if hole > 150]) == 3


@pytest.mark.parametrize("detail", ["map", "close"])
def test_the_fifteen_codes_of_the_ruhr_become_one_shape_without_inner_borders(detail):
    found = region_outline(codes=RUHR, detail=detail)
    assert found.missing == ()
    assert len(rings_of(found.path)) == 1
    parts = sum(area(region_outline(codes=[code], detail=detail).path) for code in RUHR)
    assert area(found.path) == pytest.approx(parts)


def test_mazovia_is_one_shape_with_warsaw_inside_and_no_hole():
    assert len(rings_of(region_outline(codes=["PL91", "PL92"]).path)) == 1
    assert len(rings_of(region_outline(codes=["PL92"]).path)) == 2


@pytest.mark.parametrize(
    ("name", "square_kilometres"),
    [
        # Areas as the regions' statistical offices give them, to the next ten.
        ("basque-country", 7_230),
        ("bizkaia", 2_220),
        ("calabria", 15_220),
        ("mazovia", 35_560),
        ("north-west-romania", 34_160),
        ("ruhr-metropolis", 4_440),
        ("wales", 20_780),
    ],
)
def test_areas_are_true(name, square_kilometres):
    close = region_outline(codes=REGIONS[name], detail="close")
    assert area(close.path) / 100 == pytest.approx(square_kilometres, rel=0.03)
    # A unit of the map is 2,830 m, a pixel two of them.
    on_map = region_outline(codes=REGIONS[name])
    assert area(on_map.path) * 5.66**2 == pytest.approx(square_kilometres, rel=0.08)


@pytest.mark.parametrize("name", REGIONS)
def test_demonstration_regions_have_outlines_with_detail(name):
    close = region_outline(codes=REGIONS[name], detail="close")
    assert close.missing == ()
    assert sum(len(ring) for ring in rings_of(close.path)) >= 60
    assert close.box.left <= close.centre[0] <= close.box.right
    assert close.box.top <= close.centre[1] <= close.box.bottom


def test_regions_lie_where_they_should():
    """West of, north of: the map is not turned and not mirrored."""
    centre = {name: region_outline(codes=codes).centre for name, codes in REGIONS.items()}
    from_west = sorted(centre, key=lambda name: centre[name][0])
    assert from_west[0] == "southern-ireland"
    assert from_west[-1] == "north-west-romania"
    from_north = sorted(centre, key=lambda name: centre[name][1])
    assert from_north[0] == "stockholm"
    assert from_north[-1] == "calabria"


@pytest.mark.parametrize("code", FAR)
def test_far_regions_lie_in_insets(code):
    found = region_outline(codes=[code])
    (inset,) = found.insets
    assert found.path == ""
    frame = next(one for one in outlines().regions.insets if one.key == inset)
    for ring in rings_of(found.insets[inset]):
        for x, y in ring:
            assert 0 <= x <= frame.width
            assert 0 <= y <= frame.height
    assert rings_of(region_outline(codes=[code], detail="close").path)


def test_map_shows_only_the_insets_it_needs():
    assert europe(shapes={"ruhr": region_outline(codes=RUHR)}).insets == ()
    base = europe(shapes={"azores": region_outline(codes=["PT20"])})
    assert [inset.label for inset in base.insets] == ["Açores"]
    assert set(base.insets[0].shapes) == {"azores"}


def test_codes_without_outline_are_named():
    found = region_outline(codes=["ES21", "ES29", "XX"])
    assert found.missing == ("ES29", "XX")
    assert found.path == region_outline(codes=["ES21"]).path


def test_codes_of_2024_take_the_line_of_2021_or_none():
    assert region_outline(codes=["PT1D1"], version="2024").path == region_outline(codes=["PT16B"]).path
    assert region_outline(codes=["PL92"], version="2024").path == region_outline(codes=["PL92"]).path
    assert region_outline(codes=["PT1A"], version="2024").missing == ("PT1A",)


def test_country_is_made_of_its_regions():
    assert area(region_outline(codes=["AT"]).path) == pytest.approx(
        sum(area(region_outline(codes=[code]).path) for code in ("AT1", "AT2", "AT3"))
    )


def test_nothing_asked_gives_nothing():
    found = outline_path([], outlines=outlines())
    assert (found.path, found.box, found.centre, found.missing) == ("", None, None, ())


def test_operators_outlines_take_the_place_of_ours(settings, tmp_path: Path):
    for name in ("map-nuts0", "map-nuts2", "map-nuts3", "close-nuts3"):
        content = sheet(name)
        content["regions"] = {"ES213": "M0 0l10 0 0 10-10 0z"} if name != "map-nuts0" else {}
        content["notice"] = {"en": "© Owner"}
        (tmp_path / f"{name}.json").write_text(json.dumps(content))
    settings.OUTLINES_DIR = str(tmp_path)
    assert outlines().notice == {"en": "© Owner"}
    assert region_outline(codes=["ES213"]).path == "M0 0l5 0 0 5-5 0z"
    assert region_outline(codes=["SE11"]).missing == ("SE11",)
