"""The whole evidence analysis as a method of its own, from the inputs of a run."""

from dataclasses import fields
from typing import Any

from mapping.analysis.evidence import EvidenceInputs, weigh_statistics


def evidence_analysis(**inputs: Any) -> dict[str, Any]:
    """Evidence from statistics: the inputs of a run in, its result out, number for number.

    Raises
    ------
    ValueError
        The text names the field that is missing, unknown or of the wrong kind.
    """
    known = [field.name for field in fields(EvidenceInputs)]
    for name in inputs:
        if name not in known:
            raise ValueError(f"{name}: unknown, expected {', '.join(known)}")
    return weigh_statistics(EvidenceInputs.from_dict(inputs)).to_dict()
