"""The one door: a gap analysis as the public, or the partnership, may read it (C9).

Every page, picture, download and interface reads what this module lets through, and nothing else.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from governance.analysis.gap_report import HIDDEN_GAP
from governance.analysis.narrow_cells import Room, too_narrow
from governance.analysis.peers import NOBODY, Standings, standings_of
from governance.analysis.rounding import (
    in_fields,
    public_points,
    rounded,
    rounded_gap,
    rounded_peers,
    rounded_region,
    rounded_work,
)
from governance.analysis.score_table import GROUPS, OTHERS, TEAM, Cell, Json, Table
from governance.analysis.whole_reader import Attack, reader_of
from governance.scoring.protection import protect
from governance.scoring.settings import Thresholds
from governance.scoring.statements import ALL, mean_of

SUPPRESSED, NO_SPREAD = "SUPPRESSED", "NO_SPREAD"
# Why coverage or target is missing rests on no answer's level; the others tell, for instance, that all agree.
SAFE_REASONS = ("coverage", "target")
RANGE = ("spread", "lower", "upper", "confirmed", "gap_holds", "alpha", "between_groups", "between_p")


def hidden_cells(
    table: Table, *, thresholds: Thresholds, is_public: bool, may_solve: bool = True
) -> set[Cell]:
    """Scores that must not be shown: small groups, and what would give them away.

    Twice: to the public, who know the team's answers; and to the team and its units, who know the units' too.
    `may_solve`: as in `Attack`.
    """
    cells, totals = table.respondents(), table.totals
    team = {key for key in cells if key[1] == TEAM}
    empty = {key for key, n in cells.items() if key[1] == ALL and n == 0}
    k = thresholds.k_public if is_public else thresholds.k_team
    alike = table.unanimous(at_least_ten(thresholds)) if is_public else set()
    sensitive = table.insiders(thresholds.k_team) | alike | empty
    hidden = protect(cells, totals=totals, k=k, public=team, sensitive=sensitive)
    readers = [(_few(cells, k) | alike, team)]
    if is_public:  # of which the team and its units can take away what they said themselves
        inside = {key for key in cells if key[1] in (TEAM, "unit")}
        readers.append(({key for key in _few(cells, thresholds.k_team) if key[1] == "stakeholder"}, inside))
    for small, known in readers:
        attack = Attack(wanted=small, known=known, least=thresholds.uncertainty, may_solve=may_solve)
        room = _room(table, "mean", attack, thresholds=thresholds, is_public=is_public)
        hidden |= too_narrow(
            table.values(), hidden - known, small=small, totals=totals, known=known, room=room
        )
    hidden |= empty
    # The mean over all dimensions would be one more equation for the groups behind a hidden one.
    return hidden | ({(ALL, ALL)} if any((code, ALL) in hidden for code in table.dimensions) else set())


def _few(people: Mapping[Cell, int], k: int) -> set[Cell]:
    return {key for key, n in people.items() if 0 < n < k and key[1] != TEAM}


def at_least_ten(thresholds: Thresholds) -> int:
    """Respondents behind a distribution or a unanimous answer; a lower `few_answers` does not weaken it."""
    return max(Thresholds().few_answers, thresholds.few_answers)


@dataclass(frozen=True, kw_only=True)
class Door:
    """What of one region stays behind: cells whose score, and cells whose importance must not be shown.

    `few`: respondents below which all of one dimension who answered alike tell each one's answer; none inside
    the partnership. What the public reads is rounded, too.
    """

    hidden: Collection[Cell]
    unsafe: Collection[Cell]
    shown: Collection[Cell]
    few: int

    def dimensions(self, rows: Iterable[Json]) -> list[Json]:
        found = [_dimension(row, self.hidden, self.unsafe, few=self.few) for row in rows]
        return [rounded_gap(row) for row in found] if self.few else found

    def work(self, rows: Iterable[Json]) -> list[Json]:
        seen = {code for code, group in self.shown if group == ALL and (code, ALL) not in self.unsafe}
        found = [row for row in rows if row["code"] in seen]
        return rounded_work(found) if self.few else _work(found)


def door_of(table: Table, *, thresholds: Thresholds, is_public: bool) -> Door:
    """What of a region must not be shown: to the public, or inside the partnership."""
    hidden = hidden_cells(table, thresholds=thresholds, is_public=is_public)
    k, people = thresholds.k_public, table.respondents()
    few = {key for key in hidden if is_public and key[1] == ALL and 0 < people.get(key, 0) < k}
    team = {key for key in table.rows if key[1] == TEAM}
    small = _few(people, k) | table.unanimous(at_least_ten(thresholds))
    attack = Attack(wanted=small, known=team, least=thresholds.uncertainty)
    unsafe = hidden | too_narrow(
        table.values("importance"),
        hidden,
        small=few | {key for key in hidden if key[1] in OTHERS},
        totals=table.totals,
        known=team,
        room=_room(table, "importance", attack, thresholds=thresholds, is_public=is_public),
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
    found = region | {
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
    return rounded_region(found, thresholds) if is_public else found


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


def _room(table: Table, name: str, attack: Attack, *, thresholds: Thresholds, is_public: bool) -> Room:
    """What small cells need; of what is public, also against whole answers and rounded values."""
    room = Room(least=attack.least, answers=table.answers(), further=table.crossings(name))
    if not is_public:
        return room
    spreads = _spreads_of(table, thresholds) if name == "mean" else lambda _shown: []
    return replace(room, reader=reader_of(table, name, attack=attack, spreads=spreads))


def _spreads_of(table: Table, thresholds: Thresholds) -> Callable[[Collection[Cell]], list[Json]]:
    """Which distributions the public reads beside the cells that are shown."""
    few, rows = at_least_ten(thresholds), table.agreement
    return lambda shown: [_agreement(row, table, shown, few=few, is_public=True) for row in rows]


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
        changes["alpha"] = rounded(row["alpha"])
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

    For a room: the team sees the spread of a statement as soon as every group behind it may be shown. A web
    process asks, so no solver is loaded.
    """
    table = Table(region, dimensions=dimensions)
    hidden = hidden_cells(table, thresholds=thresholds, is_public=is_public, may_solve=False)
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
    lines = [
        row
        for region in released
        if region["overall"] is not None
        for row in public_points(region, dimensions=dimensions, total=ALL)
    ]
    drawn = (mean_of(row[0] for row in lines), mean_of(row[1] for row in lines))
    first, second = (
        result
        | {"importance_line": drawn[0], "level_line": drawn[1]}
        | {
            "regions": [
                region | {"dimensions": beside(region["dimensions"], name, standings, thresholds)}
                for name, region in regions.items()
            ]
        }
        for regions in (inside, public)
    )
    for region in second["regions"]:
        region["dimensions"] = [rounded_peers(row) for row in region["dimensions"]]
        region["work"] = in_fields(region["work"], lines=drawn, tie=thresholds.tie)
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
