"""Runs of analyses as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.jobs import JobState
from cohes3ion.lib.packed_json import Packed
from governance.analysis.gap_report import GapInputs
from governance.enums import AnalysisKind
from governance.models import Analysis, Finding
from governance.scoring.settings import METHOD_VERSION, REVISIONS
from governance.selectors.annexes import AnnexRow, annex_overview
from governance.selectors.input_tables import sanity_figures
from governance.selectors.run_findings import FindingCounts, FindingLine, count_findings, finding_lines
from governance.selectors.run_words import warning_sentence
from governance.selectors.thresholds import WORDS
from mapping.analysis.indicators import LEAST_COUNT, LEAST_P
from mapping.analysis.peers import MIN_JOINT_WEIGHT
from mapping.enums import Role
from mapping.models import Exercise, Region


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """One kind of analysis: its newest run, the public one, and what changed since."""

    kind: str
    name: str
    newest: Analysis | None
    published: Analysis | None
    answers_changed: bool
    parameters_changed: bool
    is_outdated: bool  # made by another version of the method than today's

    @property
    def what_changed(self) -> str:
        return str(CHANGED[self.kind])


@dataclass(frozen=True, kw_only=True)
class AnalysisList:
    exercise: Exercise
    lines: list[KindLine]
    runs: list[Analysis]
    may_run: bool
    may_publish: bool

    @property
    def older(self) -> list[Analysis]:
        """Runs of an earlier method, or of an earlier revision of it."""
        return [run for run in self.runs if is_outdated(run)]


@dataclass(frozen=True, kw_only=True)
class ParameterLine:
    """A number a run used; where it is not the method's own, the reason given."""

    name: str
    label: str
    value: float
    default: float | None = None
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class AnalysisPage:
    analysis: Analysis
    findings: list[FindingLine]
    found: FindingCounts
    before: Analysis | None  # the finished run of this kind before, for who may compare
    warnings: list[tuple[str, str]]
    warnings_in_all: int
    parameters: list[ParameterLine]
    sanity: list[tuple[str, float | int | None]]
    annexes: list[AnnexRow]
    method: str  # what `./run manage method` calls the whole analysis
    may_take_inputs: bool
    may_run: bool
    may_publish: bool
    is_outdated: bool
    sees_all: bool  # who runs the round; others read what their roles reach


def analysis_list(*, exercise: Exercise, user: Any, today: dict[str, tuple[Any, str]]) -> AnalysisList:
    """`today`: each kind's inputs as they stand, and their fingerprint."""
    rows = Analysis.objects.filter(exercise=exercise).defer("inputs", "result")
    runs = list(rows.select_related("created_by")[:30])
    lines = []
    for kind in AnalysisKind:
        if kind not in today:
            continue
        mine = [run for run in runs if run.kind == kind]
        newest = mine[0] if mine else None
        lines.append(
            KindLine(
                kind=kind.value,
                name=str(kind.label),
                newest=newest,
                published=next((run for run in mine if run.published_at), None),
                **_changes_since(newest, *today[kind]),
                is_outdated=newest is not None and is_outdated(newest),
            )
        )
    return AnalysisList(
        exercise=exercise,
        lines=lines,
        runs=runs,
        may_run=user.has_perm("governance.run_analysis", exercise),
        may_publish=user.has_perm("governance.publish_analysis", exercise),
    )


def _changes_since(run: Analysis | None, today: Any, digest: str) -> dict[str, bool]:
    """Whether answers or map, and whether thresholds, differ from what a run froze."""
    if run is None or run.fingerprint == digest:
        return {"answers_changed": False, "parameters_changed": False}
    inputs = today.read() if isinstance(today, Packed) else today
    frozen = Analysis.objects.values_list("inputs", flat=True).get(pk=run.pk)
    if run.kind == AnalysisKind.GAPS:
        frozen = GapInputs.from_dict(frozen).to_dict()  # an older run froze answers in another form
    apart = {name for name in {*inputs, *frozen} if inputs.get(name) != frozen.get(name)}
    return {
        "answers_changed": bool(apart - PARAMETERS),
        "parameters_changed": bool(apart & PARAMETERS - {"method"}),
    }


def is_outdated(run: Analysis) -> bool:
    """Finished by another version of the method than today's, or by code before a change of its numbers."""
    today = (METHOD_VERSION, REVISIONS[run.kind])
    return run.state == JobState.DONE and (run.method_version, run.revision) != today


CHANGED: dict[str, Any] = {
    AnalysisKind.GAPS: _("Answers changed since"),
    AnalysisKind.SYNERGIES: _("Maps changed since"),
    AnalysisKind.EVIDENCE: _("Statistics or priorities changed since"),
}
SHOWN = 100
TEAM: tuple[Role, ...] = (Role.REGIONAL_LEAD, Role.CONTRIBUTOR)
WHOLE: dict[str, str] = {
    AnalysisKind.GAPS: "gap_analysis",
    AnalysisKind.SYNERGIES: "synergy_analysis",
    AnalysisKind.EVIDENCE: "evidence_analysis",
}
# Numbers that no exercise may change, so they are not frozen with the run: its method version says which.
OF_EVIDENCE: dict[str, float] = {
    "least_p": LEAST_P,
    "least_count": LEAST_COUNT,
    "known_of_both": MIN_JOINT_WEIGHT,
}
FIXED = {
    "tie": _("Difference below which two numbers are the same"),
    "seed": _("Seed of the draws"),
    "least_p": _("Chance below which a specialisation is more than noise"),
    "least_count": _("Count from which a specialisation is more than noise"),
    "known_of_both": _("Share of the fields that must be known of both regions to compare their structure"),
}
# What of the inputs are the method's numbers; the others are answers, maps and needed levels.
PARAMETERS = {"thresholds", "seed", "method"}


def analysis_page(*, analysis: Analysis, user: Any) -> AnalysisPage:
    sees_all = user.has_perm("mapping.see_progress", analysis.exercise)
    found = Finding.objects.all() if sees_all else Finding.objects.visible_to(user)
    mine = found.filter(analysis=analysis)
    warnings = analysis.warnings if sees_all else _warnings_for(analysis, user)
    return AnalysisPage(
        analysis=analysis,
        findings=finding_lines(mine.select_related("region", "other_region")[:SHOWN]),
        found=count_findings(mine),
        before=_run_before(analysis) if sees_all else None,
        warnings=_told(analysis, warnings),
        warnings_in_all=len(warnings),
        parameters=parameters_of(analysis),
        sanity=sanity_figures(analysis.result) if _is_synergies(analysis) else [],
        annexes=annex_overview(exercise=analysis.exercise)
        if sees_all and analysis.kind == AnalysisKind.GAPS
        else [],
        method=WHOLE[analysis.kind],
        may_take_inputs=_may_take_inputs(analysis, user),
        may_run=user.has_perm("governance.run_analysis", analysis.exercise),
        may_publish=user.has_perm("governance.publish_analysis", analysis.exercise),
        is_outdated=is_outdated(analysis),
        sees_all=sees_all,
    )


def _may_take_inputs(analysis: Analysis, user: Any) -> bool:
    """Maps and tables by whoever sees all maps; single ratings by the facilitator."""
    if analysis.kind == AnalysisKind.GAPS:
        return bool(user.has_perm("governance.see_single_ratings", analysis.exercise))
    is_readable = _is_synergies(analysis) or analysis.kind == AnalysisKind.EVIDENCE
    return is_readable and bool(user.has_perm("governance.take_inputs", analysis.exercise))


def _run_before(analysis: Analysis) -> Analysis | None:
    rows = Analysis.objects.done().filter(exercise=analysis.exercise_id, kind=analysis.kind)
    return rows.filter(pk__lt=analysis.pk).defer("inputs", "result").first()


def _warnings_for(analysis: Analysis, user: Any) -> list[dict[str, Any]]:
    """Those of the regions this person works for: they tell how many answered and who did not."""
    if not analysis.warnings:
        return []
    mine = set(user.memberships.filter(role__in=TEAM).values_list("region__slug", flat=True))
    return [row for row in analysis.warnings if row["region"] in mine]


def _told(analysis: Analysis, warnings: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Region and sentence of the first warnings."""
    if not warnings:
        return []
    named = Region.objects.filter(project=analysis.exercise.project_id)
    names = dict(named.values_list("slug", "name"))
    shown = warnings[:SHOWN]
    return [(names.get(row["region"], row["region"]), warning_sentence(row)) for row in shown]


def _is_synergies(analysis: Analysis) -> bool:
    """A finished run with counts of pairs: its inputs are the maps, no single ratings."""
    return analysis.kind == AnalysisKind.SYNERGIES and bool((analysis.result or {}).get("counts"))


def parameters_of(analysis: Analysis) -> list[ParameterLine]:
    """Every number a run used, those that differ from the method's own first."""
    changed = {row["name"]: row for row in analysis.changed_parameters}
    numbers = OF_EVIDENCE if analysis.kind == AnalysisKind.EVIDENCE else analysis.parameters
    lines = [
        ParameterLine(
            name=name,
            label=str(WORDS[name][0] if name in WORDS else FIXED.get(name, name)),
            value=value,
            default=changed.get(name, {}).get("default"),
            reason=changed.get(name, {}).get("reason", ""),
        )
        for name, value in numbers.items()
    ]
    return sorted(lines, key=lambda line: line.default is None)
