"""What the analysis of an indicator table reads and reports: counts of territories by domain."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from mapping.analysis.plain import from_plain, to_plain
from mapping.analysis.synergy_inputs import Id


@dataclass(frozen=True, kw_only=True)
class Territory:
    id: Id
    country: str = ""


@dataclass(frozen=True, kw_only=True)
class DeclaredPriority:
    territory_id: Id
    domain: str
    weight: float = 1.0


@dataclass(frozen=True, kw_only=True)
class IndicatorInputs:
    """One table of one territorial level and year; null is not known.

    each: how many things one of the counts stands for, 1,000 in a table of thousands; null where they are no
    counts, and then nothing is tested against noise.
    structure: variables for the choice of peers, conditions that cannot be changed quickly; empty for none.
    """

    territories: tuple[Territory, ...]
    domains: tuple[str, ...]
    counts: tuple[tuple[float | None, ...], ...]
    priorities: tuple[DeclaredPriority, ...] = ()
    structure: tuple[tuple[float | None, ...], ...] = ()
    structure_weights: tuple[float, ...] = ()
    exclude_own_country: bool = False
    top: int = 15  # specialisations, related domains, partners and peers stored per territory
    top_domains: int = 3  # domains named per partner
    method: str = "stm-1"
    each: float | None = 1.0

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return from_plain(cls, data)


@dataclass(frozen=True, kw_only=True)
class Specialisation:
    """confirmed: more than noise (LQ >= 1, at least 5, Poisson p < 0.01); None: no counts, not tested."""

    domain: str
    lq: float
    p_upper: float | None
    confirmed: bool | None


@dataclass(frozen=True, kw_only=True)
class DomainPoints:
    """A domain with its relatedness density (0 to 100), or with the points it adds to a score."""

    domain: str
    points: float


@dataclass(frozen=True, kw_only=True)
class FieldCount:
    """A domain of a territory: count, expected at an equal share, quotient, chance of so many (A1, A2)."""

    domain: str
    count: float
    expected: float | None
    lq: float | None
    p_upper: float | None
    confirmed: bool | None
    density: float | None


@dataclass(frozen=True, kw_only=True)
class PriorityEvidence:
    """type: consolidate, isolated_strength, related_diversification, unsupported; None: not known."""

    domain: str
    type: str | None
    density: float | None


@dataclass(frozen=True, kw_only=True)
class Peer:
    territory_id: Id
    distance: float
    joint_weight: float


@dataclass(frozen=True, kw_only=True)
class Partner:
    territory_id: Id
    score: float
    domains: tuple[DomainPoints, ...]


@dataclass(frozen=True, kw_only=True)
class TerritoryIndicators:
    """reason: ZERO_TOTAL for a territory without any count; its lists are then empty."""

    territory_id: Id
    reason: str | None
    specialisations: tuple[Specialisation, ...]
    related: tuple[DomainPoints, ...]
    evidence: tuple[PriorityEvidence, ...]
    support_index: float | None
    missed: tuple[str, ...]
    peers: tuple[Peer, ...]
    partners: tuple[Partner, ...]


@dataclass(frozen=True, kw_only=True)
class IndicatorReport:
    method: str
    density_threshold: float | None
    territories: tuple[TerritoryIndicators, ...]

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return from_plain(cls, data)
