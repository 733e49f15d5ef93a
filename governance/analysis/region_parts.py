"""A gap analysis part by part: what each region's own answers say once, what the others add in every run.

Own findings become text at once and are never read again: a run of hundreds of regions holds a few numbers
of each, and a region that did not change is taken over as it was written.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from governance.analysis.gap_report import GapInputs, RegionAnswers
from governance.analysis.gap_warnings import region_warnings
from governance.analysis.gaps import find_own_gaps
from governance.analysis.importance import order_of_work
from governance.analysis.peers import Standings, standings_of
from governance.analysis.publication import Door, behind, beside, door_of
from governance.analysis.rounding import in_fields, public_points, rounded_peers
from governance.analysis.score_table import Table
from governance.scoring.robustness import Scenarios
from governance.scoring.settings import Thresholds
from governance.scoring.statements import ALL, Score, mean_of
from mapping.analysis.plain import to_plain

Json = dict[str, Any]
VIEWS = ("inside", "public")
WITH_OTHERS = ("dimensions", "work", "released")
Lines = tuple[float | None, float | None]  # of importance and of level


@dataclass(frozen=True, kw_only=True)
class OwnPart:
    """What a run keeps of one region: JSON values, but for the scenarios.

    findings: raw, inside and public, each without what it takes from others; given once, then forgotten.
    facts: the numbers that others take from it, and those that others change.
    """

    findings: dict[str, Json]
    facts: Json
    scenarios: Scenarios


def own_part(answers: RegionAnswers, *, inputs: GapInputs) -> OwnPart:
    """Everything about one region that no other region can change."""
    own = find_own_gaps(answers, inputs=inputs)
    thresholds, raw = inputs.thresholds, to_plain(own.findings)
    table = Table(raw, dimensions=inputs.dimensions)
    doors = {view: door_of(table, thresholds=thresholds, is_public=view == "public") for view in VIEWS}
    found = {
        view: behind(doors[view], raw, table, thresholds=thresholds, is_public=view == "public")
        for view in VIEWS
    }
    public = found["public"]
    warnings = region_warnings(own.findings, answers.invited, thresholds)
    return OwnPart(
        findings={name: _without_others(region) for name, region in ({"raw": raw} | found).items()},
        facts={
            "dimensions": raw["dimensions"],
            "statements": [
                [score.code, own.dimension_of.get(score.code, ""), score.importance, score.mean]
                for score in own.statements
            ],
            "doors": {view: _told(door) for view, door in doors.items()},
            "is_placed": public["overall"] is not None,
            "points": public_points(public, dimensions=inputs.dimensions, total=ALL),
            "n": public["n"],
            "flagged": [row for row in public["perception"] if row["flagged"]],
            "order": public["statements_of_order"],
            "warnings": to_plain(warnings),
            "work": None,
        },
        scenarios=own.left_out,
    )


def _without_others(region: Json) -> Json:
    return {name: value for name, value in region.items() if name not in WITH_OTHERS}


def _told(door: Door) -> Json:
    return {
        "hidden": sorted(door.hidden),
        "unsafe": sorted(door.unsafe),
        "shown": sorted(key for key in door.shown if key[1] == ALL),
        "few": door.few,
    }


def _door(told: Json) -> Door:
    cells = {name: {(code, group) for code, group in told[name]} for name in ("hidden", "unsafe", "shown")}
    return Door(**cells, few=told["few"])


def work_of(part: OwnPart, *, lines: Lines, tie: float) -> Json:
    """A region's fields of importance and level for each reader, and between which lines they stand."""
    scores = [
        Score(code=code, group=ALL, mean=mean, importance=importance)
        for code, _dimension, importance, mean in part.facts["statements"]
    ]
    names = {code: dimension for code, dimension, *_rest in part.facts["statements"]}
    rows = to_plain(order_of_work(scores, dimension_of=names, lines=lines, left_out=part.scenarios, tie=tie))
    values = (part.scenarios.importance, part.scenarios.levels)
    points = ([score.importance for score in scores], [score.mean for score in scores])
    return {
        "between": [
            _between(line, tie, drawn, own) for line, drawn, own in zip(lines, values, points, strict=True)
        ],
        "raw": rows,
        **{view: _door(part.facts["doors"][view]).work(rows) for view in VIEWS},
    }


def _between(
    line: float | None, tie: float, drawn: Any, own: Sequence[float | None]
) -> list[float | None] | None:
    """The ends between which a line passes no value; a value on the line counts as high."""
    if line is None:
        return None
    bar = line - tie
    values = np.concatenate([np.asarray(drawn).ravel(), [value for value in own if value is not None]])
    below, above = values[values < bar], values[values >= bar]
    return [float(below.max()) if len(below) else None, float(above.min()) if len(above) else None]


def stands(work: Json | None, *, lines: Lines, tie: float) -> bool:
    """Whether kept fields are those of these lines."""
    if work is None:
        return False
    for line, ends in zip(lines, work["between"], strict=True):
        if line is None or ends is None:
            return False
        low, high = ends
        if (low is not None and not low < line - tie) or (high is not None and not line - tie <= high):
            return False
    return True


@dataclass(frozen=True, kw_only=True)
class Together:
    """What regions know of one another: raw scores for who runs the analysis, public ones for all others."""

    raw: Mapping[str, Standings]
    public: Mapping[str, Standings]
    lines: Lines
    drawn: Lines


def together(facts: Mapping[str, Json], *, released: Iterable[str]) -> Together:
    """Of the released regions, in the order of their names, so that sums never depend on it."""
    names = sorted(released)
    raw = {name: {row["code"]: row["score"] for row in facts[name]["dimensions"]} for name in names}
    public = {
        name: {
            row["code"]: row["score"]
            for row in _door(facts[name]["doors"]["public"]).dimensions(facts[name]["dimensions"])
        }
        for name in names
    }
    placed = [name for name in names if facts[name]["is_placed"]]
    return Together(
        raw=standings_of(raw),
        public=standings_of(public),
        lines=_lines_of(row[2:] for name in names for row in facts[name]["statements"]),
        drawn=_lines_of(row for name in placed for row in facts[name]["points"]),
    )


def _lines_of(points: Iterable[Sequence[float | None]]) -> Lines:
    rows = list(points)
    return mean_of(row[0] for row in rows), mean_of(row[1] for row in rows)


def work_beside(work: Json, view: str, others: Together, tie: float) -> list[Json]:
    """A region's fields for one reader: the public's are those in which the points are drawn."""
    rows: list[Json] = work[view]
    return in_fields(rows, lines=others.drawn, tie=tie) if view == "public" else rows


def dimensions_beside(
    facts: Json, region: str, others: Together, thresholds: Thresholds
) -> dict[str, list[Json]]:
    """A region's dimensions beside the others: raw, inside and public."""
    raw = beside(facts["dimensions"], region, others.raw, thresholds)
    for row in raw:
        codes = {
            **row["reasons"],
            **dict.fromkeys(("peer_gap", "best_gap"), row["reason"] or row["peer_reason"]),
        }
        row["reasons"] = {name: code for name, code in codes.items() if code}
    found = {"raw": raw}
    for view in VIEWS:
        rows = _door(facts["doors"][view]).dimensions(raw)
        found[view] = beside(rows, region, others.public, thresholds)
    found["public"] = [rounded_peers(row) for row in found["public"]]
    return found


def warnings_beside(facts: Json, dimensions: Sequence[Json], thresholds: Thresholds) -> Iterator[Json]:
    """A region's warnings; too few peers is one that the others decide."""
    for row in facts["warnings"]:
        if row["code"] != "FEW_PEERS":
            yield row
        elif any(dimension["peer_reason"] for dimension in dimensions):
            peers = min(dimension["peers"] for dimension in dimensions)
            yield row | {"data": {"peers": peers, "needed": thresholds.min_peers}}
