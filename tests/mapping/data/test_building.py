"""From degrees to the map: the projection, and simplifying without gaps."""

import json

import pytest
from django.core.management import call_command

from mapping.data.build.projection import EUROPE, laea
from mapping.data.build.simplify import Grid, simplified, without_islets
from mapping.data.build.topology import area, borders_of, junctions, read_geojson, read_topojson, weights
from mapping.selectors.reference import outline_notice, region_outline

GRID = Grid(left=0, top=100, unit=1)
# Two regions side by side; their border has a bend at (51, 48), the western coast one at (2, 60).
WEST = ((0, 0), (0, 50), (2, 60), (0, 70), (0, 100), (50, 100), (51, 48), (50, 0))
EAST = ((50, 0), (51, 48), (50, 100), (100, 100), (100, 0))
REGIONS = {"W": [WEST], "E": [EAST]}


@pytest.mark.parametrize(
    ("degrees", "metres"),
    [
        # The worked example of EPSG guidance note 7-2 for this method.
        ((5, 50), (3962799.45, 2999718.85)),
        # The centre of the projection gets the false origin.
        ((10, 52), (4321000, 3210000)),
    ],
)
def test_projection_gives_known_coordinates(degrees, metres):
    assert EUROPE(*degrees) == pytest.approx(metres, abs=0.005)


def test_projection_keeps_areas():
    """One degree by one degree at 60 degrees north has 6,124 square kilometres, wherever it lies."""
    for west in (-20, 10, 40):
        corners = [(west, 60)]
        for step in range(1, 101):
            corners.append((west + step / 100, 60))
        corners.append((west + 1, 61))
        for step in range(99, -1, -1):
            corners.append((west + step / 100, 61))
        assert abs(area([EUROPE(*corner) for corner in corners])) / 1e6 == pytest.approx(6124, abs=5)


def test_projection_is_local_for_far_territories():
    project = laea(centre=(55.5, -21.1))
    assert project(55.5, -21.1) == pytest.approx((0, 0), abs=1e-6)
    east, north = project(55.6, -21.1)
    # A tenth of a degree of longitude: 0.1 * 111.32 km * cos(21.1 degrees), more on the ellipsoid.
    assert (round(east, -1), round(north)) == (10390, -3)


def test_weights_are_the_areas_points_stand_for():
    """Visvalingam: the middle point of 0,0 - 1,1 - 2,0 stands for a triangle of area 1."""
    assert weights(((0, 0), (1, 1), (2, 0))) == [float("inf"), 1, float("inf")]
    # (1, 0.1) goes first: (0,0), (1,0.1), (2,0) have an area of 0.1. Then (2, 0): (0,0), (2,0), (3,3).
    assert weights(((0, 0), (1, 0.1), (2, 0), (3, 3))) == [float("inf"), pytest.approx(0.1), 3, float("inf")]


def test_borders_end_where_three_lines_meet():
    ends = junctions(REGIONS)
    assert ends == {(50, 0), (50, 100)}
    assert borders_of(EAST, ends) == [
        ((50, 0), (51, 48), (50, 100)),
        ((50, 100), (100, 100), (100, 0), (50, 0)),
    ]


def test_both_neighbours_get_the_same_border():
    drawn = simplified(REGIONS, grid=GRID, least=30)
    west, east = set(drawn["W"][0]), set(drawn["E"][0])
    # The bend of the border stands for 50 square metres and stays, the one of the coast for 20 and goes.
    assert west & east == {(50, 100), (51, 52), (50, 0)}
    assert (2, 40) not in west
    drawn = simplified(REGIONS, grid=GRID, least=60)
    assert set(drawn["W"][0]) & set(drawn["E"][0]) == {(50, 100), (50, 0)}


def test_no_region_is_lost():
    """A region smaller than the grid becomes a mark at its place."""
    small = {"S": [((10.1, 10.1), (10.1, 10.2), (10.2, 10.2))]}
    assert simplified(small, grid=GRID, least=1) == {"S": [((10, 89), (11, 90), (10, 91), (9, 90))]}


def test_small_islands_go_but_not_the_largest_ring_and_no_border():
    island = ((200, 0), (200, 2), (202, 2))
    kept = without_islets({**REGIONS, "W": [WEST, island], "I": [((300, 0), (300, 1), (301, 1))]}, least=5)
    assert kept == {"W": [WEST], "E": [EAST], "I": [((300, 0), (300, 1), (301, 1))]}


def test_topojson_and_geojson_give_the_same_rings():
    topology = {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [[[0, 0], [0, 2], [2, 0]], [[2, 2], [0, -2], [-2, 0]]],
        "objects": {"NUTS": {"geometries": [{"id": "XX111", "type": "Polygon", "arcs": [[0, 1]]}]}},
    }
    ring = ((0, 0), (0, 2), (2, 2), (2, 0))
    read = read_topojson(json.dumps(topology), layer="NUTS", key=lambda shape: shape["id"])
    assert read == {"XX111": [ring]}
    # GeoJSON turns the other way round and repeats its first point.
    feature = {
        "properties": {"NUTS_ID": "XX111"},
        "geometry": {"type": "Polygon", "coordinates": [[*reversed(ring), ring[-1]]]},
    }
    (own,) = read_geojson(json.dumps({"features": [feature]}))["XX111"]
    assert (set(own), area(own)) == (set(ring), area(ring))


def square(code: str, west: float, south: float) -> dict:
    ring = [[west, south], [west + 1, south], [west + 1, south + 1], [west, south + 1], [west, south]]
    return {"properties": {"NUTS_ID": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}


def test_operators_geojson_becomes_outlines(tmp_path, settings):
    regions = tmp_path / "own.json"
    features = [square("XX111", 10, 50), square("XX112", 11, 50), square("XX11", 10, 50)]
    regions.write_text(json.dumps({"features": features}))
    call_command(
        "build_reference_data", geojson=regions, notice="© Owner", output=tmp_path / "made", verbosity=0
    )
    settings.OUTLINES_DIR = str(tmp_path / "made")
    assert outline_notice(language="el") == "© Owner"
    both = region_outline(codes=["XX111", "XX112"], detail="close")
    assert both.path.count("M") == 1
    assert region_outline(codes=["XX11"]).path != ""
    assert region_outline(codes=["ES21"]).missing == ("ES21",)


def test_operators_geojson_needs_an_owner_and_regions(tmp_path, capsys):
    regions = tmp_path / "own.json"
    regions.write_text(json.dumps({"features": [square("XX", 10, 50)]}))
    made, none = tmp_path / "made", tmp_path / "no.json"
    for words, reason in (
        ({"geojson": regions}, "--geojson needs --output and --notice"),
        ({"geojson": none, "notice": "© Owner", "output": tmp_path}, "cannot be read as GeoJSON"),
        ({"geojson": regions, "notice": "© Owner", "output": made}, "holds no region with a NUTS 3 code"),
    ):
        with pytest.raises(SystemExit) as end:
            call_command("build_reference_data", **words)
        assert (end.value.code, reason in capsys.readouterr().err) == (2, True)
