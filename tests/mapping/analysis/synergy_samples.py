"""Small invented inputs of the synergy analysis."""

from mapping.analysis.synergy_inputs import (
    CapabilityRow,
    MandateRow,
    PriorityRow,
    SpaceRow,
    SynergyInputs,
    UnitRow,
)
from mapping.analysis.taxonomy import CodeTree

PARENTS = {
    "nace:C": None,
    "nace:C20": "nace:C",
    "nace:C21": "nace:C",
    "nace:C20.1": "nace:C20",
    "nace:J": None,
    "nace:J62": "nace:J",
    "nabs:1": None,
    "nabs:2": None,
    "ford:1": None,
    "ford:1.1": "ford:1",
    "ford:1.2": "ford:1",
    "policy:a": None,
    "policy:b": None,
}
WEIGHTS = {"economic": 0.5, "scientific": 0.25, "policy": 0.25}


def tree():
    return CodeTree(parents=PARENTS)


def unit(key, region="r", kind="city", **values):
    return UnitRow(id=key, name=key, kind=kind, region_id=region, **values)


def capability(key, unit_id, codes=("nace:C20",), **values):
    return CapabilityRow(id=key, unit_id=unit_id, name=key, codes=tuple(codes), **values)


def priority(key, region="r", codes=()):
    return PriorityRow(id=key, name=key, region_id=region, codes=tuple(codes))


def space(key, unit_ids=(), region="r", **values):
    return SpaceRow(id=key, name=key, region_id=region, unit_ids=tuple(unit_ids), **values)


def mandate(role, who, topic=None):
    return MandateRow(topic=topic, role=role, who=who)


def inputs(**rows):
    return SynergyInputs(**{name: tuple(values) for name, values in rows.items()}, code_parents=PARENTS)
