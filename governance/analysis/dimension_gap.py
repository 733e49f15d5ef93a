"""One dimension of one region: its gap to the needed level, to the median of its peers and to the best."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from governance.analysis.gap_report import DimensionGap, RegionAnswers
from governance.analysis.order import Floats, share_of
from governance.analysis.peers import PeerScores
from governance.analysis.perception import DimensionAgreement
from governance.scoring.score_intervals import Interval
from governance.scoring.settings import Thresholds
from governance.scoring.statements import Score

NO_TARGET = "NO_TARGET"


@dataclass(frozen=True, kw_only=True)
class Backing:
    """What stands behind the score of one dimension; left_out: the score without each respondent."""

    interval: Interval
    left_out: Floats
    agreement: DimensionAgreement


def dimension_gap(
    score: Score,
    *,
    answers: RegionAnswers,
    backing: Backing,
    peers: PeerScores,
    thresholds: Thresholds,
) -> DimensionGap:
    """Gaps of one dimension.

    Target gap: max(0, target - score), confirmed when the upper end of the interval lies below the target.
    Peer gap: median of the other released regions - score. Source: B5.
    """
    mean, target = score.mean, answers.targets.get(score.code)
    interval, agreement = backing.interval, backing.agreement
    beside = peers.beside(mean, code=score.code, region=answers.region, thresholds=thresholds)
    gap = None if mean is None or target is None else max(0.0, target - mean)
    confirmed = _is_confirmed(mean, target, interval, thresholds)
    holds = _holds(mean, target, backing.left_out, thresholds)
    return DimensionGap(
        **_level(score, interval),
        target=target,
        target_gap=gap,
        confirmed=confirmed,
        gap_status="" if gap is None else _status(gap, confirmed, thresholds),
        gap_holds=holds,
        peers=beside.peers,
        peer_median=beside.median,
        peer_gap=None if mean is None or beside.median is None else beside.median - mean,
        best=beside.best,
        best_gap=None if mean is None or beside.best is None else beside.best - mean,
        leaders=beside.leaders,
        peer_reason=beside.reason,
        alpha=agreement.alpha,
        between_groups=agreement.between,
        between_p=agreement.between_p,
        reasons=_reasons(
            score,
            no_target="" if target is not None else NO_TARGET,
            alone="" if holds is not None else "N_TOO_SMALL",  # nobody is left when one is left out
            interval=interval,
            agreement=agreement,
            peers=beside.reason,
        ),
    )


def _level(score: Score, interval: Interval) -> dict[str, Any]:
    """The score with everything that stands beside it."""
    shown = score.mean is not None
    return {
        "code": score.code,
        "score": score.mean,
        "reason": score.reason,
        "n": score.n,
        "invited": score.invited,
        "coverage": score.coverage,
        "spread": score.spread,
        "lower": interval.lower if shown else None,
        "upper": interval.upper if shown else None,
        "interval_reason": score.reason or interval.reason,
        "interval_kind": interval.kind if shown else "",
        "census": interval.census,
        "importance": score.importance,
        "needed": score.needed,
    }


def _is_confirmed(
    mean: float | None, target: int | None, interval: Interval, thresholds: Thresholds
) -> bool | None:
    if mean is None or target is None or interval.upper is None:
        return None
    return interval.upper < target - thresholds.tie


def _status(gap: float, confirmed: bool | None, thresholds: Thresholds) -> str:
    if gap <= thresholds.tie:
        return "none"
    return "confirmed" if confirmed else "possible"


def _holds(mean: float | None, target: int | None, left_out: Floats, thresholds: Thresholds) -> float | None:
    """In which share of scenarios is the score on the same side of the target as it is now?"""
    if mean is None or target is None:
        return None
    same = (left_out < target - thresholds.tie) == (mean < target - thresholds.tie)
    return share_of(same, ~np.isnan(left_out))


def _reasons(
    score: Score,
    *,
    no_target: str,
    alone: str,
    interval: Interval,
    agreement: DimensionAgreement,
    peers: str,
) -> dict[str, str]:
    """Field -> why it is None."""
    untargeted = score.reason or no_target
    found = {
        "score": score.reason,
        "coverage": "" if score.coverage is not None else "NO_DATA",
        "spread": "" if score.spread is not None else "N_TOO_SMALL" if score.n else "NO_DATA",
        "interval": score.reason or interval.reason,
        "target": no_target,
        "target_gap": untargeted,
        "gap_holds": untargeted or alone,
        "confirmed": untargeted or interval.reason,
        "peer_gap": score.reason or peers,
        "best_gap": score.reason or peers,
        "importance": "" if score.importance is not None else "NO_DATA",
        "alpha": agreement.alpha_reason,
        "between_groups": agreement.between_reason,
    }
    return {name: code for name, code in found.items() if code}
