"""Runs of an analysis. The row freezes the inputs; the worker reads nothing else."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.authors import stored
from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.publication import put_out, take_off
from cohes3ion.lib.work import at_work, without_collector
from governance.enums import AnalysisKind
from governance.models import Analysis, Finding, RegionResult
from governance.scoring.settings import METHOD_VERSION, REVISIONS
from governance.selectors.evidence_inputs import evidence_inputs
from governance.selectors.findings import finding_rows, region_parts
from governance.selectors.thresholds import changed_parameters
from governance.services.disclosure import disclose, mark_scores
from governance.services.gap_runs import frozen_gaps, written_gaps
from governance.services.run_rows import Frozen, Written, keep
from governance.services.synergy_runs import frozen_synergies, written_synergies
from mapping.analysis.evidence import EvidenceInputs, weigh_statistics
from mapping.models import Exercise

# Each kind: how its inputs are frozen, and how they become rows.
Step = tuple[Callable[..., Frozen], Callable[[Analysis], Written]]


def _frozen_evidence(*, exercise: Exercise, method: str) -> Frozen:
    inputs = evidence_inputs(exercise=exercise).to_dict()
    digest = fingerprint({"kind": AnalysisKind.EVIDENCE, "method": method, "inputs": inputs})
    return Frozen(inputs=inputs, digest=digest, thresholds=inputs.get("thresholds", {}))


def _written_evidence(row: Analysis) -> Written:
    """One table for all: the reference of every quotient is the whole, so no part is kept."""
    result = weigh_statistics(EvidenceInputs.from_dict(row.inputs)).to_dict()
    return Written(
        result=result,
        warnings=result.get("warnings", []),
        parts=region_parts(analysis=row, views=(result, None)),
        findings=finding_rows(analysis=row, result=result),
    )


KINDS: dict[str, Step] = {
    AnalysisKind.GAPS: (frozen_gaps, written_gaps),
    AnalysisKind.SYNERGIES: (frozen_synergies, written_synergies),
    AnalysisKind.EVIDENCE: (_frozen_evidence, _written_evidence),
}


class NotFinished(Exception):
    """Only a finished analysis can be published."""


class MadeBefore(Exception):
    """The run is older than the public part of results: only a new run can be published."""


def frozen_inputs(*, exercise: Exercise, kind: str) -> Frozen:
    """The inputs of an analysis as they stand now, and their fingerprint with the method's version."""
    freeze, _write = KINDS[kind]
    return freeze(exercise=exercise, method=f"{METHOD_VERSION}.{REVISIONS[kind]}")


def request_analysis(*, exercise: Exercise, kind: str, by: Any) -> tuple[Analysis, bool]:
    """The run for the inputs as they stand; a new waiting row only if there is none. (row, is new)"""
    with without_collector():
        frozen = frozen_inputs(exercise=exercise, kind=kind)
    same = Analysis.objects.filter(exercise=exercise, kind=kind, fingerprint=frozen.digest).exclude(
        state__in=[JobState.FAILED, JobState.CANCELLED]
    )
    same = same.defer("inputs", "result", "public", "warnings")  # megabytes that nobody asks for here
    _make_room(same)
    return same.or_new(
        exercise=exercise,
        kind=kind,
        inputs=frozen.inputs,
        fingerprint=frozen.digest,
        marks=frozen.marks,
        method_version=METHOD_VERSION,
        revision=REVISIONS[kind],
        parameters=frozen.thresholds,
        changed_parameters=changed_parameters(exercise=exercise, kind=kind),
        seed=exercise.seed,
        created_by=stored(by),
    )


def is_made_before(analysis: Analysis) -> bool:
    """Whether a finished gap analysis has no public parts: nothing of it may be shown, it must run again."""
    return analysis.kind == AnalysisKind.GAPS and analysis.parts.filter(public={}).exists()


def _make_room(same: Any) -> None:
    """A run of the same inputs that nobody can read stands in the way of the one that is asked for."""
    for row in same.done():
        if is_made_before(row):
            Analysis.objects.filter(pk=row.pk).update(
                state=JobState.CANCELLED, published_at=None, superseded_at=None
            )


def run_analysis(*, analysis_id: int) -> bool:
    """Do the work of one row. False when somebody else has it or it is finished."""
    row = Analysis.claim(analysis_id)
    if row is None:
        return False
    with at_work(row), without_collector():
        _compute(row)
    return True


def _compute(row: Analysis) -> None:
    _freeze, write = KINDS[row.kind]
    row.report(20, "compute")
    found = write(row)
    with transaction.atomic():
        if row.finish(result=found.result, public=found.public, warnings=found.warnings):
            Finding.objects.filter(analysis=row).delete()
            Finding.objects.bulk_create(found.findings, batch_size=500)
            RegionResult.objects.filter(analysis=row).delete()
            RegionResult.objects.bulk_create(found.parts, batch_size=25)
            keep(found)


@transaction.atomic
def publish_analysis(*, analysis: Analysis, by: Any) -> Analysis:
    """Make a finished run the public one of its kind; the earlier one is withdrawn.

    Raises NotFinished, MadeBefore.
    """
    current = Analysis.objects.select_for_update().get(pk=analysis.pk)
    if current.state != JobState.DONE:
        raise NotFinished
    if is_made_before(current):
        raise MadeBefore
    put_out(current, among=_like(current), by=by)
    if current.kind == AnalysisKind.GAPS:
        disclose(analysis=current)
    current.refresh_from_db()
    return current


def _like(analysis: Analysis) -> Any:
    """The finished runs of its kind, of which one may be public."""
    return Analysis.objects.done().filter(exercise=analysis.exercise_id, kind=analysis.kind)


@transaction.atomic
def withdraw_analysis(*, analysis: Analysis, reason: str, by: Any) -> Analysis | None:
    """Take a run off the public pages. Returns the run that is public again, if there is one.

    That it was read counts for good: disclosed_at stays, and later runs are held against it.
    Raises NotPublic.
    """
    current = Analysis.objects.select_for_update().get(pk=analysis.pk)
    before: Analysis | None = take_off(current, among=_like(current), reason=reason, by=by)
    if current.kind == AnalysisKind.GAPS:
        mark_scores(exercise=current.exercise, shown=before)
    return before


def cancel_analysis(*, analysis: Analysis) -> bool:
    """Stop waiting for a run; a worker that still computes will not write its result."""
    return bool(
        Analysis.objects.filter(pk=analysis.pk, state__in=[JobState.PENDING, JobState.RUNNING]).update(
            state=JobState.CANCELLED, finished_at=timezone.now()
        )
    )
