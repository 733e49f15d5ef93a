"""How a number was computed: its formula, what went in, and the answers this reader may see."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from cohes3ion.lib.jobs import JobState
from governance.enums import AnalysisKind
from governance.models import Analysis, RegionResult, Response
from governance.scoring.answer_table import item_rows
from governance.selectors.missing_answers import MissingGroup, missing_groups
from governance.selectors.thresholds import WORDS, short_number, worded_parameters
from governance.selectors.workspaces import reachable_maps
from journeys.selectors import (
    gap_explanations,
    statement_explanations,
    statistics_explanations,
    synergy_explanations,
    words,
)
from journeys.selectors.explained import Explained
from journeys.selectors.method_pages import TEXTS, formulas_of
from journeys.selectors.sources import DiagnosisSource, draft_source, gaps_for, published_source

Json = dict[str, Any]
Explain = Callable[[DiagnosisSource, str], Explained | None]
MEASURES: dict[str, dict[str, Explain]] = {
    AnalysisKind.GAPS: {**gap_explanations.MEASURES, **statement_explanations.MEASURES},
    AnalysisKind.SYNERGIES: synergy_explanations.MEASURES,
    AnalysisKind.EVIDENCE: statistics_explanations.MEASURES,
}


@dataclass(frozen=True, kw_only=True)
class AnswerRow:
    """One answer that went in, as far as this reader may see it."""

    who: str
    statement: str
    kind: str
    level: int | None


@dataclass(frozen=True, kw_only=True)
class ExplanationPage:
    """An explained number with its methods, the run it comes from, and who may see what went in."""

    source: DiagnosisSource
    run: Analysis
    explained: Explained
    methods: list[tuple[str, Any, list[Any]]]
    parameters: list[tuple[str, str]]
    answers: list[AnswerRow] = field(default_factory=list)
    missing: list[MissingGroup] = field(default_factory=list)
    changed: list[Json] = field(default_factory=list)  # numbers of this run that are not the method's own
    is_rounded: bool = False  # as the public reads it
    may_see_more: bool = False
    may_read_run: bool = False


def explanation_page(*, run_id: int, slug: str, measure: str, key: str, user: Any) -> ExplanationPage | None:
    """None when this reader may not see the run or the region, or when there is no such number."""
    run = Analysis.objects.filter(pk=run_id, state=JobState.DONE).defer("inputs", "result").first()
    if run is None or measure not in MEASURES.get(run.kind, {}):
        return None
    source = _source_for(run, slug=slug, user=user)
    explained = MEASURES[run.kind][measure](source, key) if source else None
    if source is None or explained is None:
        return None
    used = list(dict.fromkeys(line.method for line in explained.numbers))
    return ExplanationPage(
        source=source,
        run=run,
        explained=explained,
        methods=[(method, TEXTS[method], formulas_of(method)) for method in used],
        parameters=[
            (str(WORDS[name][0]), short_number(run.parameters[name]))
            for name in explained.parameters
            if name in run.parameters
        ],
        answers=[
            row
            for row in _answers(source, run, dimension=explained.dimension, user=user)
            if explained.statement in ("", row.statement)
        ],
        missing=_missing(source, explained, user=user),
        changed=worded_parameters(run.changed_parameters),
        is_rounded=run.kind == AnalysisKind.GAPS and not source.sees_small_groups,
        may_see_more=source.is_draft,
        may_read_run=user.has_perm("governance.read_run", source.exercise),
    )


def _missing(source: DiagnosisSource, explained: Explained, *, user: Any) -> list[MissingGroup]:
    """Who would have to answer, where a level of the theme is withheld; nothing on public pages."""
    if not source.is_draft or not explained.is_withheld:
        return []
    return missing_groups(region_map=source.region_map, dimension=explained.dimension, user=user)


def _source_for(run: Analysis, *, slug: str, user: Any) -> DiagnosisSource | None:
    """The partners' own view of this run, else the public one where the run and the region are public.

    Of earlier gap analyses only the facilitator reads the partners' view: two of them, read one after the
    other, would tell what the one who answered in between said.
    """
    if user.is_authenticated:
        maps = reachable_maps(user=user).filter(exercise=run.exercise_id, region__slug=slug)
        region_map = maps.select_related("region", "exercise__project").first()
        draft = draft_source(region_map=region_map, user=user) if region_map is not None else None
        if draft is not None and (
            run.kind != AnalysisKind.GAPS
            or run == draft.gap_run
            or user.has_perm("governance.see_single_ratings", run.exercise)
        ):
            return _with_run(draft, run)
    if run.published_at is None:
        return None
    source = published_source(slug=slug)
    runs = {row.pk for row in source.runs} if source else set()
    return source if run.pk in runs else None


def _with_run(source: DiagnosisSource, run: Analysis) -> DiagnosisSource | None:
    """The source with this run's part instead of the newest."""
    part = RegionResult.objects.filter(analysis=run, region=source.region).first()
    if part is None:
        return None
    if run.kind == AnalysisKind.GAPS:
        gaps = gaps_for(part, sees_small_groups=source.sees_small_groups)
        return replace(source, gaps=gaps, gap_run=run)
    if run.kind == AnalysisKind.EVIDENCE:
        return replace(source, evidence=part.result, evidence_run=run)
    return replace(source, synergies=part.result, synergy_run=run)


def _answers(source: DiagnosisSource, run: Analysis, *, dimension: str, user: Any) -> list[AnswerRow]:
    """The frozen answers of a theme: to the public the team's agreed ones, to partners those of the responses
    they may read. Single ratings of stakeholders are for the facilitator (and for whoever gave them)."""
    if not dimension:
        return []
    if not source.is_draft:
        return [
            AnswerRow(
                who=str(words.GROUPS["team"]), statement=row["code"], kind=row["kind"], level=row["level"]
            )
            for row in source.content["answers"]
            if row["dimension"] == dimension and row["about_unit"] is None
        ]
    rows = Response.objects.visible_to(user).filter(region_map=source.region_map).select_related("unit")
    names = {str(row.pk): _respondent(row) for row in rows}
    frozen = Analysis.objects.values_list("inputs", flat=True).get(pk=run.pk)
    own = next((row for row in frozen["regions"] if row["region"] == source.region.slug), {"items": []})
    return [
        AnswerRow(
            who=names[item["respondent"]], statement=item["code"], kind=item["kind"], level=item["level"]
        )
        for item in item_rows(own["items"])
        if item["dimension"] == dimension and item["respondent"] in names
    ]


def _respondent(row: Response) -> str:
    group = str(words.GROUPS.get(row.group, row.group))
    name = row.unit.name if row.unit else row.label
    return f"{group}: {name}" if name else group
