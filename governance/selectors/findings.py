"""Findings as rows: what an analysis says about a region, ready for pages and the API.

Whatever leaves the partnership went through `governance.analysis.publication`.
"""

from typing import Any

from governance.analysis.publication import protected_views
from governance.enums import AnalysisKind
from governance.models import Analysis, Finding, RegionResult
from mapping.models import Region


def finding_rows(*, analysis: Analysis, result: dict[str, Any]) -> list[Finding]:
    """One row per finding, in the order of the result: of a gap analysis, of what the public may read."""
    regions = dict(Region.objects.filter(project__exercises=analysis.exercise_id).values_list("slug", "pk"))
    found = FOUND[AnalysisKind(analysis.kind)](result)
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
    found: list[Found] = []
    for region in result["regions"]:
        here = region["region"]
        found += [("dimension_gap", here, None, row) for row in region["dimensions"]]
        found += [("perception_gap", here, None, row) for row in region["perception"] if row["flagged"]]
        found += [("gap_order", here, None, row) for row in region["statements_of_order"]]
    return found


def _synergy_findings(result: dict[str, Any]) -> list[Found]:
    found: list[Found] = []
    for region in result["regions"]:
        found += [(code, region["region_id"], None, row) for code, row in synergies_in_region(region)]
    found += [("region_pair", row["source"], row["target"], row) for row in result["region_pairs"]]
    return found


def synergies_in_region(region: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Code and data of what is found inside one region, in the order in which it is listed."""
    found = [(row["kind"], row) for row in region["pairs"]]
    found += [("niche", row) for row in region["niches"]]
    found += [("uncovered_priority", row) for row in region["priorities"] if row["uncovered"]]
    return [*found, *((row["kind"], row) for row in region["spaces"]["findings"])]


def _evidence_findings(result: dict[str, Any]) -> list[Found]:
    """Specialisations beyond noise and priorities against them, each with its source and year."""
    found: list[Found] = []
    for region in result["regions"]:
        here = region["region_id"]
        rows = [row for row in region.get("specialisations", []) if row["confirmed"]]
        found += [("specialisation", here, None, row | {"table": result["card"]}) for row in rows]
        found += [
            ("priority_evidence", here, None, row | {"table": result["card"]})
            for row in region.get("evidence", [])
        ]
    return found


FOUND = {
    AnalysisKind.GAPS: _gap_findings,
    AnalysisKind.SYNERGIES: _synergy_findings,
    AnalysisKind.EVIDENCE: _evidence_findings,
}


Views = tuple[dict[str, Any], dict[str, Any] | None]


def views_of(*, kind: str, result: dict[str, Any]) -> Views:
    """A result as the partnership may read it, and as the public may where answers are read."""
    return protected_views(result) if kind == AnalysisKind.GAPS else (result, None)


def region_parts(
    *, analysis: Analysis, views: Views, fingerprints: dict[str, str] | None = None
) -> list[RegionResult]:
    """A result cut by region: its own part, what others can give it, and the lines drawn for all.

    `fingerprints`: what each part rests on, so that a later run can take it over.
    """
    regions = dict(Region.objects.filter(project__exercises=analysis.exercise_id).values_list("slug", "pk"))
    inside, public = (_cut(view) if view else {} for view in views)
    return [
        RegionResult(
            analysis=analysis,
            region_id=regions[slug],
            result=part,
            public=public.get(slug, {}),
            fingerprint=(fingerprints or {}).get(slug, ""),
        )
        for slug, part in inside.items()
    ]


SHARED = (
    "method",
    "thresholds",
    "seed",
    "importance_line",
    "level_line",
    "counts",
    "noise",
    "card",
    "territories",
    "domains",
    "density_threshold",
)


def _cut(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    shared = {name: result.get(name) for name in SHARED}
    pairs: dict[str, list[dict[str, Any]]] = {}
    for row in result.get("region_pairs", []):
        pairs.setdefault(row["target"], []).append(row)
    own = {region.get("region") or region.get("region_id"): region for region in result["regions"]}
    return {slug: {"region": row, "pairs": pairs.get(slug, []), **shared} for slug, row in own.items()}


CELL = ("code", "score", "reason", "n")


def themes_of(*, dimensions: list[str], parts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Scores of all regions by dimension, from their public parts: what the start page draws."""
    return {
        "dimensions": dimensions,
        "regions": [
            {
                "region": slug,
                "n": part["region"]["n"],
                "dimensions": [{name: row[name] for name in CELL} for row in part["region"]["dimensions"]],
            }
            for slug, part in parts.items()
        ],
    }
