"""The matrix of a region: units by what they can do, who acts there, what is open, and where levels meet."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from governance.models import GovernanceSpace, Opportunity
from governance.selectors.threads import open_about_rows
from mapping.enums import AnswerKind, CapabilityKind, ChainRole, Strength
from mapping.models import (
    Actor,
    ActorTie,
    Capability,
    RegionalPriority,
    RegionMap,
    Strategy,
    TerritorialUnit,
)
from mapping.selectors.fields import answer_value
from mapping.selectors.matrix import NestedUnit, addable_units, nested_units
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


def by_unit(rows: Iterable[Any]) -> dict[int | None, list[Any]]:
    """Rows that may belong to several units, under each of them; under none when they name no unit."""
    found: dict[int | None, list[Any]] = {}
    for row in rows:
        for key in [unit.pk for unit in row.units.all()] or [None]:
            found.setdefault(key, []).append(row)
    return found


def matrix_page(*, region_map: RegionMap, user: Any) -> MatrixPage:
    """The whole matrix. The same number of queries for any number of rows."""

    def rows(model: Any, *links: str) -> Any:
        return model.objects.filter(region_map=region_map).prefetch_related(*links)

    may_edit_whole = user.has_perm("mapping.change_whole_matrix", region_map)
    may_add = {unit.pk for unit in addable_units(region_map=region_map, user=user)}
    open_now = is_open(region_map)
    capabilities = list(rows(Capability, "codes").select_related("priority"))
    linked = Counter(row.priority_id for row in capabilities)
    places = nested_units(rows(TerritorialUnit, "parents", "nuts"))
    cells = Cells(
        capabilities=capabilities,
        strategies=list(rows(Strategy)),
        shared=[by_unit(rows(model, "units")) for model in (Actor, Opportunity, GovernanceSpace)],
        writable=may_add if open_now else set(),
    )
    return MatrixPage(
        region_map=region_map,
        rows=[cells.row(place) for place in places] + cells.without_unit(),
        priorities=[
            MatrixPriority(row=row, codes=economic(row.codes.all()), linked=linked[row.pk])
            for row in rows(RegionalPriority, "codes")
        ],
        ties=list(rows(ActorTie).select_related("source", "target")),
        units=len(places),
        capabilities=len(capabilities),
        answered=sum(row.strength_answer != AnswerKind.UNANSWERED for row in capabilities),
        may_edit=may_edit_whole or bool(may_add),
        may_edit_whole=may_edit_whole,
        is_open=open_now,
        talks=open_about_rows(region_map=region_map, user=user),
        may_discuss=user.has_perm("governance.discuss", region_map),
    )


@dataclass(frozen=True, kw_only=True)
class Cells:
    """All rows of the map, ready to be laid out unit by unit."""

    capabilities: list[Capability]
    strategies: list[Strategy]
    shared: list[dict[int | None, list[Any]]]
    writable: set[int]

    def items(self, unit_pk: int, kind: str) -> list[MatrixItem]:
        mine = [row for row in self.capabilities if row.unit_id == unit_pk and row.kind == kind]
        return [matrix_item(row, may_edit=unit_pk in self.writable) for row in mine]

    def row(self, place: NestedUnit) -> MatrixRow:
        pk = place.unit.pk
        actors, opportunities, spaces = (found.get(pk, []) for found in self.shared)
        return MatrixRow(
            place=place,
            strategies=[row for row in self.strategies if row.unit_id == pk],
            horizontal=self.items(pk, CapabilityKind.HORIZONTAL),
            sectoral=self.items(pk, CapabilityKind.SECTORAL),
            actors=actors,
            opportunities=opportunities,
            spaces=spaces,
            may_edit=pk in self.writable,
        )

    def without_unit(self) -> list[MatrixRow]:
        """A last row for what names no unit, when there is such a thing."""
        actors, opportunities, spaces = (found.get(None, []) for found in self.shared)
        if not (actors or opportunities or spaces):
            return []
        empty: Any = {"strategies": [], "horizontal": [], "sectoral": [], "place": None, "may_edit": False}
        return [MatrixRow(**empty, actors=actors, opportunities=opportunities, spaces=spaces)]


def matrix_item(row: Capability, *, may_edit: bool) -> MatrixItem:
    return MatrixItem(
        row=row,
        codes=economic(row.codes.all()),
        strength=answer_value(row.strength, kind=row.strength_answer),
        role=row.role,
        strength_provenance=row.field_provenance.get("strength", ""),
        may_edit=may_edit,
    )
