"""What the synergy analysis reads: units, capabilities, priorities, spaces, actors and the code trees."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self

from mapping.analysis.plain import from_plain, to_plain

Id = int | str

ROLES = ("research", "skills", "supply", "production", "services", "demand")
SMALLEST_WEIGHT = 1e-9  # a smaller one would be lost in rounding
HELICES = ("business", "knowledge", "government", "civil_society")


@dataclass(frozen=True, kw_only=True)
class SynergyThresholds:
    """Every number the verdicts depend on. The defaults are those of method `stm-1`."""

    overlap_same: float = 0.5  # common strength: the same activity
    overlap_related: float = 0.25  # complementarity and need: related activities
    strength_present: int = 3  # critical mass in the region
    strength_leading: int = 4  # visible in the country
    strength_weak: int = 2
    depth_used: int = 3  # coordination, co-decision, joint delivery
    weight_economic: float = 0.5
    weight_scientific: float = 0.25
    weight_policy: float = 0.25
    profile_depth: int = 2  # regions are compared by NACE division: level 2 of the tree
    top_pairs: int = 200  # stored pairs per kind and region
    top_partners: int = 15  # stored partners per region
    top_reasons: int = 5  # codes and stages named per reason; the best partners that get examples
    top_examples: int = 3  # pairs of capabilities shown per such partner
    noise_draws: int = 20
    seed: int = 2020

    def __post_init__(self) -> None:
        for field_ in fields(self):
            value, whole = getattr(self, field_.name), field_.type is int
            if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
                kind = "whole number" if whole else "number"
                raise ValueError(f"{field_.name}: expected a {kind}, got {value!r}")
            if not 0 <= value < float("inf"):
                raise ValueError(f"{field_.name}: {value} is not a number from 0 on")
            if field_.name.startswith("weight_") and 0 < value < SMALLEST_WEIGHT:
                raise ValueError(f"{field_.name}: {value} is neither 0 nor at least {SMALLEST_WEIGHT}")
        if self.overlap_related > self.overlap_same:
            raise ValueError("overlap_related: must not be above overlap_same")
        if not self.strength_weak < self.strength_present <= self.strength_leading:
            raise ValueError("strength_present: must lie above strength_weak and not above strength_leading")

    @classmethod
    def from_overrides(cls, changes: Mapping[str, Any], **others: Any) -> Self:
        """The defaults with what an exercise changed: {name: {"value": number, ...}} or {name: number}.

        Names of other packages' thresholds are left alone. ValueError names the threshold that is wrong.
        """
        values: dict[str, Any] = dict(others)
        for field_ in fields(cls):
            if field_.name in changes:
                item = changes[field_.name]
                value = item.get("value") if isinstance(item, Mapping) else item
                # JSON does not tell 5.0 from 5.
                if field_.type is int and isinstance(value, float) and value.is_integer():
                    value = int(value)
                values[field_.name] = value
        return cls(**values)

    def part_weights(self) -> dict[str, float]:
        return {
            "economic": self.weight_economic,
            "scientific": self.weight_scientific,
            "policy": self.weight_policy,
        }


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    id: Id
    name: str
    kind: str
    region_id: Id
    parent_ids: tuple[Id, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CapabilityRow:
    """A capability of one unit. `strength` None is *not known*, never zero.

    `link_known` False: nobody said whether it is linked to a regional priority. Then it is no niche.
    """

    id: Id
    unit_id: Id
    name: str
    codes: tuple[str, ...] = ()
    strength: int | None = None
    role: str | None = None
    priority_id: Id | None = None
    publicly_funded: bool | None = None
    link_known: bool = True


@dataclass(frozen=True, kw_only=True)
class PriorityRow:
    id: Id
    name: str
    region_id: Id
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MandateRow:
    """`topic` None: the mandate holds for every topic of the space."""

    topic: Id | None
    role: str
    who: str


@dataclass(frozen=True, kw_only=True)
class SpaceRow:
    """A governance space. `depth` None is *not known*; empty `helices` or `unit_ids` are *not recorded*."""

    id: Id
    name: str
    region_id: Id
    depth: int | None = None
    unit_ids: tuple[Id, ...] = ()
    helices: tuple[str, ...] = ()
    topics: tuple[Id, ...] = ()
    all_topics: bool = False
    mandates: tuple[MandateRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActorRow:
    id: Id
    name: str
    helix: str
    region_id: Id
    unit_ids: tuple[Id, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TieRow:
    source: Id
    target: Id


@dataclass(frozen=True, kw_only=True)
class SynergyInputs:
    """Everything one run of the synergy analysis reads; the job row stores it as JSON.

    `code_parents` maps a code with its list in front ("nace:C21") to its parent ("nace:C"), or to None for
    a top code. A code that is not in it stands alone under the root of its list.
    Order matters only for ties: what comes first stays first.
    """

    units: tuple[UnitRow, ...] = ()
    capabilities: tuple[CapabilityRow, ...] = ()
    priorities: tuple[PriorityRow, ...] = ()
    spaces: tuple[SpaceRow, ...] = ()
    actors: tuple[ActorRow, ...] = ()
    ties: tuple[TieRow, ...] = ()
    code_parents: Mapping[str, str | None] = field(default_factory=dict)
    thresholds: SynergyThresholds = SynergyThresholds()
    method: str = "stm-1"

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return from_plain(cls, data)
