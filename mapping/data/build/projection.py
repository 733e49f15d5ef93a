"""Degrees to metres: Lambert's azimuthal equal-area projection on the GRS80 ellipsoid.

EPSG:3035, the projection of maps of Europe, is this projection around 52 degrees north, 10 degrees east. The
formulas are those of EPSG method 9820 (IOGP Guidance Note 7-2). Areas stay true, so a region looks as large
as it is.
"""

from collections.abc import Callable
from math import asin, atanh, cos, radians, sin, sqrt

Point = tuple[float, float]
Projection = Callable[[float, float], Point]

_A = 6378137.0
_E2 = 0.00669438002290  # square of the eccentricity of GRS80
_E = sqrt(_E2)


def _q(latitude: float) -> float:
    s = sin(latitude)
    return (1 - _E2) * (s / (1 - _E2 * s * s) + atanh(_E * s) / _E)


_Q_POLE = _q(radians(90))


def laea(*, centre: Point, origin: Point = (0.0, 0.0)) -> Projection:
    """A function from longitude and latitude in degrees to metres east and north.

    `centre` is given in degrees (longitude, latitude); `origin` is the metres it gets.

    >>> europe = laea(centre=(10, 52), origin=(4321000, 3210000))
    >>> [round(metres, 2) for metres in europe(5, 50)]
    [3962799.45, 2999718.85]
    """
    middle, phi = radians(centre[0]), radians(centre[1])
    beta0 = asin(_q(phi) / _Q_POLE)
    radius = _A * sqrt(_Q_POLE / 2)
    stretch = _A * cos(phi) / (sqrt(1 - _E2 * sin(phi) ** 2) * radius * cos(beta0))

    def project(longitude: float, latitude: float) -> Point:
        turn = radians(longitude) - middle
        beta = asin(max(-1.0, min(1.0, _q(radians(latitude)) / _Q_POLE)))
        away = 1 + sin(beta0) * sin(beta) + cos(beta0) * cos(beta) * cos(turn)
        scale = radius * sqrt(2 / away)
        east = scale * stretch * cos(beta) * sin(turn)
        north = scale / stretch * (cos(beta0) * sin(beta) - sin(beta0) * cos(beta) * cos(turn))
        return origin[0] + east, origin[1] + north

    return project


EUROPE = laea(centre=(10, 52), origin=(4321000, 3210000))
