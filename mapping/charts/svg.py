"""The few shapes every chart is made of, as SVG text."""

import re
from html import escape

from mapping.charts.figure import Figure, NumberText, plain_number
from mapping.charts.palette import COLOURS, paint

FONTS = "Inter STM, Inter, Noto Sans, DejaVu Sans, Arial, sans-serif"
# Characters that XML does not allow at all, not even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_CLASSES = re.compile(r' class="[^"<>]*"')


def esc(text: object) -> str:
    """Text made safe for XML, in content and in attributes."""
    words = str(text)
    return escape(words if words.isprintable() else _FORBIDDEN.sub("", words), quote=True)


def px(value: float) -> str:
    """A length or place with at most one decimal, as short as it can be written."""
    text = f"{value:.1f}"
    if text.endswith(".0"):
        text = text[:-2]
    return "0" if text == "-0" else text


def element_id(key: str, part: str) -> str:
    """An id for a part of the figure that no other figure of the page has."""
    return f"fig-{re.sub(r'[^A-Za-z0-9_-]', '-', key)}-{part}"


def line(x1: float, y1: float, x2: float, y2: float, look: str) -> str:
    """A straight line; `look` is its paint."""
    return f'<line x1="{px(x1)}" y1="{px(y1)}" x2="{px(x2)}" y2="{px(y2)}" {look}/>'


def rect(x: float, y: float, width: float, height: float, look: str) -> str:
    """A rectangle; a negative width or height becomes 0."""
    size = f'width="{px(max(width, 0))}" height="{px(max(height, 0))}"'
    return f'<rect x="{px(x)}" y="{px(y)}" {size} {look}/>'


def hatch(key: str) -> tuple[str, str]:
    """Diagonal stripes for what is missing or hidden: the definition, and the paint that uses it."""
    identity = element_id(key, "hatch")
    pattern = (
        f'<pattern id="{identity}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" {paint(fill="surface")}/>'
        f'<rect width="1.8" height="6" {paint(fill="mid")} fill-opacity=".6"/></pattern>'
    )
    return f"<defs>{pattern}</defs>", f'fill="url(#{identity})" stroke="{COLOURS["line"]}" class="cs-line"'


_SHAPES = {
    "square": (0.86, "M{l} {t}h{w}v{w}h-{w}z"),
    "diamond": (1.22, "M{x} {t}L{r} {y}L{x} {b}L{l} {y}z"),
    "triangle": (1.2, "M{x} {t}L{r} {d}L{l} {d}z"),
}


def mark(shape: str, x: float, y: float, radius: float, look: str) -> str:
    """A circle, square, triangle or diamond of about the same area; `look` is its paint."""
    if shape == "circle":
        return f'<circle cx="{px(x)}" cy="{px(y)}" r="{px(radius)}" {look}/>'
    factor, path = _SHAPES[shape]
    half = radius * factor
    left, right, top, bottom = px(x - half), px(x + half), px(y - half), px(y + half)
    drawn = path.format(
        x=px(x), y=px(y), l=left, r=right, t=top, b=bottom, d=px(y + half * 0.72), w=px(2 * half)
    )
    return f'<path d="{drawn}" {look}/>'


def fixed_colours(drawing: str) -> str:
    """The drawing without class names: it keeps its light colours on paper and in a file."""
    return _CLASSES.sub("", drawing)


def tip(words: str, body: str, href: str = "") -> str:
    """A part of the drawing with words for the pointer, and a link where the address is one of a page."""
    inside = f"<title>{esc(words)}</title>{body}"
    if href.startswith(("/", "#", "?", "https://", "http://")):
        return f'<a href="{esc(href)}" aria-label="{esc(words)}">{inside}</a>'
    return f"<g>{inside}</g>"


def frame(
    figure: Figure, body: str, size: tuple[float, float], *, part: str = "", number: NumberText = plain_number
) -> str:
    """The drawing as a whole, with its title and a description for those who do not see it.

    `part` tells two drawings of one figure apart, such as the wide and the narrow one.
    """
    wide, high = px(size[0]), px(size[1])
    title, description = element_id(figure.key, f"{part}title"), element_id(figure.key, f"{part}desc")
    # A drawing with links is a group: an image would hide them from a screen reader.
    role = "group" if "<a " in body else "img"
    attributes = (
        f'class="chart chart-{esc(figure.kind)}" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'role="{role}" aria-labelledby="{title} {description}" '
        f'font-family="{FONTS}" text-rendering="geometricPrecision"'
    )
    if figure.language:
        attributes += f' lang="{esc(figure.language)}"'
    about = (
        f'<title id="{title}">{esc(figure.title)}</title>'
        f'<desc id="{description}">{esc(figure.description(number))}</desc>'
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{about}{body}</svg>'
