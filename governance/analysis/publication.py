"""The one door: a gap analysis as the public, or the partnership, may read it (C9).

Every page, picture, download and interface reads what this module lets through, and nothing else.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from governance.analysis.gap_report import HIDDEN_GAP
from governance.analysis.peers import NOBODY, Standings, standings_of
from governance.scoring.bounds import ranges_along_lines
from governance.scoring.protection import protect
from governance.scoring.settings import Thresholds
from governance.scoring.statements import ALL, mean_of

Json = dict[str, Any]
Cell = tuple[str, str]  # a statement, a dimension or "all"; a group or "all"
Lines = dict[Cell, list[Cell]]
TEAM, GROUPS, OTHERS = "team", ("team", "unit", "stakeholder"), ("unit", "stakeholder")
SUPPRESSED, NO_SPREAD = "SUPPRESSED", "NO_SPREAD"
# Why coverage or target is missing rests on no answer's level; the others tell, for instance, that all agree.
SAFE_REASONS = ("coverage", "target")
RANGE = ("spread", "lower", "upper", "confirmed", "gap_holds", "alpha", "between_groups", "between_p")


class Table:
    """The scores of one region as cells, with the totals that tie them together."""

    def __init__(self, region: Json, *, dimensions: Collection[str]) -> None:
        own = [row for row in region["scores"] if row["unit"] is None and row["group"] in (*GROUPS, ALL)]
        self.rows: dict[Cell, Json] = {(row["code"], row["group"]): row for row in own}
        self.dimension_of = {row["code"]: row["dimension"] for row in region["agreement"]}
        self.dimensions = [code for code in dimensions if (code, ALL) in self.rows]
        self._insiders: dict[int, set[Cell]] = {}

    def values(self, name: str = "mean") -> dict[Cell, float]:
        return {key: row[name] for key, row in self.rows.items() if row[name] is not None}

    def respondents(self) -> dict[Cell, int]:
        """Who stands behind each score that exists; behind a total beside the team, who are public."""
        team = {code: row["n"] for (code, group), row in self.rows.items() if group == TEAM}
        team[ALL] = max(team.values(), default=0)
        return {
            (code, group): self.rows[code, group]["n"] - (team.get(code, 0) if group == ALL else 0)
            for code, group in self.values()
        }

    @cached_property
    def totals(self) -> Lines:
        """Region = mean of groups; dimension of a group = mean of statements; overall = of dimensions."""
        codes = dict.fromkeys(code for code, _group in self.rows)
        lines: Lines = {(code, ALL): [(code, group) for group in GROUPS] for code in codes if code != ALL}
        for code in self.dimensions:
            statements = [item for item, dimension in self.dimension_of.items() if dimension == code]
            lines |= {(code, group): [(item, group) for item in statements] for group in GROUPS}
        return lines | {(ALL, ALL): [(code, ALL) for code in self.dimensions]}

    def insiders(self, k: int) -> set[Cell]:
        """What the team and its units, who know the units' answers too, must not read."""
        if k not in self._insiders:
            cells = self.respondents()
            known = {key for key in cells if key[1] in (TEAM, "unit")}
            self._insiders[k] = protect(cells, totals=self.totals, k=k, public=known)
        return self._insiders[k]

    def unanimous(self, few: int) -> set[Cell]:
        """Small groups that all gave the same answer: their mean would say what each of them answered."""
        return {
            (code, group)
            for (code, group), row in self.rows.items()
            if group in OTHERS and row["n"] < few and row["spread"] is not None and row["spread"] <= 1e-9
        }


def hidden_cells(table: Table, *, thresholds: Thresholds, is_public: bool) -> set[Cell]:
    """Scores that must not be shown: small groups, and what would give them away.

    Twice: to the public, who know the team's answers; and to the team and its units, who know the units' too.
    """
    cells, totals = table.respondents(), table.totals
    team = {key for key in cells if key[1] == TEAM}
    empty = {key for key, n in cells.items() if key[1] == ALL and n == 0}
    k = thresholds.k_public if is_public else thresholds.k_team
    alike = table.unanimous(at_least_ten(thresholds)) if is_public else set()
    sensitive = table.insiders(thresholds.k_team) | alike | empty
    hidden = protect(cells, totals=totals, k=k, public=team, sensitive=sensitive)
    small = {key for key, n in cells.items() if 0 < n < k and key[1] in OTHERS} | alike
    hidden |= too_narrow(
        table.values(), hidden, small=small, totals=totals, known=team, least=thresholds.uncertainty
    )
    hidden |= empty
    # The mean over all dimensions would be one more equation for the groups behind a hidden one.
    return hidden | ({(ALL, ALL)} if any((code, ALL) in hidden for code in table.dimensions) else set())


def at_least_ten(thresholds: Thresholds) -> int:
    """Respondents behind a distribution or a unanimous answer; a lower `few_answers` does not weaken it."""
    return max(Thresholds().few_answers, thresholds.few_answers)


def too_narrow(
    values: Mapping[Cell, float],
    hidden: Collection[Cell],
    *,
    small: Collection[Cell],
    totals: Lines,
    known: Collection[Cell],
    least: float,
) -> set[Cell]:
    """Further cells to hide, until every small one could lie anywhere in a range of `least` levels.

    Totals near an end of the scale give their parts away: two groups whose mean is 5 both said 5.
    """
    more: set[Cell] = set()
    if not any(key in hidden for key in small):  # what is shown has no range
        return more
    lines = [[key for key in (total, *members) if key in values] for total, members in totals.items()]
    while True:
        gone = {*hidden, *more}
        shown = {key: value for key, value in values.items() if key not in gone}
        found = ranges_along_lines(values, shown, totals=totals)
        tight = [key for key in small if key in found and found[key][1] - found[key][0] < least - 1e-9]
        around = next((near for key in sorted(tight) if (near := _shown_near(key, lines, shown, known))), [])
        if not around:
            return more
        more.add(around[0])


def _shown_near(
    start: Cell, lines: list[list[Cell]], shown: Collection[Cell], known: Collection[Cell]
) -> list[Cell]:
    """Shown cells on the nearest lines that tell of a hidden one, also through further hidden cells.

    A hidden total of parts that are all shown is as good as shown itself.
    """
    reach = {start}
    while True:
        on_them = [key for line in lines if not reach.isdisjoint(line) for key in line]
        found = [key for key in on_them if key in shown and key not in known]
        wider = reach | {key for key in on_them if key not in shown}
        if found or wider == reach:
            return found
        reach = wider


@dataclass(frozen=True, kw_only=True)
class Door:
    """What of one region stays behind: cells whose score, and cells whose importance must not be shown.

    `few`: respondents below which all of one dimension who answered alike tell each one's answer.
    """

    hidden: Collection[Cell]
    unsafe: Collection[Cell]
    shown: Collection[Cell]
    few: int

    def dimensions(self, rows: Iterable[Json]) -> list[Json]:
        return [_dimension(row, self.hidden, self.unsafe, few=self.few) for row in rows]

    def work(self, rows: Iterable[Json]) -> list[Json]:
        seen = {code for code, group in self.shown if group == ALL and (code, ALL) not in self.unsafe}
        return _work([row for row in rows if row["code"] in seen])


def door_of(table: Table, *, thresholds: Thresholds, is_public: bool) -> Door:
    """What of a region must not be shown: to the public, or inside the partnership."""
    hidden = hidden_cells(table, thresholds=thresholds, is_public=is_public)
    unsafe = hidden | too_narrow(
        table.values("importance"),
        hidden,
        small={key for key in hidden if key[1] in OTHERS},
        totals=table.totals,
        known={key for key in table.rows if key[1] == TEAM},
        least=thresholds.uncertainty,
    )
    return Door(
        hidden=hidden,
        unsafe=unsafe,
        shown={key for key in table.values() if key not in hidden},
        few=at_least_ten(thresholds) if is_public else 0,
    )


def behind(door: Door, region: Json, table: Table, *, thresholds: Thresholds, is_public: bool) -> Json:
    """One region's part without what must not be shown; the same keys, None with a reason."""
    hidden, shown = door.hidden, door.shown
    return region | {
        "overall": region["overall"] if (ALL, ALL) in shown else None,
        "overall_reason": region["overall_reason"] or ("" if (ALL, ALL) in shown else SUPPRESSED),
        "scores": [
            _score(row, hidden, door.unsafe)
            for row in region["scores"]
            if not is_public or row["unit"] is None
        ],
        "dimensions": door.dimensions(region["dimensions"]),
        "order": _order(region, shown),
        "statements_of_order": _pairs(region["statements_of_order"], _with_a_gap(region), shown),
        "order_of_work": _pairs(region["order_of_work"], {row["code"] for row in region["work"]}, shown),
        "perception": [_perception(row, hidden) for row in region["perception"]],
        "unit_gaps": [] if is_public else region["unit_gaps"],
        "work": door.work(region["work"]),
        "agreement": [
            _agreement(row, table, shown, few=at_least_ten(thresholds), is_public=is_public)
            for row in region["agreement"]
        ],
    }


def _score(row: Json, hidden: Collection[Cell], unsafe: Collection[Cell]) -> Json:
    key = (row["code"], row["group"])
    if row["unit"] is None and row["group"] == ALL and _hides_a_group(row["code"], hidden):
        # Levels are whole numbers: with mean and spread of all, few answers of two hidden groups remain.
        row = row | {"spread": None}
    if row["unit"] is not None or (key not in hidden and key not in unsafe and row["mean"] is not None):
        return row
    if row["group"] == TEAM:
        return row
    if key not in hidden and row["mean"] is not None:
        return row | {"importance": None}
    return row | {"mean": None, "importance": None, "spread": None, "reason": row["reason"] or SUPPRESSED}


def _hides_a_group(code: str, hidden: Collection[Cell]) -> bool:
    return any((code, group) in hidden for group in OTHERS)


def _dimension(row: Json, hidden: Collection[Cell], unsafe: Collection[Cell], *, few: int) -> Json:
    key = (row["code"], ALL)
    if row["score"] is None or key in hidden:
        reason = row["reason"] or SUPPRESSED  # a score that is withheld anyway keeps its own reason
        told = {name: why for name, why in row["reasons"].items() if name in SAFE_REASONS}
        return row | HIDDEN_GAP | {"reason": reason, "interval_reason": reason, "reasons": told}
    changes: Json = {}
    if _hides_a_group(row["code"], hidden):
        # How much lies between the groups would be one more equation for the two that are hidden.
        changes |= dict.fromkeys(("between_groups", "between_p", "spread"))
        changes["reasons"] = row["reasons"] | {"between_groups": SUPPRESSED}
    if key in unsafe:
        changes["importance"] = None
    if row["spread"] is not None and row["spread"] <= 1e-9 and row["n"] < few:
        changes |= dict.fromkeys(RANGE) | {"interval_reason": NO_SPREAD, "interval_kind": ""}
        changes["gap_status"] = "possible" if row["gap_status"] == "confirmed" else row["gap_status"]
    return row | changes


def _order(region: Json, shown: Collection[Cell]) -> list[str]:
    """Shown themes by their gap, then the others as in the questionnaire: a place would tell a level."""
    hidden = [row["code"] for row in region["dimensions"] if (row["code"], ALL) not in shown]
    return [code for code in region["order"] if code not in hidden] + hidden


def _with_a_gap(region: Json) -> set[str]:
    return {row["code"] for row in region["dimensions"] if row["target_gap"] is not None}


def _pairs(rows: list[Json], ordered: Collection[str], shown: Collection[Cell]) -> list[Json]:
    """Statements on neighbours in an order; none when one of the ordered is hidden.

    Two that are shown are no neighbours when a hidden one lies between them: that would tell its level.
    """
    return rows if all((code, ALL) in shown for code in ordered) else []


def _perception(row: Json, hidden: Collection[Cell]) -> Json:
    if row["value"] is None or (row["code"], row["other"]) not in hidden:
        return row
    return row | {"value": None, "gap": None, "flagged": False, "reason": SUPPRESSED}


def _work(rows: list[Json]) -> list[Json]:
    """The weights are shares of the statements shown: else they would tell of the others."""
    whole = sum(row["importance"] for row in rows)
    return [
        row | {"weighted_gap": row["importance"] / whole * max(0.0, row["gap"]) if whole else 0.0}
        for row in rows
    ]


def protected_agreement(
    region: Json, *, thresholds: Thresholds, dimensions: Collection[str], is_public: bool
) -> list[Json]:
    """Only the distributions of a region's part (`scores`, `agreement`), without what must not be shown.

    For a room: the team sees the spread of a statement as soon as every group behind it may be shown.
    """
    table = Table(region, dimensions=dimensions)
    hidden = hidden_cells(table, thresholds=thresholds, is_public=is_public)
    shown = {key for key in table.values() if key not in hidden}
    few = at_least_ten(thresholds) if is_public else 0
    return [_agreement(row, table, shown, few=few, is_public=is_public) for row in region["agreement"]]


def _agreement(row: Json, table: Table, shown: Collection[Cell], *, few: int, is_public: bool) -> Json:
    """Distribution and consensus of all answers together, where they tell of no group that is hidden.

    All answers counted together are one more equation beside the region's score, in which each group weighs
    the same: two hidden groups would follow from both. And whoever knows some of the answers takes them away
    from the whole: what is left must be `few` respondents, or there is no distribution, and the consensus
    stands with one decimal, from which no single answer follows.
    """
    code = row["code"]
    behind = {group: table.rows[code, group]["n"] for group in GROUPS if (code, group) in table.rows}
    silent = {group for group, n in behind.items() if not n}
    if (code, ALL) not in shown or any((code, group) not in shown for group in {*behind} - silent):
        return row | {"consensus": None, "counts": {}, "reason": row["reason"] or SUPPRESSED}
    known = (TEAM,) if is_public else (TEAM, "unit")
    unknown = sum(n for group, n in behind.items() if group not in known)
    if unknown >= few or not unknown:
        return row
    if row["consensus"] is None or row["consensus"] >= 1 - 1e-9:
        return row | {"counts": {}, "consensus": None, "reason": row["reason"] or NO_SPREAD}
    return row | {"counts": {}, "consensus": round(row["consensus"], 1)}


def protected_result(result: Json, *, is_public: bool) -> Json:
    """A whole result behind the door, as `protected_views` makes it."""
    return protected_views(result)[is_public]


def protected_views(result: Json) -> tuple[Json, Json]:
    """A whole result behind the door: for the partnership, and for the public.

    What regions know of one another is made from what is public of each: the raw median of five regions may
    be the score of one whose score is hidden. So medians, the best and the lines drawn for all are computed
    again from the regions whose scores are shown.
    """
    thresholds = Thresholds(**result["thresholds"])
    dimensions = result["dimensions"]
    tables = [(region, Table(region, dimensions=dimensions)) for region in result["regions"]]
    inside, public = (
        {
            region["region"]: behind(
                door_of(table, thresholds=thresholds, is_public=is_public),
                region,
                table,
                thresholds=thresholds,
                is_public=is_public,
            )
            for region, table in tables
        }
        for is_public in (False, True)
    )
    released = [region for name, region in sorted(public.items()) if region["released"]]
    standings = standings_of(
        {region["region"]: {row["code"]: row["score"] for row in region["dimensions"]} for region in released}
    )
    raw = {region["region"]: region for region in result["regions"]}
    lines = [
        row
        for region in released
        if region["overall"] is not None
        for row in raw[region["region"]]["scores"]
        if row["group"] == ALL and row["unit"] is None and row["code"] not in (*dimensions, ALL)
    ]
    drawn = {
        "importance_line": mean_of(row["importance"] for row in lines),
        "level_line": mean_of(row["mean"] for row in lines),
    }
    first, second = (
        result
        | drawn
        | {
            "regions": [
                region | {"dimensions": beside(region["dimensions"], name, standings, thresholds)}
                for name, region in regions.items()
            ]
        }
        for regions in (inside, public)
    )
    return first, second


def beside(
    rows: Iterable[Json], region: str, standings: Mapping[str, Standings], thresholds: Thresholds
) -> list[Json]:
    """The dimensions of one region with what they take from the others."""
    return [_beside(row, region, standings, thresholds) for row in rows]


def _beside(row: Json, region: str, standings: Mapping[str, Standings], thresholds: Thresholds) -> Json:
    mean = row["score"]
    found = standings.get(row["code"], NOBODY).beside(mean, region=region, thresholds=thresholds)
    return row | {
        "peers": found.peers,
        "peer_median": found.median,
        "peer_gap": None if None in (found.median, mean) else found.median - mean,
        "best": found.best,
        "best_gap": None if None in (found.best, mean) else found.best - mean,
        "leaders": list(found.leaders),
        "peer_reason": found.reason,
    }
