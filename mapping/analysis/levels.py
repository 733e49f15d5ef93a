"""Alignment of levels (D1 both ways): units, kinds of unit and the regional priorities on one taxonomy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from mapping.analysis.findings import AlignmentFinding, Reason
from mapping.analysis.similarity import CodeOverlap, code_overlap
from mapping.analysis.synergy_inputs import CapabilityRow, Id, PriorityRow, SynergyThresholds, UnitRow
from mapping.analysis.taxonomy import SimilarityTable, list_of


def align_levels(
    region_id: Id,
    units: Sequence[UnitRow],
    capabilities: Sequence[CapabilityRow],
    priorities: Sequence[PriorityRow],
    *,
    table: SimilarityTable,
    thresholds: SynergyThresholds,
) -> tuple[AlignmentFinding, ...]:
    """Every edge of the chain of levels, both ways; edges are never averaged.

    A unit's side is its capabilities of known strength: each spreads its strength over its codes of a
    list. The regional side is its priorities: each spreads 1 over its codes. A low value is no defect:
    the roles may complement each other.

    Returns
    -------
    unit -> regional priorities and level (kind of unit) -> regional priorities; unit -> parent unit where
    the parent is on the same map. A side without codes: None, `NO_DATA`.
    """
    by_unit: defaultdict[Id, list[CapabilityRow]] = defaultdict(list)
    for capability in capabilities:
        by_unit[capability.unit_id].append(capability)
    goals = _code_weights((priority.codes, 1.0) for priority in priorities)
    kinds: defaultdict[str, list[CapabilityRow]] = defaultdict(list)
    for unit in units:
        kinds[unit.kind].extend(by_unit[unit.id])
    profiles = {unit.id: _profile(by_unit[unit.id]) for unit in units}
    edges: list[tuple[str, Id, Id, Mapping[str, float], Mapping[str, float]]] = []
    edges += [("unit_to_priorities", unit.id, region_id, profiles[unit.id], goals) for unit in units]
    edges += [("level_to_priorities", kind, region_id, _profile(rows), goals) for kind, rows in kinds.items()]
    edges += [
        ("unit_to_parent", unit.id, parent, profiles[unit.id], profiles[parent])
        for unit in units
        for parent in unit.parent_ids
        if parent in profiles
    ]
    weights = thresholds.part_weights()
    return tuple(
        _finding(scope, child, parent, code_overlap(a, b, table=table, weights=weights), (a, b))
        for scope, child, parent, a, b in edges
    )


def weakest_edge(findings: Sequence[AlignmentFinding]) -> int | None:
    """Index of the edge between single units or a unit and the region with the lowest alignment."""
    known = [
        (finding.soft, n)
        for n, finding in enumerate(findings)
        if finding.soft is not None and finding.scope != "level_to_priorities"
    ]
    return min(known)[1] if known else None


def _profile(capabilities: Iterable[CapabilityRow]) -> dict[str, float]:
    return _code_weights((c.codes, float(c.strength)) for c in capabilities if c.strength is not None)


def _code_weights(rows: Iterable[tuple[Sequence[str], float]]) -> dict[str, float]:
    """Spread each row's weight evenly over its codes of a list, so that many codes do not weigh more."""
    weights: defaultdict[str, float] = defaultdict(float)
    for codes, weight in rows:
        distinct = dict.fromkeys(codes)
        lists = [list_of(code) for code in distinct]
        for code in distinct:
            weights[code] += weight / lists.count(list_of(code))
    return dict(weights)


def _finding(
    scope: str,
    child: Id,
    parent: Id,
    overlap: CodeOverlap,
    sides: tuple[Mapping[str, float], Mapping[str, float]],
) -> AlignmentFinding:
    reasons: tuple[Reason, ...] = ()
    if overlap.value is not None:
        near_a = {m.a for part in overlap.parts for m in part.matches}
        near_b = {m.b for part in overlap.parts for m in part.matches}
        parts = [
            {"part": p.part, "weight": p.weight, "child_to_parent": p.a_to_b, "parent_to_child": p.b_to_a}
            for p in overlap.parts
        ]
        data = {
            "parts": parts,
            "shared_codes": sorted(set(sides[0]) & set(sides[1])),
            "child_only": sorted(set(sides[0]) - near_a),
            "parent_only": sorted(set(sides[1]) - near_b),
        }
        reasons = (Reason(code="CODES_COMPARED", data=data),)
    return AlignmentFinding(
        scope=scope,
        child=child,
        parent=parent,
        child_to_parent=overlap.a_to_b,
        parent_to_child=overlap.b_to_a,
        soft=overlap.value,
        reason=overlap.reason,
        reasons=reasons,
    )
