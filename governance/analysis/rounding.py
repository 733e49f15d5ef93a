"""What is public is rounded, and whatever is made of it is made of the rounded values (C9).

Levels are whole numbers, so an exact mean with the number of respondents leaves few sums of answers, and a
small group beside it would follow. One decimal is what pages print; no interface gives more.
"""

from collections.abc import Sequence
from math import floor
from typing import Any

from governance.analysis.importance import FIELDS
from governance.scoring.importance import descending, quadrant, weighted_gaps
from governance.scoring.settings import Thresholds
from governance.scoring.statements import mean_of
from mapping.charts.figure import rounded_or_none

Json = dict[str, Any]
LEVEL, SHARE = 1, 2  # decimals of levels, and of what lies between 0 and 1
GIVE = 0.05  # how far a published level may lie from the exact one
LEVELS_OF_A_GAP = ("score", "spread", "lower", "upper", "importance")
SHARES_OF_A_GAP = ("alpha", "between_groups", "between_p")


def rounded(value: float | None, decimals: int = LEVEL) -> float | None:
    """Half up, exactly as pages print what nobody rounded before."""
    return rounded_or_none(value, decimals)


def in_tenths(share: float | None) -> float | None:
    """A share of scenarios, rounded down: "holds in nine of ten" stays true, and counts no respondent."""
    return None if share is None else floor(share * 10 + 1e-9) / 10


def rounded_score(row: Json) -> Json:
    """A score of one group, or of all."""
    return row | {name: rounded(row[name]) for name in ("mean", "importance", "spread")}


def rounded_gap(row: Json) -> Json:
    """A dimension: gap, its status and whether it is confirmed follow from the level that is shown."""
    row = row | {name: rounded(row[name]) for name in LEVELS_OF_A_GAP}
    row |= {name: rounded(row[name], SHARE) for name in SHARES_OF_A_GAP}
    row["gap_holds"] = in_tenths(row["gap_holds"])
    if row["score"] is None or row["target"] is None:
        return row
    gap = rounded(max(0.0, row["target"] - row["score"]))
    confirmed = None if row["upper"] is None else row["upper"] < row["target"]
    status = "none" if not gap else "confirmed" if confirmed else "possible"
    return row | {"target_gap": gap, "confirmed": confirmed, "gap_status": status}


def rounded_peers(row: Json) -> Json:
    """Medians and gaps made of rounded levels, without the last digits of their arithmetic."""
    return row | {name: rounded(row[name], SHARE) for name in ("peer_median", "peer_gap", "best", "best_gap")}


def rounded_perception(row: Json, thresholds: Thresholds) -> Json:
    """A comparison with the team; flagged by the rounded difference, which readers see."""
    team, value = rounded(row["team"]), rounded(row["value"])
    if team is None or value is None:
        return row | {"team": team, "value": value}
    gap = rounded(team - value)
    is_wide = gap is not None and abs(gap) >= thresholds.perception_flag - thresholds.tie
    flagged = is_wide and row["n"] >= thresholds.perception_n
    return row | {"team": team, "value": value, "gap": gap, "flagged": flagged}


def rounded_work(rows: Sequence[Json]) -> list[Json]:
    """The order of work, from rounded importance and level; equal gaps stand by their code."""
    found = [
        row
        | {"importance": rounded(row["importance"]), "level": rounded(row["level"])}
        | {"holds": in_tenths(row["holds"])}
        for row in sorted(rows, key=lambda row: str(row["code"]))
    ]
    weights = weighted_gaps([(row["importance"], row["level"]) for row in found])
    for row, weighted in zip(found, weights, strict=True):
        row |= {"gap": rounded(row["importance"] - row["level"]), "weighted_gap": rounded(weighted, 3)}
    ranked = descending([row["weighted_gap"] for row in found], tie=1e-9)
    return [*(found[place] for place in ranked), *(row for row in found if row["weighted_gap"] is None)]


def in_fields(rows: Sequence[Json], *, lines: tuple[float | None, float | None], tie: float) -> list[Json]:
    """Each statement in the field where its rounded point is drawn; `holds` is that of this field only."""
    own = (mean_of(row["importance"] for row in rows), mean_of(row["level"] for row in rows))
    used = tuple(mine if line is None else line for line, mine in zip(lines, own, strict=True))
    found = []
    for row in rows:
        field = FIELDS[quadrant(row["importance"], row["level"], lines=(used[0] or 0, used[1] or 0), tie=tie)]
        holds = row["holds"] if field == row["quadrant"] else None
        found.append(row | {"quadrant": field, "holds": holds})
    return found


def rounded_order(rows: Sequence[Json], *, gaps: dict[str, float | None], least: float) -> list[Json]:
    """Statements of order whose rounded gaps are both known and differ by enough, with shares in tenths."""
    found = []
    for row in rows:
        wider, narrower = gaps.get(row["wider"]), gaps.get(row["narrower"])
        if wider is None or narrower is None or wider - narrower < least - 1e-9:
            continue
        found.append(row | {name: in_tenths(row[name]) for name in ("leave_one_out", "weights")})
    return found


def order_of(dimensions: Sequence[Json]) -> list[str]:
    """Dimensions by their rounded gap, widest first, then those without one; ties as in the questionnaire."""
    ranked = descending([row["target_gap"] for row in dimensions], tie=1e-9)
    return [
        *(dimensions[place]["code"] for place in ranked),
        *(row["code"] for row in dimensions if row["target_gap"] is None),
    ]


def rounded_region(region: Json, thresholds: Thresholds) -> Json:
    """A region's public part; its dimensions and its order of work are rounded already."""
    gaps = {row["code"]: row["target_gap"] for row in region["dimensions"]}
    work = {row["code"]: row["gap"] for row in region["work"]}
    least = thresholds.min_difference
    return region | {
        "overall": rounded(region["overall"]),
        "scores": [rounded_score(row) for row in region["scores"]],
        "order": order_of(region["dimensions"]),
        "statements_of_order": rounded_order(region["statements_of_order"], gaps=gaps, least=least),
        "order_of_work": rounded_order(region["order_of_work"], gaps=work, least=least),
        "perception": [rounded_perception(row, thresholds) for row in region["perception"]],
        "agreement": [row | {"consensus": rounded(row["consensus"], SHARE)} for row in region["agreement"]],
    }


def public_points(region: Json, *, dimensions: Sequence[str], total: str) -> list[list[float | None]]:
    """Importance and level of each statement that is shown: the lines of the picture are their means."""
    return [
        [row["importance"], row["mean"]]
        for row in region["scores"]
        if row["group"] == total
        and row["unit"] is None
        and row["code"] not in (*dimensions, total)
        and row["mean"] is not None
    ]
