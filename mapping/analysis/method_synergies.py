"""The whole synergy analysis as a method of its own, from the inputs of a run."""

from dataclasses import fields
from typing import Any

from mapping.analysis.synergies import find_synergies
from mapping.analysis.synergy_inputs import SynergyInputs

STRENGTHS = range(1, 6)


def synergy_analysis(**inputs: Any) -> dict[str, Any]:
    """The synergy analysis of an exercise: the inputs of a run in, its result out, number for number.

    Raises
    ------
    ValueError
        The text names the field that is missing, of the wrong kind or off the scale.
    """
    known = [field.name for field in fields(SynergyInputs)]
    for name in inputs:
        if name not in known:
            raise ValueError(f"{name}: unknown, expected {', '.join(known)}")
    rows = SynergyInputs.from_dict({name: value for name, value in inputs.items() if value is not None})
    for capability in rows.capabilities:
        if capability.strength is not None and capability.strength not in STRENGTHS:
            raise ValueError(f"strength: {capability.strength} is not from 1 to 5")
    return find_synergies(rows).to_dict()
