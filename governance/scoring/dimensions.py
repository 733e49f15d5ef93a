"""From answers to scores: per statement, per dimension, per group, per unit and for the region."""

from collections.abc import Iterable, Mapping, Sequence

from governance.scoring.coverage import answered_share, values_needed, withheld_reason
from governance.scoring.settings import Thresholds
from governance.scoring.statements import (
    ALL,
    GROUPS,
    AnsweredItem,
    Score,
    mean_of,
    score_statement,
    spread_of,
)

__all__ = ["ALL", "GROUPS", "AnsweredItem", "Score", "mean_of", "score_dimensions"]


Cell = tuple[str, str]  # group, statement
Person = tuple[str, str]  # group, respondent
Rated = tuple[Person, int]


def score_dimension(
    statements: Sequence[Score],
    *,
    code: str,
    group: str,
    values: Mapping[Person, Sequence[int]],
    invited: int | None,
    thresholds: Thresholds,
) -> Score:
    """Mean over the statements of a dimension that have a score.

    coverage = statements with a score / statements that apply; under 2/3 there is no score (B4).
    `values`: the levels each respondent gave in this dimension, for n and the spread.
    """
    applying = [score for score in statements if score.coverage is not None]
    scored = [score for score in applying if score.mean is not None]
    reason = withheld_reason(len(scored), len(applying), thresholds=thresholds)
    missing = values_needed(len(scored), len(applying), thresholds=thresholds)
    waiting = sorted(score.needed for score in applying if score.needed)
    if reason == "NO_DATA" and any(score.n for score in applying):
        reason = "COVERAGE_TOO_LOW"
    return Score(
        code=code,
        group=group,
        mean=None if reason else mean_of(score.mean for score in scored),
        importance=mean_of(score.importance for score in statements),
        reason=reason,
        n=len(values),
        invited=invited,
        coverage=answered_share(len(scored), len(applying)),
        spread=spread_of([sum(mine) / len(mine) for mine in values.values()]),
        # The statements closest to a score come first: so many answers complete enough of them.
        needed=(waiting[missing - 1] if waiting else missing) if reason else 0,
    )


def score_region(groups: Sequence[Score], *, code: str, spread: float | None) -> Score:
    """Mean over the groups present, each weighing the same. n and invited are sums over the groups."""
    present = [score for score in groups if score.mean is not None]
    reasons = {score.reason for score in groups}
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
        spread=spread,
        needed=min((score.needed for score in groups if score.needed), default=1) if reason else 0,
    )


def score_units(items: Iterable[AnsweredItem], *, thresholds: Thresholds) -> list[Score]:
    """Per unit: what the unit says about itself and what the team says about it, by statement."""
    cells: dict[tuple[str, int, str], list[AnsweredItem]] = {}
    for item in items:
        if item.unit is not None:
            cells.setdefault((item.group, item.unit, item.code), []).append(item)
    return [
        score_statement(mine, code=code, group=group, unit=unit, invited=1, thresholds=thresholds)
        for (group, unit, code), mine in cells.items()
    ]


def score_dimensions(
    items: Iterable[AnsweredItem], *, invited: Mapping[str, int], thresholds: Thresholds
) -> list[Score]:
    """All scores of one region: groups, region and units.

    Parameters
    ----------
    items
        One AnsweredItem per statement put to each respondent who opened the form.
    invited
        Respondents invited per group; those who never opened the form count here only.
    thresholds
        The method's numbers.

    Returns
    -------
    list of Score
        Per statement and dimension for each group present, then for the region ("all"), then the overall
        score ("all", "all"), then the units' own statements. Levels 1..5; nothing answered: mean None,
        NO_DATA; under 2/3 covered: mean None, COVERAGE_TOO_LOW.

    Notes
    -----
    group score of a statement = mean of its values; of a dimension = mean over its statements; region =
    mean over the groups present. Source: this product's own rules on scores (B1) and on missing answers (B4).

    Examples
    --------
    The team rates 1.1 with 4; two stakeholders with 2 and 3: the region has (4 + 2.5) / 2 = 3.25.
    """
    kept = list(items)
    table = _Table(kept, invited=invited, thresholds=thresholds)
    groups = [score for group in GROUPS for score in table.group_scores(group)]
    codes = list(dict.fromkeys(score.code for score in groups))
    region = [
        score_region([score for score in groups if score.code == code], code=code, spread=table.spread(code))
        for code in codes
    ]
    overall = score_dimension(
        [score for score in region if score.code in table.dimensions],
        code=ALL,
        group=ALL,
        values=levels_by_person(
            [((item.group, item.respondent), item.level) for item in kept if item.level is not None]
        ),
        invited=sum(invited.values()) if invited else None,
        thresholds=thresholds,
    )
    return [*groups, *region, overall, *score_units(kept, thresholds=thresholds)]


class _Table:
    """The items of a region by group, statement and dimension."""

    def __init__(
        self, items: Sequence[AnsweredItem], *, invited: Mapping[str, int], thresholds: Thresholds
    ) -> None:
        self.invited, self.thresholds = invited, thresholds
        self.cells: dict[Cell, list[AnsweredItem]] = {}
        self.dimensions: dict[str, list[str]] = {}  # the statements of each, as they come
        for item in items:
            statements = self.dimensions.setdefault(item.dimension, [])
            if item.code not in statements:
                statements.append(item.code)
            self.cells.setdefault((item.group, item.code), []).append(item)
        self.rated: dict[Cell, list[Rated]] = {
            cell: [((item.group, item.respondent), item.level) for item in mine if item.level is not None]
            for cell, mine in self.cells.items()
        }

    def group_scores(self, group: str) -> list[Score]:
        """Statements, then dimensions, of one group; nothing when nobody of it opened the form."""
        invited, thresholds = self.invited.get(group), self.thresholds
        statements: list[Score] = []
        dimensions: list[Score] = []
        for dimension, codes in self.dimensions.items():
            here = [code for code in codes if (group, code) in self.cells]
            if not here:
                continue
            mine = [
                score_statement(
                    self.cells[group, code], code=code, group=group, invited=invited, thresholds=thresholds
                )
                for code in here
            ]
            values = levels_by_person([pair for code in here for pair in self.rated[group, code]])
            statements += mine
            dimensions.append(
                score_dimension(
                    mine, code=dimension, group=group, values=values, invited=invited, thresholds=thresholds
                )
            )
        return [*statements, *dimensions]

    def spread(self, code: str) -> float | None:
        """Over all groups: of the values of a statement, of the respondents' means of a dimension."""
        codes = self.dimensions.get(code, [code])
        rated = [pair for (_group, own), pairs in self.rated.items() if own in codes for pair in pairs]
        if code not in self.dimensions:
            return spread_of([level for _person, level in rated])
        return spread_of([sum(mine) / len(mine) for mine in levels_by_person(rated).values()])


def levels_by_person(rated: Iterable[Rated]) -> dict[Person, list[int]]:
    """The levels each respondent gave. A respondent of one group is never one of another."""
    found: dict[Person, list[int]] = {}
    for person, level in rated:
        found.setdefault(person, []).append(level)
    return found
