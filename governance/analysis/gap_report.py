"""What the gap analysis reads and says. Codes and numbers only; sentences are made elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from governance.scoring.answer_table import AnswerTable
from governance.scoring.settings import METHOD_VERSION, Thresholds
from governance.scoring.statements import Score
from mapping.analysis.plain import from_plain, to_plain


@dataclass(frozen=True, kw_only=True)
class RegionAnswers:
    """One region's answers. `released`: its scores may serve as peers of others."""

    region: str
    released: bool
    items: AnswerTable
    invited: dict[str, int]
    targets: dict[str, int | None]

    def __post_init__(self) -> None:
        object.__setattr__(self, "items", AnswerTable.of(self.items))


@dataclass(frozen=True, kw_only=True)
class GapInputs:
    """Everything one run reads; the job row stores it as JSON."""

    dimensions: tuple[str, ...]
    regions: tuple[RegionAnswers, ...]
    thresholds: Thresholds = field(default_factory=Thresholds)
    seed: int = 0
    method: str = METHOD_VERSION

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """From JSON values; ValueError names a missing field."""
        return from_plain(cls, data)


@dataclass(frozen=True, kw_only=True)
class DimensionGap:
    """One dimension of one region; levels 1..5, gaps in levels, None with a reason.

    Score: n of invited respondents, coverage 0..1, spread (standard deviation between respondents).
    Interval: 90 %, lower and upper; interval_kind bootstrap or t; census: groups that answered completely.
    Target: target_gap = max(0, target - score); confirmed: the whole interval lies below the target, None
    without an interval; gap_status confirmed, possible (only the score lies below), none, or "" if unknown.
    Peers: other released regions, at least five. peer_gap = median - score, best_gap = highest - score
    (negative: ahead). leaders: those within 0.3 of the highest and 0.3 or more ahead of this region.
    Agreement: alpha (C1) at most 1; between_groups = eta squared of the core statements, 0..1, with its p.
    gap_holds: share of scenarios without one respondent in which "below the target" stays as it is.
    needed: further answers after which a withheld score appears. reasons: field -> code of what is None.
    """

    code: str
    score: float | None
    reason: str
    n: int
    invited: int | None
    coverage: float | None
    spread: float | None = None
    lower: float | None
    upper: float | None
    interval_reason: str
    interval_kind: str = ""
    census: tuple[str, ...] = ()
    target: int | None
    target_gap: float | None
    confirmed: bool | None
    gap_status: str = ""
    gap_holds: float | None = None
    peers: int
    peer_median: float | None
    peer_gap: float | None
    best: float | None
    best_gap: float | None
    leaders: tuple[str, ...] = ()
    peer_reason: str
    importance: float | None
    alpha: float | None
    between_groups: float | None
    between_p: float | None = None
    needed: int
    reasons: dict[str, str] = field(default_factory=dict)


# What a dimension says when too few respondents stand behind it: no number made from their ratings.
HIDDEN_GAP: dict[str, Any] = {
    **dict.fromkeys(("score", "spread", "lower", "upper", "target_gap", "confirmed", "gap_holds")),
    **dict.fromkeys(("peer_gap", "best_gap", "importance", "alpha", "between_groups", "between_p")),
    "gap_status": "",
    "leaders": [],
}


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
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class UnitGap:
    """team - unit on one statement about that unit. As confidential as the unit's own answer."""

    unit: int
    code: str
    dimension: str
    team: float | None
    own: float | None
    gap: float | None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class WorkItem:
    """Importance by performance of one statement (B7): quadrant act_first, keep_strong, watch, enough.

    gap = importance - level; weighted_gap = importance / sum of importance * max(0, gap).
    holds: share of the scenarios (one respondent left out) in which the quadrant stays the same.
    """

    code: str
    dimension: str
    importance: float
    level: float
    gap: float
    weighted_gap: float
    quadrant: str
    holds: float | None = None


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """Consensus (C2) 0..1 of one statement and the whole distribution behind it.

    counts: answers per level "1".."5" and per kind no_information, does_not_apply, unanswered.
    about_units: the answers are about different units, so they may differ without disagreement.
    """

    code: str
    dimension: str
    consensus: float | None
    n: int
    counts: dict[str, int]
    about_units: bool = False
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class OrderStatement:
    """`wider` has the wider gap than `narrower`; share of scenarios in which that holds, and whether robust.

    subject: "dimension" (target gap) or "statement" (weighted gap of the order of work).
    """

    wider: str
    narrower: str
    leave_one_out: float | None
    weights: float | None
    robust: bool
    subject: str = "dimension"


@dataclass(frozen=True, kw_only=True)
class Warning:
    """Something a reader must know, as a code with its data."""

    code: str
    region: str
    data: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RegionGaps:
    """The findings of one region: its own answers, beside the scores of released regions.

    order: dimensions by target gap, widest first, those without one at the end. work: statements by
    weighted gap, widest first. unit_gaps and the unit's own scores never leave the partnership.
    """

    region: str
    released: bool
    n: int
    invited: int | None
    coverage: float | None
    overall: float | None
    overall_reason: str = ""
    answered: dict[str, int] = field(default_factory=dict)  # respondents with a value, by group
    scores: tuple[Score, ...]
    dimensions: tuple[DimensionGap, ...]
    order: tuple[str, ...]
    statements_of_order: tuple[OrderStatement, ...]
    order_of_work: tuple[OrderStatement, ...] = ()
    perception: tuple[PerceptionGap, ...]
    unit_gaps: tuple[UnitGap, ...] = ()
    work: tuple[WorkItem, ...]
    agreement: tuple[Agreement, ...]


@dataclass(frozen=True, kw_only=True)
class GapReport:
    """All regions of one run. importance_line, level_line: means over all statements of released regions."""

    method: str
    thresholds: Thresholds
    seed: int
    dimensions: tuple[str, ...]
    importance_line: float | None
    level_line: float | None
    regions: tuple[RegionGaps, ...]
    warnings: tuple[Warning, ...]

    def to_dict(self) -> dict[str, Any]:
        """As JSON values."""
        plain: dict[str, Any] = to_plain(self)
        return plain

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """From JSON values; results of an older method stay readable."""
        return from_plain(cls, data)
