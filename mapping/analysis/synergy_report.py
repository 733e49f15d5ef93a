"""What the synergy analysis says: findings per region and between regions, and how much of them is noise."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from mapping.analysis.findings import (
    AlignmentFinding,
    CapabilityFinding,
    HelixReport,
    NetworkReport,
    PairVerdict,
    PriorityFinding,
    Reason,
    SpacesReport,
    UnitFinding,
)
from mapping.analysis.plain import from_plain, to_plain
from mapping.analysis.synergy_inputs import Id, SynergyThresholds


@dataclass(frozen=True, kw_only=True)
class Noise:
    """Share of verdicts that remain when strengths are shuffled among the capabilities of a region."""

    share: float | None
    reason: str | None
    n_verdicts: int
    draws: int
    seed: int


@dataclass(frozen=True, kw_only=True)
class RegionSynergies:
    """Inside one region.

    counts: pairs per kind, per coordination, and per cause of an undecided pair; `pairs` holds the strongest.
    """

    region_id: Id
    n_units: int
    n_capabilities: int
    n_pairs: int
    counts: dict[str, int]
    pairs: tuple[PairVerdict, ...]
    niches: tuple[CapabilityFinding, ...]
    units: tuple[UnitFinding, ...]
    priorities: tuple[PriorityFinding, ...]
    alignment: tuple[AlignmentFinding, ...]
    weakest_alignment: int | None  # index in `alignment` of the weakest edge
    spaces: SpacesReport
    networks: tuple[NetworkReport, ...]
    helix: HelixReport
    noise: Noise


@dataclass(frozen=True, kw_only=True)
class TakenOver:
    """A region whose findings stand as an earlier run wrote them: what the totals need of it."""

    counts: dict[str, int]
    noise: Noise


@dataclass(frozen=True, kw_only=True)
class RegionPair:
    """What region `source` can give region `target`. Similarity is no synergy: it stands beside it.

    similarity: Finger-Kreinin on strength-weighted code profiles, 0 to 1, the same both ways.
    complementarity: A10 pair score P(source -> target), 0 to 100; reciprocity 0 to 1.
    fill: A15, share of the target's missing value-chain stages that the source can supply, 0 to 1.
    """

    source: Id
    target: Id
    similarity: float | None
    complementarity: float | None
    reciprocity: float | None
    fill: float | None
    reasons: tuple[Reason, ...]
    examples: tuple[PairVerdict, ...]


@dataclass(frozen=True, kw_only=True)
class SynergyReport:
    method: str
    thresholds: SynergyThresholds
    counts: dict[str, int]
    regions: tuple[RegionSynergies, ...]  # a run may hold TakenOver in their place
    region_pairs: tuple[RegionPair, ...]
    noise: Noise

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        return from_plain(cls, data)
