"""The matrix of a region: units by what they can do, who acts there, what is open, and where levels meet.

Of a large one a part is shown (matrix_parts.py); what its heading counts is always the whole.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.models import GovernanceSpace, Opportunity
from governance.selectors.matrix_lines import COLUMNS, Shown, Stretch
from governance.selectors.matrix_parts import Asked, Parts, Whole, parts_of
from governance.selectors.threads import open_about_rows
from mapping.enums import AnswerKind, CapabilityKind, ChainRole, Strength
from mapping.models import Actor, ActorTie, Capability, RegionalPriority, RegionMap, Strategy
from mapping.selectors.fields import answer_value
from mapping.selectors.matrix import NestedUnit, addable_units
from mapping.selectors.records import is_open, reachable_maps


@dataclass(frozen=True, kw_only=True)
class MatrixItem:
    """A capability in its cell."""

    row: Capability
    codes: list[str]
    strength: str
    role: str
    strength_provenance: str
    may_edit: bool


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """A unit with its five cells; without a unit: what no unit is named for."""

    place: NestedUnit | None
    strategies: list[Strategy]
    horizontal: list[MatrixItem]
    sectoral: list[MatrixItem]
    actors: list[Actor]
    opportunities: list[Opportunity]
    spaces: list[GovernanceSpace]
    may_edit: bool
    # How much of each cell stands here, by column; `goes_on`: its first lines stand on an earlier page.
    shown: Mapping[str, Shown]
    goes_on: bool


@dataclass(frozen=True, kw_only=True)
class MatrixPriority:
    row: RegionalPriority
    codes: list[str]
    linked: int


@dataclass(frozen=True, kw_only=True)
class MatrixPage:
    region_map: RegionMap
    rows: list[MatrixRow]
    priorities: list[MatrixPriority]
    ties: list[ActorTie]
    parts: Parts
    units: int
    capabilities: int
    answered: int
    may_edit: bool
    may_edit_whole: bool
    is_open: bool
    # Open discussions by kind and key of the row; `may_discuss`: the person works on this map.
    talks: dict[str, dict[int, int]]
    may_discuss: bool

    @property
    def writable(self) -> bool:
        return self.may_edit and self.is_open

    @property
    def strengths(self) -> list[tuple[str, Any]]:
        steps = [(str(value), f"{value} · {label}") for value, label in Strength.choices]
        first, *others = plain_answers()
        return [first, *steps, *others]

    @property
    def roles(self) -> list[tuple[str, Any]]:
        return list(ChainRole.choices)


def plain_answers() -> list[tuple[str, Any]]:
    kinds = (AnswerKind.NO_INFORMATION, AnswerKind.DOES_NOT_APPLY)
    return [("", AnswerKind.UNANSWERED.label), *((str(kind), kind.label) for kind in kinds)]


def find_matrix(*, pk: int, user: Any) -> RegionMap | None:
    """The map on the partners' side."""
    related = ("region", "exercise__project")
    return reachable_maps(user=user).select_related(*related).filter(pk=pk).first()


def economic(codes: Iterable[Any]) -> list[str]:
    return [code.code for code in codes if code.key.startswith("nace:")]


def matrix_page(*, region_map: RegionMap, user: Any, asked: Asked | None = None) -> MatrixPage:
    """What was asked for of the matrix. The same number of queries for any number of rows."""
    may_edit_whole = user.has_perm("mapping.change_whole_matrix", region_map)
    may_add = {unit.pk for unit in addable_units(region_map=region_map, user=user)}
    open_now = is_open(region_map)
    whole = Whole.of(region_map)
    parts, stretches = parts_of(whole, asked=asked or Asked())
    linked = Counter(row.priority_id for row in whole.capabilities)
    cells = Cells.of(stretches, places=whole.places, writable=may_add if open_now else set())
    return MatrixPage(
        region_map=region_map,
        rows=[cells.row(stretch) for stretch in stretches],
        priorities=[
            MatrixPriority(row=row, codes=economic(row.codes.all()), linked=linked[row.pk])
            for row in parts.priorities.rows
        ],
        ties=shown_ties(parts),
        parts=parts,
        units=len(whole.places),
        capabilities=len(whole.capabilities),
        answered=sum(row.strength_answer != AnswerKind.UNANSWERED for row in whole.capabilities),
        may_edit=may_edit_whole or bool(may_add),
        may_edit_whole=may_edit_whole,
        is_open=open_now,
        talks=open_about_rows(region_map=region_map, user=user),
        may_discuss=user.has_perm("governance.discuss", region_map),
    )


def shown_ties(parts: Parts) -> list[ActorTie]:
    keys = [row.pk for row in parts.ties.rows]
    return list(ActorTie.objects.filter(pk__in=keys).select_related("source", "target"))


ROWS: dict[str, Any] = {
    "strategies": Strategy,
    "actors": Actor,
    "opportunities": Opportunity,
    "spaces": GovernanceSpace,
}


@dataclass(frozen=True, kw_only=True)
class Cells:
    """The rows that are shown, by column and key, ready to be laid out unit by unit."""

    found: Mapping[str, Mapping[int, Any]]
    places: Mapping[int, NestedUnit]
    writable: set[int]

    @classmethod
    def of(cls, stretches: list[Stretch], *, places: list[NestedUnit], writable: set[int]) -> "Cells":
        wanted = {column: {pk for one in stretches for pk in one.keys[column]} for column in COLUMNS}
        found = {column: model.objects.in_bulk(wanted[column]) for column, model in ROWS.items()}
        capabilities = Capability.objects.select_related("priority").prefetch_related("codes")
        both = capabilities.in_bulk(wanted["horizontal"] | wanted["sectoral"])
        found |= {str(kind): both for kind in CapabilityKind.values}
        return cls(found=found, places={place.unit.pk: place for place in places}, writable=writable)

    def row(self, stretch: Stretch) -> MatrixRow:
        """A unit, or a part of one; for what names no unit a row without a place."""
        may_edit = stretch.unit in self.writable
        cells = {column: [self.found[column][pk] for pk in stretch.keys[column]] for column in COLUMNS}
        for kind in CapabilityKind.values:
            cells[kind] = [matrix_item(row, may_edit=may_edit) for row in cells[kind]]
        place = self.places[stretch.unit] if stretch.unit is not None else None
        return MatrixRow(
            **cells, place=place, may_edit=may_edit, shown=stretch.shown, goes_on=stretch.goes_on
        )


def matrix_item(row: Capability, *, may_edit: bool) -> MatrixItem:
    return MatrixItem(
        row=row,
        codes=economic(row.codes.all()),
        strength=answer_value(row.strength, kind=row.strength_answer),
        role=row.role,
        strength_provenance=row.field_provenance.get("strength", ""),
        may_edit=may_edit,
    )
