"""Runs of an analysis. The row freezes the inputs; the worker reads nothing else."""

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.fingerprints import fingerprint
from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.work import at_work
from governance.analysis.gap_report import GapInputs
from governance.analysis.gaps import find_gaps
from governance.enums import AnalysisKind
from governance.models import Analysis, Finding, RegionResult
from governance.scoring.settings import METHOD_VERSION
from governance.selectors.evidence_inputs import evidence_inputs
from governance.selectors.findings import finding_rows, region_parts, themes_of, views_of
from governance.selectors.inputs import gap_inputs
from governance.selectors.kept_parts import kept_parts, part_fingerprints
from governance.selectors.synergy_inputs import synergy_inputs
from governance.selectors.thresholds import changed_parameters
from governance.services.disclosure import disclose
from mapping.analysis.evidence import EvidenceInputs, weigh_statistics
from mapping.analysis.synergies import find_synergies
from mapping.analysis.synergy_inputs import SynergyInputs
from mapping.models import Exercise

# Each kind: how its inputs are read, and how they and the kept parts of regions become a result.
Step = tuple[Callable[..., Any], Callable[[dict[str, Any], dict[str, Any]], Any]]
KINDS: dict[str, Step] = {
    AnalysisKind.GAPS: (
        gap_inputs,
        lambda data, kept: find_gaps(GapInputs.from_dict(data), kept=kept),
    ),
    AnalysisKind.SYNERGIES: (
        synergy_inputs,
        lambda data, kept: find_synergies(SynergyInputs.from_dict(data), kept=kept),
    ),
    # One table for all: the reference of every quotient is the whole, so no part is kept.
    AnalysisKind.EVIDENCE: (
        evidence_inputs,
        lambda data, _kept: weigh_statistics(EvidenceInputs.from_dict(data)),
    ),
}


class NotFinished(Exception):
    """Only a finished analysis can be published."""


class MadeBefore(Exception):
    """The run is older than the public part of results: only a new run can be published."""


def frozen_inputs(*, exercise: Exercise, kind: str) -> tuple[dict[str, Any], str]:
    """The inputs of an analysis as they stand now, and their fingerprint with the method's version."""
    read, _run = KINDS[kind]
    inputs = read(exercise=exercise).to_dict()
    return inputs, fingerprint({"kind": kind, "method": METHOD_VERSION, "inputs": inputs})


def request_analysis(*, exercise: Exercise, kind: str, by: Any) -> tuple[Analysis, bool]:
    """The run for the inputs as they stand; a new waiting row only if there is none. (row, is new)"""
    inputs, digest = frozen_inputs(exercise=exercise, kind=kind)
    same = Analysis.objects.filter(exercise=exercise, kind=kind, fingerprint=digest).exclude(
        state__in=[JobState.FAILED, JobState.CANCELLED]
    )
    _make_room(same)
    return same.or_new(
        exercise=exercise,
        kind=kind,
        inputs=inputs,
        fingerprint=digest,
        method_version=METHOD_VERSION,
        parameters=inputs.get("thresholds", {}),
        changed_parameters=changed_parameters(exercise=exercise, kind=kind),
        seed=exercise.seed,
        created_by=by if by is not None and by.pk else None,
    )


def is_made_before(analysis: Analysis) -> bool:
    """Whether a finished gap analysis has no public parts: nothing of it may be shown, it must run again."""
    return analysis.kind == AnalysisKind.GAPS and analysis.parts.filter(public={}).exists()


def _make_room(same: Any) -> None:
    """A run of the same inputs that nobody can read stands in the way of the one that is asked for."""
    for row in same.done():
        if is_made_before(row):
            Analysis.objects.filter(pk=row.pk).update(state=JobState.CANCELLED, published_at=None)


def run_analysis(*, analysis_id: int) -> bool:
    """Do the work of one row. False when somebody else has it or it is finished."""
    row = Analysis.claim(analysis_id)
    if row is None:
        return False
    with at_work(row):
        _compute(row)
    return True


def _compute(row: Analysis) -> None:
    _read, run = KINDS[row.kind]
    row.report(20, "compute")
    prints = part_fingerprints(kind=row.kind, inputs=row.inputs)
    kept = kept_parts(analysis=row, fingerprints=prints)
    result = run(row.inputs, kept).to_dict()
    views = views_of(kind=row.kind, result=result)
    with transaction.atomic():
        parts = region_parts(analysis=row, views=views, fingerprints=prints)
        public = public_themes(parts, result=result)
        if row.finish(result=result, public=public, warnings=result.get("warnings", [])):
            Finding.objects.filter(analysis=row).delete()
            found = finding_rows(analysis=row, result=views[1] or result)
            Finding.objects.bulk_create(found, batch_size=500)
            RegionResult.objects.filter(analysis=row).delete()
            RegionResult.objects.bulk_create(parts, batch_size=25)


def public_themes(parts: list[RegionResult], *, result: dict[str, Any]) -> dict[str, Any]:
    shown = {part.public["region"]["region"]: part.public for part in parts if part.public}
    return themes_of(dimensions=result["dimensions"], parts=shown) if shown else {}


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
    Analysis.objects.filter(exercise=current.exercise, kind=current.kind).exclude(pk=current.pk).update(
        published_at=None, published_by=None
    )
    Analysis.objects.filter(pk=current.pk).update(
        published_at=timezone.now(), published_by=by if by is not None and by.pk else None
    )
    if current.kind == AnalysisKind.GAPS:
        disclose(analysis=current)
    current.refresh_from_db()
    return current


def cancel_analysis(*, analysis: Analysis) -> bool:
    """Stop waiting for a run; a worker that still computes will not write its result."""
    return bool(
        Analysis.objects.filter(pk=analysis.pk, state__in=[JobState.PENDING, JobState.RUNNING]).update(
            state=JobState.CANCELLED, finished_at=timezone.now()
        )
    )
