"""What the gap analysis reads and says. Codes and numbers only; sentences are made elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from governance.analysis.plain import from_plain, to_plain
from governance.scoring.dimensions import AnsweredItem, Score
from governance.scoring.settings import METHOD_VERSION, Thresholds


@dataclass(frozen=True, kw_only=True)
class RegionAnswers:
    """One region's answers. `released`: its scores may serve as peers of others."""

    region: str
    released: bool
    items: tuple[AnsweredItem, ...]
    invited: dict[str, int]
    targets: dict[str, int | None]


@dataclass(frozen=True, kw_only=True)
class GapInputs:
    """Everything one run reads; the job row stores it as JSON."""

    dimensions: tuple[str, ...]
    regions: tuple[RegionAnswers, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    seed: int = 0
    method: str = METHOD_VERSION

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        made: Self = from_plain(cls, data)
        return made


@dataclass(frozen=True, kw_only=True)
class DimensionGap:
    """One dimension of one region; levels 1..5, gaps in levels, None with a reason.

    target_gap: max(0, target - score). confirmed: the whole interval lies below the target; None when
    there is no interval. peer_gap: median of the other released regions - score.
    """

    code: str
    score: float | None
    reason: str
    n: int
    invited: int | None
    coverage: float | None
    lower: float | None
    upper: float | None
    interval_reason: str
    target: int | None
    target_gap: float | None
    confirmed: bool | None
    peers: int
    peer_median: float | None
    peer_gap: float | None
    best: float | None
    best_gap: float | None
    peer_reason: str
    importance: float | None
    alpha: float | None
    between_groups: float | None
    needed: int


@dataclass(frozen=True, kw_only=True)
class PerceptionGap:
    """team - other on one core statement; flagged at |1.5| or more with n >= 3 in the other group."""

    code: str
    dimension: str
    other: str
    team: float | None
    value: float | None
    gap: float | None
    n: int
    flagged: bool


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """Importance by performance of one statement (B7): quadrant act_first, keep_strong, watch, enough."""

    code: str
    dimension: str
    importance: float
    level: float
    gap: float
    weighted_gap: float
    quadrant: str


@dataclass(frozen=True, kw_only=True)
class Agreement:
    code: str
    dimension: str
    consensus: float | None
    n: int
    # respondents per level "1".."5" and per kind: no_information, does_not_apply, unanswered
    counts: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class OrderStatement:
    """`wider` has the wider gap than `narrower`; share of scenarios in which that holds, and whether robust."""

    wider: str
    narrower: str
    leave_one_out: float | None
    weights: float | None
    robust: bool


@dataclass(frozen=True, kw_only=True)
class Warning:
    code: str
    region: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RegionGaps:
    region: str
    released: bool
    n: int
    invited: int | None
    coverage: float | None
    overall: float | None
    scores: tuple[Score, ...]
    dimensions: tuple[DimensionGap, ...]
    order: tuple[str, ...]  # dimensions by target gap, widest first; without target at the end
    statements_of_order: tuple[OrderStatement, ...]
    perception: tuple[PerceptionGap, ...]
    work: tuple[WorkItem, ...]
    agreement: tuple[Agreement, ...]


@dataclass(frozen=True, kw_only=True)
class GapReport:
    method: str
    thresholds: Thresholds
    seed: int
    dimensions: tuple[str, ...]
    importance_line: float | None  # mean over all statements of all released regions
    level_line: float | None
    regions: tuple[RegionGaps, ...]
    warnings: tuple[Warning, ...]

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        made: Self = from_plain(cls, data)
        return made
