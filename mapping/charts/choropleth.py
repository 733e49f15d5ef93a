"""Where? The regions of a partnership on the map of Europe, coloured by the state of each map."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from mapping.charts.figure import (
    Column,
    Figure,
    Heading,
    NumberText,
    Table,
    make_figure,
    number_text,
    plain_number,
)

KIND = "choropleth"


@dataclass(frozen=True, kw_only=True)
class MapClass:
    """A state a region can be in: its words, and its colour as a class from 1 to 5, or 0 for stripes."""

    key: str
    label: str
    level: int


@dataclass(frozen=True, kw_only=True)
class MapPlace:
    """A region: `key` finds its outline, `state` its class. `note` is the second line of its label."""

    key: str
    name: str
    state: str
    note: str = ""
    value: float | None = None
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class MapWords:
    """Titles of the table; `value` is empty on a map without numbers.

    `others` names the land that takes no part, `notice` the owner of the outlines.
    """

    place: str
    state: str
    value: str = ""
    others: str = ""
    notice: str = ""


@dataclass(frozen=True, kw_only=True)
class MapInset:
    """A part of Europe that lies elsewhere: its name, its size, its land and the regions in it."""

    label: str
    width: float
    height: float
    land: str
    shapes: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class MapBase:
    """The ground the regions lie on, as SVG paths of straight lines in one common projection.

    `land` is drawn as taking no part, `borders` are the lines between countries, `around` is land outside.
    """

    width: float
    height: float
    land: str
    borders: str = ""
    around: str = ""
    insets: tuple[MapInset, ...] = ()


def map_figure(
    places: Sequence[MapPlace], *, classes: Sequence[MapClass], heading: Heading, words: MapWords
) -> Figure:
    """Make the figure. It holds no outlines: those are given when it is drawn.

    A place whose state is none of the classes raises `ValueError`.
    """
    labels = {one.key: one.label for one in classes}
    columns = [Column(label=words.place), Column(label=words.state)]
    if words.value:
        columns.append(Column(label=words.value, kind="number"))
    rows = []
    for place in places:
        if place.state not in labels:
            raise ValueError(f"The map has no class for the state {place.state!r}.")
        value = (place.value,) if words.value else ()
        rows.append((place.name, labels[place.state], *value))
    return make_figure(
        heading,
        kind=KIND,
        data={
            "places": [asdict(place) for place in places],
            "classes": [asdict(one) for one in classes],
            "words": asdict(words),
        },
        table=Table(columns=tuple(columns), rows=tuple(rows)),
    )


def map_places(figure: Figure) -> list[MapPlace]:
    """The regions of a map figure."""
    return [MapPlace(**place) for place in figure.data["places"]]


def map_classes(figure: Figure) -> dict[str, MapClass]:
    """The classes of a map figure, by key."""
    return {one["key"]: MapClass(**one) for one in figure.data["classes"]}


def map_words(figure: Figure) -> MapWords:
    """The words of a map figure."""
    return MapWords(**figure.data["words"])


def second_line(place: MapPlace, classes: Mapping[str, MapClass], number: NumberText = plain_number) -> str:
    """What stands below the name of a region: its value and its note, or else its state."""
    value = "" if place.value is None else number_text(place.value, number)
    return " · ".join(part for part in (value, place.note) if part) or classes[place.state].label
