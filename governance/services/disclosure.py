"""What a published gap analysis lets out, beside what earlier ones let out already (C9, over time)."""

from dataclasses import dataclass
from typing import Any, Self

from django.utils import timezone

from governance.analysis.changed_answers import changed_respondents
from governance.analysis.publication_audit import tells_more
from governance.analysis.rounding import rounded
from governance.models import Analysis, Finding, GovernanceScore, RegionResult
from governance.models.score import ScoreGroup
from governance.scoring.settings import Thresholds
from governance.selectors.findings import themes_of
from mapping.models import Exercise

Json = dict[str, Any]


def disclose(*, analysis: Analysis) -> list[str]:
    """Settle what the public reads of each region. Returns the regions that keep older figures.

    The difference of two means that were both published tells what the respondents answered who came, left
    or changed in between. While there are fewer than k_public of them, a region keeps the figures it had, and
    also while the same answers, read by other rules, would tell more about a score that is withheld.
    """
    rows = RegionResult.objects.filter(analysis=analysis).exclude(public={})
    parts = list(rows.select_related("region"))
    earlier = _earlier_parts(analysis)
    frozen = _frozen_runs({part.public["basis"] for rows in earlier.values() for part in rows})
    k = Thresholds(**analysis.result["thresholds"]).k_public
    now = Read.of(analysis)
    held = []
    for part in parts:
        slug = part.region.slug
        known = earlier.get(part.region_id, [])
        if any(_tells_too_much(part, row, was=frozen[row.public["basis"]], run=now, k=k) for row in known):
            part.public = known[0].public
            _keep_findings(analysis, part, older=known[0])
            held.append(slug)
        elif "basis" not in part.public:
            part.public |= {"basis": analysis.pk, "as_of": timezone.localdate().isoformat()}
    RegionResult.objects.bulk_update(parts, ["public"], batch_size=200)
    shown = {part.region.slug: part.public for part in parts}
    Analysis.objects.filter(pk=analysis.pk).update(
        disclosed_at=analysis.disclosed_at or timezone.now(),
        public=themes_of(dimensions=analysis.result["dimensions"], parts=shown),
    )
    _mark_scores(analysis.exercise, shown)
    return held


def _earlier_parts(analysis: Analysis) -> dict[int, list[RegionResult]]:
    """What was public of each region before, newest first."""
    rows = RegionResult.objects.filter(
        analysis__exercise=analysis.exercise_id,
        analysis__kind=analysis.kind,
        analysis__disclosed_at__isnull=False,
    ).exclude(analysis=analysis)
    found: dict[int, list[RegionResult]] = {}
    for row in rows.defer("result").order_by("-analysis__disclosed_at", "-analysis__pk"):
        if "basis" in row.public:
            found.setdefault(row.region_id, []).append(row)
    return found


@dataclass(frozen=True)
class Read:
    """A run as it is compared with others: the answers of each region, and by what rules they were read."""

    answers: dict[str, Json]
    rules: Any

    @classmethod
    def of(cls, analysis: Analysis) -> Self:
        return cls(answers={row["region"]: row for row in analysis.inputs["regions"]}, rules=analysis.rules)


def _frozen_runs(runs: set[int]) -> dict[int, Read]:
    rows = Analysis.objects.filter(pk__in=runs).defer("result")
    return {row.pk: Read.of(row) for row in rows}


def _tells_too_much(after: RegionResult, before: RegionResult, *, was: Read, run: Read, k: int) -> bool:
    """Whether two published parts of a region, side by side, tell of single respondents.

    What only the team's answers moved is no secret: everybody reads them.
    """
    slug = after.region.slug
    changed = changed_respondents(was.answers.get(slug), run.answers.get(slug))
    if changed:
        return changed < k
    return was.rules != run.rules and tells_more(after.public["region"], before.public["region"])


def _keep_findings(analysis: Analysis, part: RegionResult, *, older: RegionResult) -> None:
    """The findings of a region that keeps its figures are those of the run the figures come from."""
    Finding.objects.filter(analysis=analysis, region=part.region).delete()
    rows = Finding.objects.filter(analysis=older.analysis_id, region=part.region)
    Finding.objects.bulk_create(
        Finding(analysis=analysis, region=part.region, code=row.code, position=row.position, data=row.data)
        for row in rows
    )


def mark_scores(*, exercise: Exercise, shown: Analysis | None) -> None:
    """After a run was withdrawn, by the one that is public instead; without one, no score is."""
    parts = RegionResult.objects.filter(analysis=shown).exclude(public={}).select_related("region")
    _mark_scores(exercise, {part.region.slug: part.public for part in parts} if shown else {})


def _mark_scores(exercise: Exercise, shown: dict[str, Json]) -> None:
    """Scores of the table are public while they say what the published figures say, and no longer."""
    rows = GovernanceScore.objects.filter(
        region_map__exercise=exercise, group=ScoreGroup.ALL, unit=None
    ).select_related("region_map__region")
    published = {
        (slug, score["code"]): score
        for slug, part in shown.items()
        for score in part["region"]["scores"]
        if score["group"] == ScoreGroup.ALL and score["unit"] is None
    }
    for row in rows:
        score = published.get((row.region_map.region.slug, row.code))
        row.is_public = (
            score is not None
            and score["reason"] != "SUPPRESSED"
            and row.n == score["n"]
            and all(rounded(getattr(row, name)) == score[name] for name in ("mean", "importance"))
        )
    GovernanceScore.objects.bulk_update(rows, ["is_public"], batch_size=500)
