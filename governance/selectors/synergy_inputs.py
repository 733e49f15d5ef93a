"""What the synergy analysis reads, from the rows of an exercise. The number of queries does not grow."""

from collections import defaultdict
from typing import Any

from governance.models import GovernanceSpace, Mandate
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

Linked = dict[int, list[Any]]


def _linked(through: Any, row: str, other: str, *, of: dict[str, Any]) -> Linked:
    """Row -> what a table of links ties it to, sorted; values only, as objects cost ten times as much."""
    found: Linked = defaultdict(list)
    for key, value in through.objects.filter(**of).order_by(other).values_list(f"{row}_id", other):
        found[key].append(value)
    return found


def _unit_rows(exercise: Exercise) -> tuple[UnitRow, ...]:
    rows = TerritorialUnit.objects.filter(region_map__exercise=exercise).order_by("pk")
    through, own = TerritorialUnit.parents.through, {"child__region_map__exercise": exercise}
    parents = _linked(through, "child", "parent_id", of=own)
    columns = ("pk", "name", "kind", "region_map__region__slug")
    return tuple(
        UnitRow(id=pk, name=name, kind=kind, region_id=region, parent_ids=tuple(parents.get(pk, ())))
        for pk, name, kind, region in rows.values_list(*columns)
    )


def _capability_rows(exercise: Exercise) -> tuple[CapabilityRow, ...]:
    rows = Capability.objects.filter(region_map__exercise=exercise).order_by("pk")
    codes = _codes_of(Capability, "capability", exercise)
    columns = ("pk", "unit_id", "name", "strength", "role", "priority_id", "publicly_funded")
    return tuple(
        CapabilityRow(
            id=pk,
            unit_id=unit,
            name=name,
            codes=tuple(codes.get(pk, ())),
            strength=strength,
            role=role or None,
            priority_id=priority,
            publicly_funded=funded,
            link_known=answer in (AnswerKind.VALUE, AnswerKind.DOES_NOT_APPLY),
        )
        for pk, unit, name, strength, role, priority, funded, answer in rows.values_list(
            *columns, "priority_answer"
        )
    )


def _codes_of(model: Any, name: str, exercise: Exercise) -> Linked:
    """The keys of each row's codes, sorted as Python sorts them: a database may order letters otherwise."""
    keys = _linked(model.codes.through, name, "code__key", of={f"{name}__region_map__exercise": exercise})
    return {row: sorted(codes) for row, codes in keys.items()}


def _priority_rows(exercise: Exercise) -> tuple[PriorityRow, ...]:
    rows = RegionalPriority.objects.filter(region_map__exercise=exercise).order_by("pk")
    codes = _codes_of(RegionalPriority, "regionalpriority", exercise)
    return tuple(
        PriorityRow(id=pk, name=name, region_id=region, codes=tuple(codes.get(pk, ())))
        for pk, name, region in rows.values_list("pk", "name", "region_map__region__slug")
    )


def _space_rows(exercise: Exercise) -> tuple[SpaceRow, ...]:
    rows = GovernanceSpace.objects.filter(region_map__exercise=exercise).order_by("pk")
    own = {"governancespace__region_map__exercise": exercise}
    units = _linked(GovernanceSpace.units.through, "governancespace", "territorialunit_id", of=own)
    topics = _linked(GovernanceSpace.topics.through, "governancespace", "regionalpriority_id", of=own)
    mandates: dict[int, list[MandateRow]] = defaultdict(list)
    given = Mandate.objects.filter(space__region_map__exercise=exercise).order_by("pk")
    for space, topic, role, who in given.values_list("space_id", "topic_id", "role", "who"):
        mandates[space].append(MandateRow(topic=topic, role=role, who=who))
    columns = ("pk", "name", "region_map__region__slug", "depth", "helices", "all_topics")
    return tuple(
        SpaceRow(
            id=pk,
            name=name,
            region_id=region,
            depth=depth,
            unit_ids=tuple(units.get(pk, ())),
            helices=tuple(sorted(helices)),
            topics=tuple(topics.get(pk, ())),
            all_topics=all_topics,
            mandates=tuple(mandates.get(pk, ())),
        )
        for pk, name, region, depth, helices, all_topics in rows.values_list(*columns)
    )


def _actor_rows(exercise: Exercise) -> tuple[ActorRow, ...]:
    rows = Actor.objects.filter(region_map__exercise=exercise).order_by("pk")
    units = _linked(
        Actor.units.through, "actor", "territorialunit_id", of={"actor__region_map__exercise": exercise}
    )
    columns = ("pk", "name", "helix", "region_map__region__slug")
    return tuple(
        ActorRow(id=pk, name=name, helix=helix, region_id=region, unit_ids=tuple(units.get(pk, ())))
        for pk, name, helix, region in rows.values_list(*columns)
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
    ends = ties.values_list("source_id", "target_id")
    return SynergyInputs(
        units=_unit_rows(exercise),
        capabilities=capabilities,
        priorities=priorities,
        spaces=_space_rows(exercise),
        actors=_actor_rows(exercise),
        ties=tuple(TieRow(source=source, target=target) for source, target in ends),
        code_parents=_code_parents({code for row in (*capabilities, *priorities) for code in row.codes}),
        thresholds=SynergyThresholds.from_overrides(exercise.thresholds, seed=exercise.seed),
    )
