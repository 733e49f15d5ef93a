"""Every threshold of the method in one place. All of them are this product's own choice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

METHOD_VERSION = "stm-1"


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """Numbers a facilitator may change per exercise, with a reason.

    Shares lie in 0..1, levels and differences on the scale 1..5, the others are counts.
    """

    min_coverage: float = 2 / 3  # below: no score, COVERAGE_TOO_LOW
    k_team: int = 3  # respondents behind a statistic the partnership sees
    k_public: int = 5  # respondents behind a statistic the public sees
    perception_flag: float = 1.5  # levels between groups worth talking about
    perception_n: int = 3  # respondents in the other group for a flag
    min_difference: float = 0.3  # below: never worded as a difference
    interval_n: int = 5  # respondents for an interval; fewer: nothing is confirmed
    interval_draws: int = 2000
    min_peers: int = 5  # regions for a median of peers
    robust_share: float = 0.9  # draws in which a statement of order must hold
    weight_change: float = 0.25  # each group's weight is varied by this share
    weight_draws: int = 1000
    tie: float = 1e-9

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_overrides(cls, changes: Mapping[str, Any]) -> Self:
        """The defaults with what an exercise changed: {name: {"value": number, ...}} or {name: number}.

        Names of other packages' thresholds are left alone.
        """
        known = {field.name for field in fields(cls)}
        values = {
            name: item["value"] if isinstance(item, Mapping) else item for name, item in changes.items()
        }
        return cls(**{name: value for name, value in values.items() if name in known})
