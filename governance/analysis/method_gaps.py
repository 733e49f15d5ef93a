"""The whole gap analysis as a method of its own, from the inputs of a run."""

from collections.abc import Mapping
from typing import Any

from governance.analysis.gap_report import GapInputs
from governance.analysis.gaps import find_gaps
from governance.scoring.settings import HIGHEST, LOWEST, METHOD_VERSION


def gap_analysis(
    *,
    dimensions: Any,
    regions: Any,
    thresholds: Any = None,
    seed: Any = 0,
    method: Any = METHOD_VERSION,
) -> dict[str, Any]:
    """The gap analysis of an exercise: the inputs of a run in, its result out, number for number.

    Raises
    ------
    ValueError
        The text names the field that is missing, of the wrong kind or off the scale.
    """
    if thresholds is not None and not isinstance(thresholds, Mapping):
        raise ValueError("thresholds: expected an object")
    inputs = GapInputs.from_dict(
        {
            "dimensions": dimensions,
            "regions": regions,
            "thresholds": thresholds or {},
            "seed": seed,
            "method": method,
        }
    )
    for region in inputs.regions:
        for item in region.items:
            for name, value in (("level", item.level), ("importance", item.importance)):
                if value is not None and not LOWEST <= value <= HIGHEST:
                    raise ValueError(f"{name}: {value} is not from {LOWEST} to {HIGHEST}")
    return find_gaps(inputs).to_dict()
