"""Niches and alignment per unit, coverage and anchoring per regional priority."""

from collections import defaultdict
from collections.abc import Sequence

from mapping.analysis.findings import CapabilityFinding, PriorityFinding, Reason, UnitFinding
from mapping.analysis.synergy_inputs import CapabilityRow, Id, PriorityRow, SynergyThresholds, UnitRow

NO_DATA = "NO_DATA"


def find_niches(
    capabilities: Sequence[CapabilityRow], thresholds: SynergyThresholds
) -> tuple[CapabilityFinding, ...]:
    """Capabilities at strength >= 4 that are linked to no regional priority, said on purpose."""
    return tuple(
        CapabilityFinding(
            capability_id=c.id,
            unit_id=c.unit_id,
            code="NICHE",
            reasons=(
                Reason(
                    code="LEADING_WITHOUT_PRIORITY",
                    data={"strength": c.strength, "threshold": thresholds.strength_leading},
                ),
            ),
        )
        for c in capabilities
        if c.strength is not None
        and c.strength >= thresholds.strength_leading
        and c.priority_id is None
        and c.link_known
    )


def judge_units(
    units: Sequence[UnitRow], capabilities: Sequence[CapabilityRow], thresholds: SynergyThresholds
) -> tuple[UnitFinding, ...]:
    """Per unit: share of capabilities at strength >= 3 that are linked to a priority, and its niches.

    Unknown strengths and unknown links are counted beside the share, never in it. No capability at
    strength >= 3 with a known link: None, `NO_DATA`.
    """
    by_unit: defaultdict[Id, list[CapabilityRow]] = defaultdict(list)
    for capability in capabilities:
        by_unit[capability.unit_id].append(capability)
    return tuple(_judge_unit(unit, by_unit[unit.id], thresholds) for unit in units)


def _judge_unit(
    unit: UnitRow, capabilities: Sequence[CapabilityRow], thresholds: SynergyThresholds
) -> UnitFinding:
    present = [c for c in capabilities if (c.strength or 0) >= thresholds.strength_present]
    known = [c for c in present if c.priority_id is not None or c.link_known]
    linked = [c for c in known if c.priority_id is not None]
    return UnitFinding(
        unit_id=unit.id,
        aligned=len(linked) / len(known) if known else None,
        reason=None if known else NO_DATA,
        n_present=len(known),
        n_linked=len(linked),
        n_unknown_strength=sum(c.strength is None for c in capabilities),
        n_unknown_link=len(present) - len(known),
        niche_ids=tuple(finding.capability_id for finding in find_niches(capabilities, thresholds)),
    )


def judge_priorities(
    priorities: Sequence[PriorityRow],
    units: Sequence[UnitRow],
    capabilities: Sequence[CapabilityRow],
    thresholds: SynergyThresholds,
) -> tuple[PriorityFinding, ...]:
    """Per regional priority: is it uncovered, and how widely is it anchored.

    uncovered
        No unit has a linked capability at strength >= 3. None (`NO_DATA`) while a linked capability of
        unknown strength could still cover it, or when no capability at all is on the map.
    anchored
        Units with a linked capability at strength >= 3 / units about which this is known. A unit without
        any capability on the map, or whose only candidates have no known strength, is not in the share.
    """
    on_map = {c.unit_id for c in capabilities}
    mapped = [unit.id for unit in units if unit.id in on_map]
    strong: defaultdict[Id, set[Id]] = defaultdict(set)
    unclear: defaultdict[Id, set[Id]] = defaultdict(set)
    for c in capabilities:
        if c.priority_id is None:
            continue
        if c.strength is None:
            unclear[c.priority_id].add(c.unit_id)
        elif c.strength >= thresholds.strength_present:
            strong[c.priority_id].add(c.unit_id)
    findings = []
    for priority in priorities:
        anchored_in = tuple(unit for unit in mapped if unit in strong[priority.id])
        unknown = tuple(unit for unit in mapped if unit in unclear[priority.id] - strong[priority.id])
        n_units = len(mapped) - len(unknown)
        uncovered = None if not anchored_in and (unknown or not mapped) else not anchored_in
        findings.append(
            PriorityFinding(
                priority_id=priority.id,
                uncovered=uncovered,
                anchored=len(anchored_in) / n_units if n_units else None,
                reason=NO_DATA if uncovered is None or not n_units else None,
                unit_ids=anchored_in,
                n_units=n_units,
                unknown_unit_ids=unknown,
            )
        )
    return tuple(findings)
