"""One answer, one score, and the score of one statement in one group."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from governance.scoring.coverage import answered_share, values_needed, withheld_reason
from governance.scoring.settings import Thresholds

GROUPS = ("team", "unit", "stakeholder")
ALL = "all"


@dataclass(frozen=True, kw_only=True)
class AnsweredItem:
    """One statement put to one respondent who opened the form; not answered is an item too.

    kind: value, no_information, does_not_apply, unanswered. level, importance: 1..5, None unless given.
    unit: the unit a unit-scope statement is about, else None.
    """

    code: str
    dimension: str
    group: str
    respondent: str
    kind: str
    level: int | None = None
    importance: int | None = None
    unit: int | None = None
    is_core: bool = False


@dataclass(frozen=True, kw_only=True)
class Score:
    """mean 1..5 or None with a reason (NO_DATA, COVERAGE_TOO_LOW).

    code: a statement, a dimension, or "all"; group: team, unit, stakeholder or "all" (the region).
    n: respondents with a value; invited: respondents asked (None: not known).
    coverage: 0..1, None when nothing applies; spread: sample standard deviation in levels, None below two
    values (of a statement: its values; of a dimension: the means of the respondents).
    needed: further answers, at the least, after which a withheld score appears; 0 when it is there.
    """

    code: str
    group: str
    unit: int | None = None
    mean: float | None
    importance: float | None = None
    reason: str = ""
    n: int = 0
    invited: int | None = None
    coverage: float | None = None
    spread: float | None = None
    needed: int = 0


def mean_of(values: Iterable[float | None]) -> float | None:
    """Mean of what is there; None when nothing is. A missing value is never a zero."""
    present = [value for value in values if value is not None]
    return sum(present) / len(present) if present else None


def spread_of(values: Sequence[float]) -> float | None:
    """Sample standard deviation (n - 1); None below two values."""
    if len(values) < 2:
        return None
    middle = sum(values) / len(values)
    return sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


def score_statement(
    items: Sequence[AnsweredItem],
    *,
    code: str,
    group: str,
    invited: int | None,
    thresholds: Thresholds,
    unit: int | None = None,
) -> Score:
    """Mean of the values of one statement in one group.

    coverage = values / (values + no information + unanswered) among those who opened the form; *does not
    apply* leaves the denominator.
    """
    rated = [(item.level, item.respondent) for item in items if item.level is not None]
    values = [level for level, _respondent in rated]
    asked = len(items) - len([item for item in items if item.kind == "does_not_apply"])
    reason = withheld_reason(len(values), asked, thresholds=thresholds)
    return Score(
        code=code,
        group=group,
        unit=unit,
        mean=None if reason else sum(values) / len(values),
        importance=mean_of([item.importance for item in items]),
        reason=reason,
        n=len({respondent for _level, respondent in rated}),
        invited=invited,
        coverage=answered_share(len(values), asked),
        spread=spread_of(values),
        needed=values_needed(len(values), asked, thresholds=thresholds) if reason else 0,
    )
