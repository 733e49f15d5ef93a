"""The whole gap analysis as a method of its own, from the inputs of a run."""

from collections import Counter
from collections.abc import Mapping, Sequence
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
    _check(inputs)
    return find_gaps(inputs).to_dict()


def _check(inputs: GapInputs) -> None:
    """What no run of the application can hold; ValueError names the field."""
    if inputs.seed < 0:
        raise ValueError(f"seed: {inputs.seed} is negative")
    _once(inputs.dimensions, "dimensions")
    _once([region.region for region in inputs.regions], "regions")
    for region in inputs.regions:
        for group, n in region.invited.items():
            if n < 0:
                raise ValueError(f"invited: {n} of {group} is negative")
        for target in region.targets.values():
            _on_scale(target, "targets")
        for item in region.items:
            _on_scale(item.level, "level")
            _on_scale(item.importance, "importance")
        _once([(item.code, item.group, item.respondent, item.unit) for item in region.items], "items")


def _on_scale(value: int | None, name: str) -> None:
    if value is not None and not LOWEST <= value <= HIGHEST:
        raise ValueError(f"{name}: {value} is not from {LOWEST} to {HIGHEST}")


def _once(keys: Sequence[Any], name: str) -> None:
    twice = next((key for key, n in Counter(keys).items() if n > 1), None)
    if twice is not None:
        words = (
            twice if isinstance(twice, str) else ", ".join(str(part) for part in twice if part is not None)
        )
        raise ValueError(f"{name}: {words} occurs more than once")
