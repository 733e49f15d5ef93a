"""Governance spaces of a region: coverage, mean depth, missing seats and unclear mandates."""

from collections.abc import Iterator, Sequence

from mapping.analysis.coordination import SpaceTable
from mapping.analysis.findings import SpaceFinding, SpacesReport
from mapping.analysis.pairs import PairSummary
from mapping.analysis.synergy_inputs import (
    HELICES,
    CapabilityRow,
    Id,
    PriorityRow,
    SpaceRow,
    SynergyThresholds,
)

NO_DATA = "NO_DATA"


def judge_spaces(
    rows: Sequence[SpaceRow],
    table: SpaceTable,
    pairs: PairSummary,
    findings: tuple[SpaceFinding, ...],
) -> SpacesReport:
    """Coverage and depth of the spaces of a region.

    coverage
        Pairs of units with a synergy (common strength or complementarity) that share a space on any topic
        / all pairs of units with a synergy. A pair whose synergy is coordinated shares a space by
        definition. No synergy: None, `NO_DATA`.
    open_coverage
        The same among the pairs of units that still have an unused or a loose synergy: how many of them
        already have a table at which to take it up.
    mean_depth
        Mean of the known depths, 1 to 5; none known: None, `NO_DATA`.
    """
    n_units = len(pairs.has_synergy)
    together = table.together()[:n_units, :n_units]
    n_pairs, n_open = int(pairs.has_synergy.sum()), int(pairs.has_open.sum())
    n_with = int((pairs.has_synergy & together).sum())
    n_open_with = int((pairs.has_open & together).sum())
    depths = [row.depth for row in rows if row.depth is not None]
    return SpacesReport(
        coverage=n_with / n_pairs if n_pairs else None,
        coverage_reason=None if n_pairs else NO_DATA,
        open_coverage=n_open_with / n_open if n_open else None,
        n_pairs=n_pairs,
        n_with_space=n_with,
        n_open=n_open,
        n_open_with_space=n_open_with,
        n_used=int(pairs.has_used.sum()),
        mean_depth=sum(depths) / len(depths) if depths else None,
        mean_depth_reason=None if depths else NO_DATA,
        n_unknown_depth=len(rows) - len(depths),
        findings=findings,
    )


def find_missing_seats(
    spaces: Sequence[SpaceRow],
    capabilities: Sequence[CapabilityRow],
    priorities: Sequence[PriorityRow],
    thresholds: SynergyThresholds,
) -> tuple[SpaceFinding, ...]:
    """Per topic: helices, and units with a capability at strength >= 4, absent from every space on it.

    A topic without any space is one finding of its own (`NO_SPACE_ON_TOPIC`) that names those units.
    A space whose members or helices were not recorded might seat anybody: nothing is claimed then.
    """
    findings: list[SpaceFinding] = []
    for priority in priorities:
        on_topic = [s for s in spaces if s.all_topics or priority.id in s.topics]
        leading = {
            c.unit_id: None
            for c in capabilities
            if c.priority_id == priority.id and (c.strength or 0) >= thresholds.strength_leading
        }
        if not on_topic:
            findings.append(
                SpaceFinding(
                    kind="no_space",
                    code="NO_SPACE_ON_TOPIC",
                    topic=priority.id,
                    space_ids=(),
                    data={"leading_unit_ids": list(leading)},
                )
            )
            continue
        findings.extend(_absent(priority.id, on_topic, list(leading)))
    return tuple(findings)


def _absent(topic: Id, on_topic: Sequence[SpaceRow], leading: Sequence[Id]) -> Iterator[SpaceFinding]:
    space_ids = tuple(space.id for space in on_topic)
    if all(space.unit_ids for space in on_topic):
        seated = {unit for space in on_topic for unit in space.unit_ids}
        for unit in leading:
            if unit not in seated:
                yield SpaceFinding(
                    kind="missing_seat_unit",
                    code="LEADING_UNIT_ABSENT",
                    topic=topic,
                    space_ids=space_ids,
                    data={"unit_id": unit},
                )
    if all(space.helices for space in on_topic):
        present = {helix for space in on_topic for helix in space.helices}
        for helix in HELICES:
            if helix not in present:
                yield SpaceFinding(
                    kind="missing_seat_helix",
                    code="HELIX_ABSENT",
                    topic=topic,
                    space_ids=space_ids,
                    data={"helix": helix},
                )


def find_unclear_mandates(spaces: Sequence[SpaceRow]) -> tuple[SpaceFinding, ...]:
    """Per space and topic: two deciders, none, or none who carries out.

    A mandate without a topic holds for all topics of its space. A space that names no topic is judged once,
    as a whole (topic None). A space for which no mandate at all was recorded is `NO_MANDATE_RECORDED`, once.
    """
    findings = []
    for space in spaces:
        if not space.mandates:
            findings.append(_unclear(space, None, "NO_MANDATE_RECORDED", []))
            continue
        named = dict.fromkeys([*space.topics, *(m.topic for m in space.mandates if m.topic is not None)])
        topics: list[Id | None] = list(named)
        if space.all_topics or not topics:
            topics.insert(0, None)
        for topic in topics:
            deciders = _bodies(space, topic, "decides")
            if len(deciders) > 1:
                findings.append(_unclear(space, topic, "SEVERAL_DECIDERS", deciders))
            if not deciders:
                findings.append(_unclear(space, topic, "NO_DECIDER", []))
            if not _bodies(space, topic, "carries_out"):
                findings.append(_unclear(space, topic, "NOBODY_CARRIES_OUT", []))
    return tuple(findings)


def _bodies(space: SpaceRow, topic: Id | None, role: str) -> list[str]:
    """Distinct bodies with a role on a topic; a mandate for all topics counts on each."""
    return list(dict.fromkeys(m.who for m in space.mandates if m.role == role and m.topic in (None, topic)))


def _unclear(space: SpaceRow, topic: Id | None, code: str, who: list[str]) -> SpaceFinding:
    return SpaceFinding(
        kind="unclear_mandate", code=code, topic=topic, space_ids=(space.id,), data={"who": who}
    )
