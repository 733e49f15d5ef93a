"""Findings as rows: what an analysis says about a region, ready for pages and the API.

Whatever leaves the partnership rests on at least `k_public` respondents; the team's agreed answer is public.
"""

from typing import Any

from governance.analysis.gap_report import HIDDEN_GAP
from governance.enums import AnalysisKind
from governance.models import Analysis, Finding, RegionResult
from mapping.models import Region


def finding_rows(*, analysis: Analysis, result: dict[str, Any]) -> list[Finding]:
    """One row per finding, in the order of the result."""
    regions = dict(Region.objects.filter(project__exercises=analysis.exercise_id).values_list("slug", "pk"))
    found = _gap_findings(result) if analysis.kind == AnalysisKind.GAPS else _synergy_findings(result)
    return [
        Finding(
            analysis=analysis,
            region_id=regions.get(region or ""),
            other_region_id=regions.get(other or ""),
            code=code,
            position=position,
            data=data,
        )
        for position, (code, region, other, data) in enumerate(found, start=1)
    ]


Found = tuple[str, str | None, str | None, dict[str, Any]]


def _gap_findings(result: dict[str, Any]) -> list[Found]:
    k = result["thresholds"]["k_public"]
    found: list[Found] = []
    for region in result["regions"]:
        found += [
            ("dimension_gap", region["region"], None, public_gap(row, k=k)) for row in region["dimensions"]
        ]
        found += [
            ("perception_gap", region["region"], None, row)
            for row in region["perception"]
            if row["flagged"] and _fewest_behind(region["perception"], row) >= k
        ]
        shown = {row["code"] for row in region["dimensions"] if public_gap(row, k=k)["score"] is not None}
        found += [
            ("gap_order", region["region"], None, row)
            for row in region["statements_of_order"]
            if {row["wider"], row["narrower"]} <= shown
        ]
    return found


def _fewest_behind(gaps: list[dict[str, Any]], row: dict[str, Any]) -> int:
    """The smallest group behind any statement of the dimension: one hidden value could be worked out."""
    return min(
        other["n"]
        for other in gaps
        if other["dimension"] == row["dimension"] and other["other"] == row["other"]
    )


def public_gap(row: dict[str, Any], *, k: int) -> dict[str, Any]:
    """A dimension's gap, if at least k respondents stand behind it beside the team, who are public."""
    if row["n"] > k:
        return row
    reason = row["reason"] or "SUPPRESSED"  # a score that is withheld anyway keeps its own reason
    return row | HIDDEN_GAP | {"reason": reason, "interval_reason": reason}


def _synergy_findings(result: dict[str, Any]) -> list[Found]:
    found: list[Found] = []
    for region in result["regions"]:
        here = region["region_id"]
        found += [(row["kind"], here, None, row) for row in region["pairs"]]
        found += [("niche", here, None, row) for row in region["niches"]]
        found += [("uncovered_priority", here, None, row) for row in region["priorities"] if row["uncovered"]]
        found += [(row["kind"], here, None, row) for row in region["spaces"]["findings"]]
    found += [("region_pair", row["source"], row["target"], row) for row in result["region_pairs"]]
    return found


def region_parts(*, analysis: Analysis, result: dict[str, Any]) -> list[RegionResult]:
    """The result cut by region: its own part, its pairs with others, and the lines drawn for all."""
    rows = Region.objects.filter(project__exercises=analysis.exercise_id).values_list("slug", "pk", "name")
    regions = {slug: (pk, name) for slug, pk, name in rows}
    shared = {
        name: result.get(name)
        for name in ("method", "thresholds", "seed", "importance_line", "level_line", "counts", "noise")
    }
    names = {slug: name for slug, (_pk, name) in regions.items()}
    parts = []
    for region in result["regions"]:
        slug = region.get("region") or region.get("region_id")
        pairs = [row for row in result.get("region_pairs", []) if slug in (row["source"], row["target"])]
        content = {"region": region, "pairs": pairs, "names": names, **shared}
        parts.append(RegionResult(analysis=analysis, region_id=regions[slug][0], result=content))
    return parts
