"""The methods of this package by name: the contract of the vectors in `tests/golden`."""

from collections.abc import Callable
from typing import Any

from governance.scoring import method_indicators as indicators
from governance.scoring import method_ratings as ratings

Method = Callable[..., dict[str, Any]]

# The first line of a method's docstring is its description.
METHODS: dict[str, Method] = {
    "aggregate": indicators.aggregate,
    "bootstrap_mean": ratings.bootstrap_mean,
    "consensus": ratings.consensus,
    "goalposts": indicators.goalposts,
    "group_differences": ratings.group_differences,
    "importance_performance": indicators.importance_performance,
    "krippendorff_alpha": ratings.krippendorff_alpha,
    "margin_of_error": ratings.margin_of_error,
    "mazziotta_pareto": indicators.mazziotta_pareto,
    "normalise": indicators.normalise,
    "rank_robustness": indicators.rank_robustness,
    "required_sample": ratings.required_sample,
    "suppression": ratings.suppression,
    "t_interval": ratings.t_interval,
    "wheel_score": ratings.wheel_score,
    "wilson_interval": ratings.wilson_interval,
    "within_group_agreement": ratings.within_group_agreement,
}
