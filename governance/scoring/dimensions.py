"""From answers to scores: per statement, per dimension, per group, per unit and for the region."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

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
    coverage: 0..1, None when nothing applies; spread: sample standard deviation, None below two values.
    needed: further values after which a withheld score would appear.
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


def spread_of(values: list[int]) -> float | None:
    if len(values) < 2:
        return None
    middle = sum(values) / len(values)
    return sqrt(sum((value - middle) ** 2 for value in values) / (len(values) - 1))


def score_statement(
    items: list[AnsweredItem], *, code: str, group: str, invited: int | None, thresholds: Thresholds
) -> Score:
    """Mean of the values of one statement in one group.

    coverage = values / (values + no information + unanswered) among those who opened the form; *does not
    apply* leaves the denominator.
    """
    values = [item.level for item in items if item.level is not None]
    asked = sum(item.kind != "does_not_apply" for item in items)
    coverage = len(values) / asked if asked else None
    reason, needed = "", 0
    if not values:
        reason = "NO_DATA"
    elif coverage is not None and coverage < thresholds.min_coverage - thresholds.tie:
        reason = "COVERAGE_TOO_LOW"
    if reason and asked:
        wanted = thresholds.min_coverage * asked - thresholds.tie
        needed = max(1, int(wanted) + (wanted > int(wanted)) - len(values))
    return Score(
        code=code,
        group=group,
        mean=None if reason else sum(values) / len(values),
        importance=mean_of(item.importance for item in items),
        reason=reason,
        n=len({item.respondent for item in items if item.level is not None}),
        invited=invited,
        coverage=coverage,
        spread=spread_of(values),
        needed=needed,
    )


def score_dimension(
    statements: list[Score], *, code: str, group: str, n: int, invited: int | None, thresholds: Thresholds
) -> Score:
    """Mean over the statements of a dimension that have a score.

    coverage = statements with a score / statements that apply; under 2/3 there is no score (B4).
    """
    applying = [score for score in statements if score.coverage is not None]
    scored = [score for score in applying if score.mean is not None]
    coverage = len(scored) / len(applying) if applying else None
    reason = ""
    if not scored:
        reason = "NO_DATA" if not any(score.n for score in statements) else "COVERAGE_TOO_LOW"
    elif coverage is not None and coverage < thresholds.min_coverage - thresholds.tie:
        reason = "COVERAGE_TOO_LOW"
    return Score(
        code=code,
        group=group,
        mean=None if reason else mean_of(score.mean for score in scored),
        importance=mean_of(score.importance for score in statements),
        reason=reason,
        n=n,
        invited=invited,
        coverage=coverage,
        needed=max((score.needed for score in applying), default=0) if reason else 0,
    )


def score_region(groups: list[Score], *, code: str) -> Score:
    """Mean over the groups present, each weighing the same. n and invited are sums over the groups."""
    present = [score for score in groups if score.mean is not None]
    reasons = {score.reason for score in groups if score.reason}
    reason = "" if present else ("COVERAGE_TOO_LOW" if "COVERAGE_TOO_LOW" in reasons else "NO_DATA")
    invited = [score.invited for score in groups if score.invited is not None]
    return Score(
        code=code,
        group=ALL,
        mean=mean_of(score.mean for score in present),
        importance=mean_of(score.importance for score in groups),
        reason=reason,
        n=sum(score.n for score in groups),
        invited=sum(invited) if invited else None,
        coverage=mean_of(score.coverage for score in groups),
        needed=min((score.needed for score in groups if score.needed), default=0) if reason else 0,
    )


def score_groups(
    items: Iterable[AnsweredItem], *, invited: Mapping[str, int], thresholds: Thresholds
) -> list[Score]:
    """Scores of every statement and dimension in each group."""
    dimensions: dict[str, str] = {}
    cells: dict[tuple[str, str], list[AnsweredItem]] = {}
    for item in items:
        dimensions[item.code] = item.dimension
        cells.setdefault((item.group, item.code), []).append(item)
    scores = []
    for group in GROUPS:
        statements = [
            score_statement(
                cells[group, code],
                code=code,
                group=group,
                invited=invited.get(group),
                thresholds=thresholds,
            )
            for code in dimensions
            if (group, code) in cells
        ]
        scores += statements
        for dimension in dict.fromkeys(dimensions[score.code] for score in statements):
            mine = [score for score in statements if dimensions[score.code] == dimension]
            answered = {
                item.respondent
                for score in mine
                for item in cells[group, score.code]
                if item.level is not None
            }
            scores.append(
                score_dimension(
                    mine,
                    code=dimension,
                    group=group,
                    n=len(answered),
                    invited=invited.get(group),
                    thresholds=thresholds,
                )
            )
    return scores


def score_units(items: Iterable[AnsweredItem], *, thresholds: Thresholds) -> list[Score]:
    """Per unit: what the unit says about itself and what the team says about it, by statement."""
    cells: dict[tuple[str, int, str], list[AnsweredItem]] = {}
    for item in items:
        if item.unit is not None:
            cells.setdefault((item.group, item.unit, item.code), []).append(item)
    scores = []
    for (group, unit, code), mine in cells.items():
        score = score_statement(mine, code=code, group=group, invited=1, thresholds=thresholds)
        scores.append(Score(**{**score.__dict__, "unit": unit}))
    return scores


def score_dimensions(
    items: Iterable[AnsweredItem], *, invited: Mapping[str, int], thresholds: Thresholds
) -> list[Score]:
    """All scores of one region: groups, region and units.

    Parameters
    ----------
    items : one AnsweredItem per statement put to each respondent who opened the form
    invited : respondents invited per group; those who never opened the form count here only
    thresholds : the method's numbers

    Returns
    -------
    list of Score: per statement and dimension for each group present, then for the region ("all"),
    then the overall score ("all", "all"), then the units' own statements.

    Notes
    -----
    Source: method.md "Scores"; B4 of the method's formulas. Nothing answered: every mean is None.
    """
    kept = list(items)
    groups = score_groups(kept, invited=invited, thresholds=thresholds)
    codes = list(dict.fromkeys(score.code for score in groups))
    region = [score_region([score for score in groups if score.code == code], code=code) for code in codes]
    dimensions = {item.dimension for item in kept}
    overall = score_dimension(
        [score for score in region if score.code in dimensions],
        code=ALL,
        group=ALL,
        n=len({(item.group, item.respondent) for item in kept if item.level is not None}),
        invited=sum(invited.values()) if invited else None,
        thresholds=thresholds,
    )
    return [*groups, *region, overall, *score_units(kept, thresholds=thresholds)]
