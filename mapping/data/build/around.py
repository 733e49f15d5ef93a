"""Land around the NUTS regions, drawn pale below them: it shows where Europe goes on."""

from shapely import MultiPolygon, Polygon, box, make_valid, unary_union
from shapely.geometry.base import BaseGeometry

from mapping.data.build.projection import EUROPE
from mapping.data.build.sheets import LEFT, TOP, UNIT, UNITS
from mapping.data.build.simplify import Grid, simplified
from mapping.data.build.topology import Line, Regions

# The coarse outlines of the world do not meet the finer ones of the regions; within this many metres of such
# a neighbour the space between them is land as well.
REACH = 60_000
# And the neighbours go on a little below the regions, so that no line of sea shows between them.
BELOW = 8_000
# Points and islands smaller than this many square units are left out.
LEAST, ISLET = 8, 20


def land_around(world: Regions, regions: Regions, *, grid: Grid) -> list[Line]:
    """The land in the frame that belongs to no region, as rings on the grid.

    Parameters
    ----------
    world
        Rings of all countries in degrees, by two-letter code.
    regions
        Rings of the NUTS regions in metres of EPSG:3035.
    grid
        The grid of the map.
    """
    countries = {code: _shape(rings) for code, rings in _near(world).items()}
    ours = unary_union([_polygons(rings) for rings in regions.values()]).buffer(0)
    known = {"GR" if code == "EL" else "GB" if code == "UK" else code for code in (c[:2] for c in regions)}
    others = unary_union([shape for code, shape in countries.items() if code not in known])
    coarse = unary_union([shape for code, shape in countries.items() if code in known])
    between = others.buffer(REACH).intersection(coarse).difference(ours)
    # Only what touches a neighbour lies between; the rest is a coarse coast that reaches into the sea.
    touching = [part for part in _parts(between) if part.buffer(1).intersects(others)]
    # Small countries that the coarse outlines lack are holes in ours: Andorra, San Marino.
    holes = [Polygon(ring) for part in _parts(ours) for ring in part.interiors]
    land = unary_union([others, *touching, *holes]).buffer(1)
    frame = box(LEFT - 9 * UNIT, TOP - (UNITS + 9) * UNIT, LEFT + (UNITS + 9) * UNIT, TOP + 9 * UNIT)
    land = unary_union([land, land.buffer(BELOW).intersection(ours)]).intersection(frame)
    rings = [tuple(part.exterior.coords[:-1]) for part in _parts(land) if part.area >= ISLET * UNIT**2]
    drawn = simplified(
        {str(place): [ring] for place, ring in enumerate(rings)}, grid=grid, least=LEAST * UNIT**2
    )
    return [ring for parts in drawn.values() for ring in parts]


def _near(world: Regions) -> Regions:
    """Countries cut to the part of the globe around Europe: the projection tears what lies behind it."""
    window = box(-40, 15, 75, 84)
    return {
        code: [
            tuple(part.exterior.segmentize(0.5).coords[:-1])
            for part in _parts(_polygons([_unrolled(ring) for ring in rings]).intersection(window))
        ]
        for code, rings in world.items()
    }


def _unrolled(ring: Line) -> Line:
    """Longitudes that go on beyond 180 degrees instead of jumping back to -180: Russia does."""
    turns, last, points = 0, ring[0][0], []
    for x, y in ring:
        turns += -1 if x - last > 180 else 1 if last - x > 180 else 0
        last = x
        points.append((x + 360 * turns, y))
    return tuple(points)


def _shape(rings: list[Line]) -> BaseGeometry:
    return _polygons([tuple(EUROPE(*point) for point in ring) for ring in rings])


def _polygons(rings: list[Line]) -> BaseGeometry:
    """Outer rings as one shape; lakes are of no interest here."""
    return make_valid(unary_union([make_valid(Polygon(ring)) for ring in rings if len(ring) > 2]))


def _parts(shape: BaseGeometry) -> list[Polygon]:
    """The polygons of a shape, without the lines and points an intersection may leave."""
    if isinstance(shape, Polygon):
        return [] if shape.is_empty else [shape]
    if isinstance(shape, MultiPolygon) or hasattr(shape, "geoms"):
        return [part for one in shape.geoms for part in _parts(one)]
    return []
