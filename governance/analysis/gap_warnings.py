"""What a reader must know about a region's findings, as codes with data."""

from collections.abc import Mapping
from typing import Any

from governance.analysis.gap_report import RegionGaps, Warning
from governance.scoring.coverage import response_warnings
from governance.scoring.settings import Thresholds


def region_warnings(region: RegionGaps, invited: Mapping[str, int], thresholds: Thresholds) -> list[Warning]:
    """Withheld scores with the answers they need, missing targets and importance, and who answered (C8).

    Codes: NO_DATA and COVERAGE_TOO_LOW (dimension, needed), NO_TARGET and IMPORTANCE_MISSING (dimensions),
    OVERALL_WITHHELD (reason), and those of `response_warnings`.
    """
    found: list[tuple[str, dict[str, Any]]] = [
        (row.reason, {"dimension": row.code, "needed": row.needed}) for row in region.dimensions if row.reason
    ]
    if region.overall is None:
        found.append(("OVERALL_WITHHELD", {"reason": region.overall_reason}))
    untargeted = [row.code for row in region.dimensions if row.target is None]
    if untargeted:
        found.append(("NO_TARGET", {"dimensions": untargeted}))
    unweighted = [row.code for row in region.dimensions if row.score is not None and row.importance is None]
    if unweighted:
        found.append(("IMPORTANCE_MISSING", {"dimensions": unweighted}))
    if any(row.peer_reason for row in region.dimensions):
        peers = min(row.peers for row in region.dimensions)
        found.append(("FEW_PEERS", {"peers": peers, "needed": thresholds.min_peers}))
    found += response_warnings(region.answered, invited, thresholds=thresholds)
    return [Warning(code=code, region=region.region, data=data) for code, data in found]
