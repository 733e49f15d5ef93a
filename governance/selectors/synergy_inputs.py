"""What the synergy analysis reads, from the rows of an exercise. The number of queries does not grow."""

from typing import Any

from governance.models import GovernanceSpace
from mapping.analysis.synergy_inputs import (
    ActorRow,
    CapabilityRow,
    MandateRow,
    PriorityRow,
    SpaceRow,
    SynergyInputs,
    SynergyThresholds,
    TieRow,
    UnitRow,
)
from mapping.enums import AnswerKind
from mapping.models import Actor, ActorTie, Capability, Code, Exercise, RegionalPriority, TerritorialUnit


def _ids(rows: Any) -> tuple[int, ...]:
    return tuple(sorted(row.pk for row in rows))


def _unit_rows(exercise: Exercise) -> tuple[UnitRow, ...]:
    units = TerritorialUnit.objects.filter(region_map__exercise=exercise).select_related("region_map__region")
    return tuple(
        UnitRow(
            id=unit.pk,
            name=unit.name,
            kind=unit.kind,
            region_id=unit.region_map.region.slug,
            parent_ids=_ids(unit.parents.all()),
        )
        for unit in units.prefetch_related("parents").order_by("pk")
    )


def _capability_rows(exercise: Exercise) -> tuple[CapabilityRow, ...]:
    rows = Capability.objects.filter(region_map__exercise=exercise).prefetch_related("codes")
    return tuple(
        CapabilityRow(
            id=row.pk,
            unit_id=row.unit_id,
            name=row.name,
            codes=tuple(sorted(code.key for code in row.codes.all())),
            strength=row.strength,
            role=row.role or None,
            priority_id=row.priority_id,
            publicly_funded=row.publicly_funded,
            link_known=row.priority_answer in (AnswerKind.VALUE, AnswerKind.DOES_NOT_APPLY),
        )
        for row in rows.order_by("pk")
    )


def _priority_rows(exercise: Exercise) -> tuple[PriorityRow, ...]:
    rows = RegionalPriority.objects.filter(region_map__exercise=exercise).select_related("region_map__region")
    return tuple(
        PriorityRow(
            id=row.pk,
            name=row.name,
            region_id=row.region_map.region.slug,
            codes=tuple(sorted(code.key for code in row.codes.all())),
        )
        for row in rows.prefetch_related("codes").order_by("pk")
    )


def _space_rows(exercise: Exercise) -> tuple[SpaceRow, ...]:
    rows = GovernanceSpace.objects.filter(region_map__exercise=exercise).select_related("region_map__region")
    return tuple(
        SpaceRow(
            id=row.pk,
            name=row.name,
            region_id=row.region_map.region.slug,
            depth=row.depth,
            unit_ids=_ids(row.units.all()),
            helices=tuple(sorted(row.helices)),
            topics=_ids(row.topics.all()),
            all_topics=row.all_topics,
            mandates=tuple(
                MandateRow(topic=mandate.topic_id, role=mandate.role, who=mandate.who)
                for mandate in row.mandates.all()
            ),
        )
        for row in rows.prefetch_related("units", "topics", "mandates").order_by("pk")
    )


def _actor_rows(exercise: Exercise) -> tuple[ActorRow, ...]:
    rows = Actor.objects.filter(region_map__exercise=exercise).select_related("region_map__region")
    return tuple(
        ActorRow(
            id=row.pk,
            name=row.name,
            helix=row.helix,
            region_id=row.region_map.region.slug,
            unit_ids=_ids(row.units.all()),
        )
        for row in rows.prefetch_related("units").order_by("pk")
    )


def _code_parents(used: set[str]) -> dict[str, str | None]:
    """The branches of the code trees that the used codes stand on; one query."""
    tree = dict(Code.objects.values_list("key", "parent__key"))
    branches: dict[str, str | None] = {}
    waiting = sorted(used)
    while waiting:
        code = waiting.pop()
        if code in tree and code not in branches:
            branches[code] = tree[code]
            if tree[code]:
                waiting.append(tree[code])
    return dict(sorted(branches.items()))


def synergy_inputs(*, exercise: Exercise) -> SynergyInputs:
    capabilities, priorities = _capability_rows(exercise), _priority_rows(exercise)
    ties = ActorTie.objects.filter(region_map__exercise=exercise).order_by("pk")
    return SynergyInputs(
        units=_unit_rows(exercise),
        capabilities=capabilities,
        priorities=priorities,
        spaces=_space_rows(exercise),
        actors=_actor_rows(exercise),
        ties=tuple(TieRow(source=tie.source_id, target=tie.target_id) for tie in ties),
        code_parents=_code_parents({code for row in (*capabilities, *priorities) for code in row.codes}),
        thresholds=SynergyThresholds.from_overrides(exercise.thresholds, seed=exercise.seed),
    )
