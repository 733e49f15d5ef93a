"""Runs of analyses as their pages show them."""

from dataclasses import dataclass
from typing import Any

from governance.enums import AnalysisKind
from governance.models import Analysis
from mapping.models import Exercise


@dataclass(frozen=True, kw_only=True)
class KindLine:
    """One kind of analysis: its newest run, the public one, and whether answers changed since."""

    kind: str
    name: str
    newest: Analysis | None
    published: Analysis | None
    is_stale: bool


@dataclass(frozen=True, kw_only=True)
class AnalysisList:
    exercise: Exercise
    lines: list[KindLine]
    runs: list[Analysis]
    may_run: bool
    may_publish: bool


@dataclass(frozen=True, kw_only=True)
class AnalysisPage:
    analysis: Analysis
    findings: list[Any]
    findings_in_all: int
    may_run: bool
    may_publish: bool


def analysis_list(*, exercise: Exercise, user: Any, today: dict[str, str]) -> AnalysisList:
    """`today`: the fingerprint of each kind's inputs as they stand."""
    rows = Analysis.objects.filter(exercise=exercise).defer("inputs", "result")
    runs = list(rows.select_related("created_by")[:30])
    lines = []
    for kind in AnalysisKind:
        mine = [run for run in runs if run.kind == kind]
        newest = mine[0] if mine else None
        lines.append(
            KindLine(
                kind=kind.value,
                name=str(kind.label),
                newest=newest,
                published=next((run for run in mine if run.published_at), None),
                is_stale=newest is not None and newest.fingerprint != today[kind],
            )
        )
    return AnalysisList(
        exercise=exercise,
        lines=lines,
        runs=runs,
        may_run=user.has_perm("governance.run_analysis", exercise),
        may_publish=user.has_perm("governance.publish_analysis", exercise),
    )


SHOWN = 100


def analysis_page(*, analysis: Analysis, user: Any) -> AnalysisPage:
    findings = analysis.findings.select_related("region", "other_region")
    return AnalysisPage(
        analysis=analysis,
        findings=list(findings[:SHOWN]),
        findings_in_all=findings.count(),
        may_run=user.has_perm("governance.run_analysis", analysis.exercise),
        may_publish=user.has_perm("governance.publish_analysis", analysis.exercise),
    )
