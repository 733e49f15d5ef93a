"""The whole evidence analysis as a method of its own, from the inputs of a run."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from mapping.analysis.arrays import read_number, read_vector
from mapping.analysis.evidence import EvidenceInputs, weigh_statistics
from mapping.analysis.indicator_tables import IndicatorInputs


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
    for name in known:
        if name not in inputs:
            raise ValueError(f"{name}: missing")
    read = EvidenceInputs.from_dict(inputs)
    _check(read.indicators)
    return weigh_statistics(read).to_dict()


def _check(table: IndicatorInputs) -> None:
    """What no run of the application can hold; ValueError names the field."""
    _once([territory.id for territory in table.territories], "territories")
    _once(table.domains, "domains")
    read_vector([priority.weight for priority in table.priorities], "priorities")
    read_vector(table.structure_weights, "structure_weights")
    if table.structure and not any(table.structure_weights):
        raise ValueError("structure_weights: at least one must be positive")
    for name, rows, negative in (("counts", table.counts, False), ("structure", table.structure, True)):
        for n, row in enumerate(rows):
            read_vector(row, f"{name}[{n}]", missing=True, negative=negative)
    if table.each is not None:
        read_number(table.each, "each")
    for name, most in (("top", table.top), ("top_domains", table.top_domains)):
        if most < 0:
            raise ValueError(f"{name}: {most} is negative")


def _once(keys: Sequence[Any], name: str) -> None:
    twice = next((key for key, n in Counter(keys).items() if n > 1), None)
    if twice is not None:
        raise ValueError(f"{name}: {twice} occurs more than once")
