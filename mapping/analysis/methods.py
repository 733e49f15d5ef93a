"""The methods of this package by name: the contract of the vectors in `tests/golden`."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from mapping.analysis import method_networks as networks
from mapping.analysis import method_regions as regions
from mapping.analysis import method_tables as tables

Method = Callable[..., dict[str, Any]]

# The first line of a method's docstring is its description.
METHODS: dict[str, Method] = {
    "alignment": networks.alignment,
    "betweenness": networks.betweenness,
    "brokerage": networks.brokerage,
    "code_similarity": networks.code_similarity,
    "complementarity": regions.complementarity,
    "complexity": tables.complexity,
    "ei_index": networks.ei_index,
    "evidence": regions.evidence,
    "helix_diversity": networks.helix_diversity,
    "location_quotient": tables.location_quotient,
    "location_quotient_significance": tables.location_quotient_significance,
    "profile_similarity": regions.profile_similarity,
    "quadrants": regions.quadrants,
    "reflections": tables.reflections,
    "relatedness": tables.relatedness,
    "relatedness_density": tables.relatedness_density,
    "specialisation_indices": tables.specialisation_indices,
    "structural_distance": regions.structural_distance,
    "value_chain_fill": regions.value_chain_fill,
}


def apply_method(method: Method, inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Call a method with JSON inputs.

    Raises
    ------
    ValueError
        The text names the field that is missing, unknown or malformed.
    """
    fields = dict(inspect.signature(method).parameters)
    # A whole analysis takes its inputs by name and checks them itself.
    rest = [name for name, field in fields.items() if field.kind is inspect.Parameter.VAR_KEYWORD]
    for name in rest:
        del fields[name]
    for name in inputs:
        if name not in fields and not rest:
            raise ValueError(f"{name}: unknown, expected {', '.join(fields)}")
    for name, field in fields.items():
        if field.default is inspect.Parameter.empty and name not in inputs:
            raise ValueError(f"{name}: missing")
    return method(**inputs)
