"""Which part of a matrix an address asks for: a page of its lines, its ties and its priorities, or names.

A matrix of the usual size is one page. Of a larger one every list is cut, and a row is found by its name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

from cohes3ion.lib.list_pages import ListPages, list_pages, page_with
from cohes3ion.lib.search.words import wanted_words, words_or_signs
from governance.models import GovernanceSpace, Opportunity
from governance.selectors.matrix_lines import Entries, Named, Stretch, entries, is_named
from mapping.enums import CapabilityKind
from mapping.models import (
    Actor,
    ActorTie,
    Capability,
    RegionalPriority,
    RegionMap,
    Strategy,
    TerritorialUnit,
)
from mapping.selectors.matrix import NestedUnit, nested_units

# Up to here a matrix is one page. Of a larger one a page stays below 300 kB, with every cell full.
WHOLE_CAPABILITIES, WHOLE_ENTRIES = 60, 300
LINES, TIES, PRIORITIES = 40, 60, 60
LONGEST = 200
AT = re.compile(r"([a-z]{1,12})-([0-9]{1,9})")
COLUMNS_OF = {
    "unit": ("unit",),
    "strategy": ("strategies",),
    "capability": ("horizontal", "sectoral"),
    "actor": ("actors",),
    "opportunity": ("opportunities",),
    "space": ("spaces",),
}


class CapabilityKey(NamedTuple):
    pk: int
    unit_id: int
    kind: str
    name: str
    strength_answer: str
    priority_id: int | None


class TieKey(NamedTuple):
    pk: int
    source: str
    target: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What an address asks for: words of a name, a part of each list, or the part where a row stands."""

    q: str = ""
    page: str = ""
    ties: str = ""
    priorities: str = ""
    # The kind and key of a row, such as capability-12.
    at: str = ""
    # What was typed instead of a word: it is said back, and everything is shown.
    signs: str = ""

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "Asked":
        said = {one.name: sent.get(one.name, "").strip()[:LONGEST] for one in fields(cls)}
        said["q"], said["signs"] = words_or_signs(said["q"])
        return cls(**said)

    @property
    def kept(self) -> dict[str, str]:
        """What the address of another part says besides."""
        return {"q": self.q, "page": self.page, "ties": self.ties, "priorities": self.priorities}

    @property
    def place(self) -> tuple[str, int]:
        """Kind and key of the row that is to be seen; without one an empty kind."""
        match = AT.fullmatch(self.at)
        return (match[1], int(match[2])) if match else ("", 0)


@dataclass(frozen=True, kw_only=True)
class Whole:
    """Keys and names of everything in the matrix: little to read, in as many queries for any size."""

    places: list[NestedUnit]
    capabilities: list[CapabilityKey]
    priorities: list[RegionalPriority]
    ties: list[TieKey]
    columns: dict[str, Named]

    @classmethod
    def of(cls, region_map: RegionMap) -> "Whole":
        def rows(model: Any) -> Any:
            return model.objects.filter(region_map=region_map)

        capabilities = [CapabilityKey(*row) for row in rows(Capability).values_list(*CapabilityKey._fields)]
        ties = rows(ActorTie).values_list("pk", "source__name", "target__name", "kind")
        return cls(
            places=nested_units(rows(TerritorialUnit).prefetch_related("parents", "nuts")),
            capabilities=capabilities,
            priorities=list(rows(RegionalPriority).prefetch_related("codes")),
            ties=[TieKey(*row) for row in ties],
            columns={
                "strategies": list(rows(Strategy).values_list("unit_id", "pk", "title")),
                "actors": list(rows(Actor).values_list("units", "pk", "name")),
                "opportunities": list(rows(Opportunity).values_list("units", "pk", "topic")),
                "spaces": list(rows(GovernanceSpace).values_list("units", "pk", "name")),
                **{
                    kind: [(row.unit_id, row.pk, row.name) for row in capabilities if row.kind == kind]
                    for kind in CapabilityKind.values
                },
            },
        )

    @property
    def is_large(self) -> bool:
        count = sum(len(rows) for rows in self.columns.values()) + len(self.ties) + len(self.priorities)
        return len(self.capabilities) > WHOLE_CAPABILITIES or count > WHOLE_ENTRIES


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What is shown of each list, and how many rows the words were found in."""

    asked: Asked
    is_large: bool
    found: int
    lines: ListPages
    ties: ListPages
    priorities: ListPages

    @property
    def q(self) -> str:
        return self.asked.q

    @property
    def is_searched(self) -> bool:
        """One can look for names: in a large matrix, and wherever somebody did."""
        return self.is_large or bool(self.q or self.asked.signs)


def parts_of(whole: Whole, *, asked: Asked) -> tuple[Parts, list[Stretch]]:
    """The part of each list that is shown, and the lines of the table laid out by unit."""
    words = wanted_words(asked.q)
    units = {place.unit.pk: place.unit.name for place in whole.places}
    cells = entries(units=units, columns=whole.columns, words=words)
    ties = [row for row in whole.ties if is_named(f"{row.source} {row.target} {row.kind}", words=words)]
    priorities = [row for row in whole.priorities if is_named(row.name, words=words)]
    parts = Parts(
        asked=asked,
        is_large=whole.is_large,
        found=cells.count + len(ties) + len(priorities),
        lines=_lines(cells, whole=whole, asked=asked),
        ties=_listed(ties, per_page=TIES, key="ties", kind="tie", whole=whole, asked=asked),
        priorities=_listed(
            priorities, per_page=PRIORITIES, key="priorities", kind="priority", whole=whole, asked=asked
        ),
    )
    return parts, cells.stretches(parts.lines.rows)  # type: ignore[arg-type]


def _lines(cells: Entries, *, whole: Whole, asked: Asked) -> ListPages:
    kind, key = asked.place
    places = (cells.line_of(column, key) for column in COLUMNS_OF.get(kind, ()))
    place = next((line for line in places if line is not None), None)
    return _pages(range(cells.lines), per_page=LINES, key="page", place=place, whole=whole, asked=asked)


def _listed(rows: list[Any], *, per_page: int, key: str, kind: str, whole: Whole, asked: Asked) -> ListPages:
    named, wanted = asked.place
    place = next((at for at, row in enumerate(rows) if named == kind and row.pk == wanted), None)
    return _pages(rows, per_page=per_page, key=key, place=place, whole=whole, asked=asked)


def _pages(rows: Any, *, per_page: int, key: str, place: int | None, whole: Whole, asked: Asked) -> ListPages:
    """The part that is asked for by its number, or the one with the row at `place`."""
    size = per_page if whole.is_large else max(len(rows), 1)
    number = getattr(asked, key) if place is None else page_with(rows, per_page=size, place=place)
    anchor = "matrix" if key == "page" else key
    return list_pages(rows, per_page=size, number=number, key=key, anchor=anchor, kept=asked.kept)
