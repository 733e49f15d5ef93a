"""The outline of a region as a picture: where it lies, and as a drawing of its own."""

from functools import lru_cache
from typing import Literal

from mapping.charts.choropleth import MapBase
from mapping.charts.palette import paint
from mapping.charts.paths import Box, Ring, box_of, path_of, rings_of
from mapping.charts.svg import element_id, esc, fixed_colours, px, rect

# How far the lines stand from the outline, in pixels of a card 400 wide; a cover has all of them.
_RINGS = (6.0, 13.0, 21.0, 31.0, 43.0, 58.0, 77.0, 101.0, 131.0, 168.0, 214.0)
_ON_CARD = 7
Colour = Literal["c1", "c2", "c3", "c4"]


def locator_map(key: str, name: str, *, base: MapBase, shape: str, size: tuple[int, int] = (240, 220)) -> str:
    """A small map of a region among its neighbours.

    The region takes about a third of the picture; a very small one keeps enough around it to be recognised.
    Without an outline the whole ground is shown.
    """
    wide, high = size
    region = box_of(rings_of(shape or f"M0 0h{base.width}v{base.height}h-{base.width}z"))
    x, y = region.middle
    part = max((region.right - region.left) / wide, (region.bottom - region.top) / high) * (
        2.9 if shape else 1
    )
    scale = 1 / max(part, base.width * 0.3 / wide)
    view = Box(x - wide / scale / 2, y - high / scale / 2, x + wide / scale / 2, y + high / scale / 2)
    title = element_id(key, "locator-title")
    clip = element_id(key, "locator-clip")
    drawn = "".join(
        f'<path d="{_part_of(path, view, scale, closed)}" {look}/>'
        for path, closed, look in (
            (base.around, True, paint(fill="land-2")),
            (base.land, True, paint(fill="land", stroke="border-n") + ' stroke-width=".8"'),
            (base.borders, False, paint(stroke="border-c") + ' stroke-width=".8"'),
            (shape, True, paint(fill="c1", stroke="ink")),
        )
        if path
    )
    box = rect(0, 0, wide, high, 'rx="8"')
    sea = rect(0, 0, wide, high, paint(fill="sea"))
    return (
        f'{_opening("chart-locator", size)} role="img" aria-labelledby="{title}">'
        f'<title id="{title}">{esc(name)}</title><defs><clipPath id="{clip}">{box}</clipPath></defs>'
        f'<g clip-path="url(#{clip})" stroke-linejoin="round">{sea}{drawn}</g></svg>'
    )


def _opening(name: str, size: tuple[int, int]) -> str:
    wide, high = size
    box = f'viewBox="0 0 {wide} {high}" width="{wide}" height="{high}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" class="{name}" {box}'


def _part_of(path: str, view: Box, scale: float, closed: bool) -> str:
    return path_of(_visible(path, view), scale=scale, move=(-view.left, -view.top), closed=closed)


@lru_cache(maxsize=64)
def _visible(path: str, view: Box) -> tuple[Ring, ...]:
    """The rings that reach into the view; the others are left out to keep the picture small."""
    near = view.grown(10)
    return tuple(ring for ring in rings_of(path) if box_of((ring,)).meets(near))


def outline_card(
    key: str, *, shape: str, size: tuple[int, int] = (400, 148), colour: Colour = "c3", cover: bool = False
) -> str:
    """The outline of a region with lines around it like heights on a map: a picture without a photograph.

    Each line is the outline drawn very wide and covered again by a slightly narrower one, which keeps the
    same distance everywhere. It is decoration, hidden from screen readers. `cover` is the dark one for a
    title page; paper has no dark mode, so its colours are fixed.
    """
    wide, high = size
    rings = rings_of(shape)
    region = box_of(rings or rings_of("M0 0h1v1z"))
    scale = min(
        high * 0.74 / max(region.bottom - region.top, 1), wide * 0.62 / max(region.right - region.left, 1)
    )
    move = (wide / 2 / scale - region.middle[0], high / 2 / scale - region.middle[1])
    outline = element_id(key, "outline")
    clip = element_id(key, "outline-clip")
    ground, ink, fill = ("brand-deep", "over-soft", "brand") if cover else ("tint", colour, colour)
    use = f'<use href="#{outline}" '
    unit = min(wide, high * 2.7) / 400
    count = len(_RINGS) if cover else _ON_CARD
    back = rect(0, 0, wide, high, paint(fill=ground))
    lines = "".join(_ring(use, number, unit, (ground, ink)) for number in reversed(range(count)))
    edge = paint(fill=fill, stroke="accent" if cover else "surface")
    drawn = (
        f'{_opening("chart-outline", size)} preserveAspectRatio="xMidYMid slice" aria-hidden="true">'
        f'<defs><path id="{outline}" d="{path_of(rings, scale=scale, move=move)}"/>'
        f'<clipPath id="{clip}">{rect(0, 0, wide, high, "")}</clipPath></defs>'
        f'<g clip-path="url(#{clip})" stroke-linejoin="round">{back}{lines}'
        f'{use}{edge} stroke-width="{px(2 * unit if cover else 1.5)}"/></g></svg>'
    )
    return fixed_colours(drawn) if cover else drawn


def _ring(use: str, number: int, unit: float, colours: tuple[str, str]) -> str:
    """One line: a wide stroke in the colour of the line, and over it the ground, two line widths narrower."""
    ground, ink = colours
    width = 2 * _RINGS[number] * unit
    strong = max(0.62 - 0.075 * number, 0.14)
    line = f'{use}{paint(stroke=ink)} stroke-width="{px(width + 2.2)}" stroke-opacity="{strong:.2f}"/>'
    return f'{line}{use}{paint(fill=ground, stroke=ground)} stroke-width="{px(width)}"/>'
