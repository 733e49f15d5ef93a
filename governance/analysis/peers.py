"""What regions know of one another: the scores of those released, and the lines drawn for all."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from governance.analysis.gap_report import GapInputs
from governance.scoring.settings import Thresholds
from governance.scoring.statements import ALL, Score, mean_of


@dataclass(frozen=True, kw_only=True)
class PeerGap:
    """A region beside its peers; None with N_TOO_SMALL below five peers."""

    peers: int
    median: float | None
    best: float | None
    leaders: tuple[str, ...]
    reason: str


class Standings:
    """The released regions in one dimension, sorted once: each is then placed beside the others at once.

    Parameters
    ----------
    values
        Region -> level; a region without one is nobody's peer.
    """

    def __init__(self, values: Mapping[str, float | None]) -> None:
        self._own = {region: value for region, value in values.items() if value is not None}
        self._ranked = sorted(self._own.values())
        self._from_best = sorted(self._own, key=lambda region: -self._own[region])

    def beside(self, mean: float | None, *, region: str, thresholds: Thresholds) -> PeerGap:
        """Median and best of the other regions, and who is clearly ahead (by 0.3 or more)."""
        t, mine = thresholds, self._own.get(region)
        ranked = self._ranked
        place = len(ranked) if mine is None else bisect_left(ranked, mine)
        peers = len(ranked) - (mine is not None)
        if peers < t.min_peers:
            return PeerGap(peers=peers, median=None, best=None, leaders=(), reason="N_TOO_SMALL")

        def other(rank: int) -> float:
            return ranked[rank + (rank >= place)]

        half, best = peers // 2, other(peers - 1)
        leaders = []
        for name in self._from_best:
            value = self._own[name]
            if mean is None or value < best - t.min_difference + t.tie:
                break
            if name != region and value >= mean + t.min_difference - t.tie:
                leaders.append(name)
        return PeerGap(
            peers=peers,
            median=other(half) if peers % 2 else (other(half - 1) + other(half)) / 2,
            best=best,
            leaders=tuple(sorted(leaders)),
            reason="",
        )


NOBODY = Standings({})


@dataclass(frozen=True, kw_only=True)
class PeerScores:
    """Where the released regions stand in each dimension, and the grand means of all their statements."""

    standings: Mapping[str, Standings]
    importance_line: float | None
    level_line: float | None

    def beside(self, mean: float | None, *, code: str, region: str, thresholds: Thresholds) -> PeerGap:
        """A region's level in one dimension beside the others'."""
        return self.standings.get(code, NOBODY).beside(mean, region=region, thresholds=thresholds)


def standings_of(levels: Mapping[str, Mapping[str, float | None]]) -> dict[str, Standings]:
    """Region -> dimension -> level, turned into the standings of each dimension."""
    codes = dict.fromkeys(code for own in levels.values() for code in own)
    return {code: Standings({region: own.get(code) for region, own in levels.items()}) for code in codes}


def peer_scores(scores: Mapping[str, Sequence[Score]], *, inputs: GapInputs) -> PeerScores:
    """The scores of every released region, in the order of their names, so that sums never depend on it."""
    released = sorted(answers.region for answers in inputs.regions if answers.released)
    wanted = set(inputs.dimensions)
    levels = {}
    rows: list[Score] = []
    for region in released:
        own = region_scores(scores[region])
        levels[region] = {score.code: score.mean for score in own if score.code in wanted}
        rows += [score for score in own if score.code not in wanted and score.code != ALL]
    return PeerScores(
        standings=standings_of(levels),
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
