"""Every threshold of scores and gaps in one place. All of them are this product's own choice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from math import inf
from typing import Any, Self

METHOD_VERSION = "stm-1"
# Of the code of each analysis under that name. Raised when the same inputs give another result than before:
# no run of an earlier revision comes back as today's, and nothing kept by one is taken over.
REVISIONS = {"gaps": 4, "synergies": 1, "evidence": 1}
LOWEST, HIGHEST = 1, 5  # the scale of levels and of importance

SHARES = ("min_coverage", "confidence", "robust_share", "weight_change", "low_response", "dominance")
# Protection may be made stricter for an exercise, never weaker.
UPWARDS_ONLY = ("k_team", "k_public", "uncertainty")


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Numbers a facilitator may change per exercise, with a reason.

    Shares lie in 0..1, levels and differences on the scale 1..5, the others are counts.
    """

    min_coverage: float = 2 / 3  # below: no score, COVERAGE_TOO_LOW
    k_team: int = 3  # respondents behind a statistic the partnership sees
    k_public: int = 5  # respondents behind a statistic the public sees
    uncertainty: float = 1.0  # levels within which a withheld value could lie, for all that is shown
    perception_flag: float = 1.5  # levels between groups worth talking about
    perception_n: int = 3  # respondents in the other group for a flag
    min_difference: float = 0.3  # below: never worded as a difference
    interval_n: int = 5  # respondents for an interval; fewer: nothing is confirmed
    t_interval_n: int = 30  # from here on Student's t instead of drawing anew
    confidence: float = 0.9  # of an interval: from the 5 % to the 95 % point
    interval_draws: int = 2000
    min_peers: int = 5  # regions for a median of peers
    robust_share: float = 0.9  # scenarios in which a statement of order must hold
    weight_change: float = 0.25  # weights of groups and statements are varied by this share
    weight_draws: int = 1000
    few_answers: int = 10  # fewer respondents: said beside the numbers
    low_response: float = 0.3  # smaller share of those invited: said beside the numbers
    dominance: float = 0.6  # larger share of one group among the answers: said beside the numbers
    tie: float = 1e-9  # "high" means value >= threshold - tie

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            whole = field.type is int
            if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
                raise ValueError(f"{field.name}: expected a {'whole ' if whole else ''}number, got {value!r}")
            if not value >= (1 if whole else 0):
                raise ValueError(f"{field.name}: {value} is too small")
            if value == inf:
                raise ValueError(f"{field.name}: not a finite number")
            if field.name in SHARES and value > 1:
                raise ValueError(f"{field.name}: {value} is not a share between 0 and 1")
        if not 0 < self.confidence < 1:
            raise ValueError(f"confidence: {self.confidence} is not between 0 and 1")

    def to_dict(self) -> dict[str, Any]:
        """The numbers by name, as stored with each result."""
        return asdict(self)

    @classmethod
    def from_overrides(cls, changes: Mapping[str, Any]) -> Self:
        """The defaults with what an exercise changed: {name: {"value": number, ...}} or {name: number}.

        Names of other packages' thresholds are left alone. The smallest group that may be shown
        (k_team, k_public, uncertainty) can only be raised.

        Raises
        ------
        ValueError
            A number is missing, of the wrong kind or out of range; the text names the threshold.
        """
        values: dict[str, Any] = {}
        for field in fields(cls):
            if field.name not in changes:
                continue
            item = changes[field.name]
            value = item.get("value") if isinstance(item, Mapping) else item
            if field.type is int and isinstance(value, float) and value.is_integer():
                value = int(value)  # JSON does not tell 5.0 from 5
            if field.name in UPWARDS_ONLY and isinstance(value, int | float):
                value = max(value, getattr(cls, field.name))
            values[field.name] = value
        return cls(**values)
