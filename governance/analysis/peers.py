"""What regions know of one another: the scores of those released, and the lines drawn for all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from governance.analysis.gap_report import GapInputs
from governance.scoring.settings import Thresholds
from governance.scoring.statements import ALL, Score, mean_of


@dataclass(frozen=True, kw_only=True)
class PeerScores:
    """Scores of the released regions: region -> dimension -> level, and the grand means of all of them."""

    dimensions: Mapping[str, Mapping[str, float | None]]
    importance_line: float | None
    level_line: float | None


@dataclass(frozen=True, kw_only=True)
class PeerGap:
    """A region beside its peers; None with N_TOO_SMALL below five peers."""

    peers: int
    median: float | None
    best: float | None
    leaders: tuple[str, ...]
    reason: str


def peer_scores(scores: Mapping[str, Sequence[Score]], *, inputs: GapInputs) -> PeerScores:
    """The scores of every released region, in the order of their names, so that sums never depend on it."""
    released = sorted(answers.region for answers in inputs.regions if answers.released)
    rows = [score for region in released for score in statement_scores(scores[region], inputs)]
    return PeerScores(
        dimensions={
            region: {score.code: score.mean for score in region_scores(scores[region])} for region in released
        },
        importance_line=mean_of(score.importance for score in rows),
        level_line=mean_of(score.mean for score in rows),
    )


def region_scores(scores: Sequence[Score]) -> list[Score]:
    """The region's own scores: all groups together, no single unit."""
    return [score for score in scores if score.group == ALL and score.unit is None]


def statement_scores(scores: Sequence[Score], inputs: GapInputs) -> list[Score]:
    """The region's score of each statement (no dimensions, no overall score)."""
    skipped = {*inputs.dimensions, ALL}
    return [score for score in region_scores(scores) if score.code not in skipped]


def beside_peers(
    mean: float | None, *, others: Mapping[str, float | None], thresholds: Thresholds
) -> PeerGap:
    """Median and best of the other regions, and who is clearly ahead (by 0.3 or more)."""
    t = thresholds
    known = {region: value for region, value in sorted(others.items()) if value is not None}
    if len(known) < t.min_peers:
        return PeerGap(peers=len(known), median=None, best=None, leaders=(), reason="N_TOO_SMALL")
    best = max(known.values())
    leaders = tuple(
        region
        for region, value in known.items()
        if mean is not None
        and value >= best - t.min_difference + t.tie
        and value >= mean + t.min_difference - t.tie
    )
    return PeerGap(peers=len(known), median=median(known.values()), best=best, leaders=leaders, reason="")
