"""The single findings of the synergy analysis: verdicts with reasons as codes and data, worded elsewhere."""

from dataclasses import dataclass, field
from typing import Any

from mapping.analysis.synergy_inputs import Id


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a verdict was reached: a code, and the ids and numbers a sentence needs."""

    code: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class PairVerdict:
    """A pair of capabilities that have something to do with each other.

    kind: common_strength, complementarity or one_sided_need (a is the strong side, b the one in need).
    coordination: used, loose, unused; None with a reason (NO_DATA: a shared space of unknown depth;
    BETWEEN_REGIONS: governance spaces belong to one region).
    unused_synergy, uncoordinated_overlap: None is *cannot be said*.
    """

    a: Id
    b: Id
    unit_a: Id
    unit_b: Id
    kind: str
    overlap: float
    coordination: str | None
    coordination_reason: str | None
    depth: int | None
    unused_synergy: bool | None
    uncoordinated_overlap: bool | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class CapabilityFinding:
    """A niche: a capability at a leading strength that no regional priority is linked to."""

    capability_id: Id
    unit_id: Id
    code: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class UnitFinding:
    """aligned: share of the unit's capabilities at strength >= 3 that are linked to a priority."""

    unit_id: Id
    aligned: float | None
    reason: str | None
    n_present: int  # capabilities at strength >= 3 whose link is known
    n_linked: int
    n_unknown_strength: int
    n_unknown_link: int
    niche_ids: tuple[Id, ...]


@dataclass(frozen=True, kw_only=True)
class PriorityFinding:
    """uncovered: no unit at strength >= 3; anchored: share of units at strength >= 3."""

    priority_id: Id
    uncovered: bool | None
    anchored: float | None
    reason: str | None
    unit_ids: tuple[Id, ...]  # units at strength >= 3
    n_units: int  # units about which something is known
    unknown_unit_ids: tuple[Id, ...]


@dataclass(frozen=True, kw_only=True)
class AlignmentFinding:
    """D1 both ways between two sides: a unit, a level (kind of unit) or the regional priorities.

    scope: unit_to_priorities, level_to_priorities, unit_to_parent. For the regional priorities `parent` is
    the region's id.
    """

    scope: str
    child: Id
    parent: Id
    child_to_parent: float | None
    parent_to_child: float | None
    soft: float | None
    reason: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, kw_only=True)
class SpaceFinding:
    """kind: missing_seat_unit, missing_seat_helix, no_space, unclear_mandate."""

    kind: str
    code: str
    topic: Id | None
    space_ids: tuple[Id, ...]
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SpacesReport:
    """Coverage and depth of the governance spaces of a region.

    coverage: unit pairs with a synergy that share a space / all unit pairs with a synergy.
    open_coverage: the same among the pairs with an unused or loose synergy only.
    """

    coverage: float | None
    coverage_reason: str | None
    open_coverage: float | None
    n_pairs: int
    n_with_space: int
    n_open: int
    n_open_with_space: int
    n_used: int
    mean_depth: float | None
    mean_depth_reason: str | None
    n_unknown_depth: int
    findings: tuple[SpaceFinding, ...]


@dataclass(frozen=True, kw_only=True)
class NodeFinding:
    id: Id
    group: str
    betweenness: float | None
    brokerage: dict[str, int]
    ei: float | None


@dataclass(frozen=True, kw_only=True)
class NetworkReport:
    """scope: units (tied by a shared space, groups are kinds of unit) or actors (groups are helices)."""

    scope: str
    reason: str | None
    n: int
    n_ties: int
    density: float | None
    ei: float | None
    ei_expected: float | None
    ei_min: float | None
    ei_max: float | None
    ei_rescaled: float | None
    nodes: tuple[NodeFinding, ...]


@dataclass(frozen=True, kw_only=True)
class HelixReport:
    counts: dict[str, int]
    evenness: float | None
    iqv: float | None
    reason: str | None
    missing: tuple[str, ...]
