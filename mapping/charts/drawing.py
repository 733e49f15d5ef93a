"""Draw a figure of any kind: the door for pages, documents and downloads."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from mapping.charts import (
    bars,
    checklist,
    choropleth,
    diverging,
    gaps,
    heat,
    matrix,
    network,
    quadrant,
    radar,
    sankey,
)
from mapping.charts.choropleth import MapBase
from mapping.charts.europe_map import europe_map
from mapping.charts.figure import Figure, NumberText, plain_number
from mapping.charts.gaps_svg import gap_plot
from mapping.charts.heat_svg import heat_svg
from mapping.charts.matrix_svg import matrix_svg
from mapping.charts.quadrant_svg import quadrant_plot

# These kinds have a second drawing for phones.
NARROW_KINDS = (gaps.KIND, choropleth.KIND)


@dataclass(frozen=True, kw_only=True)
class Geography:
    """What a map needs beside its figure: the ground, and the outlines of its regions by key."""

    base: MapBase
    shapes: Mapping[str, str]


class _Draws(Protocol):
    def __call__(self, figure: Figure, *, number: NumberText = plain_number) -> str: ...


_DRAWN_BY: dict[str, _Draws] = {
    gaps.KIND: gap_plot,
    bars.KIND: bars.bar_chart,
    checklist.KIND: checklist.checklist_plot,
    heat.KIND: heat_svg,
    matrix.KIND: matrix_svg,
    quadrant.KIND: quadrant_plot,
    network.KIND: network.network_plot,
    diverging.KIND: diverging.spread_plot,
    radar.KIND: radar.radar_plot,
    sankey.KIND: sankey.sankey_plot,
}


def draw(
    figure: Figure,
    *,
    narrow: bool = False,
    number: NumberText = plain_number,
    geography: Geography | None = None,
) -> str:
    """The figure as SVG.

    Parameters
    ----------
    figure
        A figure made by one of the chart modules.
    narrow
        The drawing for phones; kinds without one are drawn as always.
    number
        Writes a number that is not negative, with so many decimals, in the reader's language.
    geography
        Ground and outlines, for a map.

    Returns
    -------
    One `svg` element. An unknown kind, or a map without geography, raises `ValueError`.
    """
    if figure.kind == choropleth.KIND:
        if geography is None:
            raise ValueError("A map needs its geography.")
        return europe_map(figure, base=geography.base, shapes=geography.shapes, narrow=narrow, number=number)
    if figure.kind == gaps.KIND:
        return gap_plot(figure, narrow=narrow, number=number)
    if figure.kind not in _DRAWN_BY:
        raise ValueError(f"There is no chart of the kind {figure.kind!r}.")
    return _DRAWN_BY[figure.kind](figure, number=number)
