"""What a run may take over from earlier ones: the parts of regions made from the same inputs."""

from typing import Any

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.jobs import JobState
from governance.analysis.gap_report import RegionGaps
from governance.analysis.gaps import KeptRegion
from governance.enums import AnalysisKind
from governance.models import Analysis, RegionResult
from mapping.analysis.plain import from_plain
from mapping.analysis.synergies import inputs_by_region
from mapping.analysis.synergy_inputs import SynergyInputs
from mapping.analysis.synergy_report import KeptSynergies

Json = dict[str, Any]


def part_fingerprints(*, kind: str, inputs: Json) -> dict[str, str]:
    """Region -> fingerprint of all that its own numbers rest on; what it takes from others is not in it."""
    if kind == AnalysisKind.GAPS:
        shared = {name: inputs[name] for name in ("dimensions", "thresholds", "seed", "method")}
        return {
            row["region"]: fingerprint([kind, shared, {**row, "released": None}]) for row in inputs["regions"]
        }
    if kind == AnalysisKind.EVIDENCE:
        return {}  # every quotient rests on the whole table
    parts = inputs_by_region(SynergyInputs.from_dict(inputs))
    found = {}
    for region, part in parts.items():
        rows = part.to_dict()
        used = [code for row in (*rows["capabilities"], *rows["priorities"]) for code in row["codes"]]
        rows["code_parents"] = _branches(used, rows["code_parents"])
        found[str(region)] = fingerprint([kind, rows])
    return found


def _branches(used: list[str], parents: dict[str, str | None]) -> dict[str, str | None]:
    """The part of the trees that these codes stand on."""
    found: dict[str, str | None] = {}
    for start in used:
        code: str | None = start
        while code is not None and code in parents and code not in found:
            found[code] = parents[code]
            code = parents[code]
    return found


def kept_parts(*, analysis: Analysis, fingerprints: dict[str, str]) -> dict[str, Any]:
    """Region -> its findings from that finished run of this exercise which shares most. Two queries.

    Read from the whole result: the stored parts are what readers may see, and hide small groups.
    """
    rows = RegionResult.objects.filter(
        analysis__exercise=analysis.exercise_id,
        analysis__kind=analysis.kind,
        analysis__state=JobState.DONE,
        analysis__method_version=analysis.method_version,
        fingerprint__in=fingerprints.values(),
    ).values_list("analysis", "region__slug", "fingerprint")
    shared: dict[int, set[str]] = {}
    for run, slug, digest in rows:
        if fingerprints.get(slug) == digest:
            shared.setdefault(run, set()).add(slug)
    if not shared:
        return {}
    best = max(shared, key=lambda run: (len(shared[run]), run))
    result = Analysis.objects.values_list("result", flat=True).get(pk=best)
    if analysis.kind == AnalysisKind.GAPS:
        lines = {name: result[name] for name in ("importance_line", "level_line")}
        return {
            row["region"]: KeptRegion(findings=from_plain(RegionGaps, row), **lines)
            for row in result["regions"]
            if row["region"] in shared[best]
        }
    return {
        row["region_id"]: KeptSynergies(row) for row in result["regions"] if row["region_id"] in shared[best]
    }
