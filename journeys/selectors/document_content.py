"""What a Policy Learning Document says, as one plain value: frozen into its row, read by the worker alone."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.enums import AnalysisKind
from governance.models import (
    Analysis,
    AreaOfImprovement,
    Challenge,
    MapEdition,
    Question,
    QuestionnaireVersion,
    RegionResult,
)
from governance.scoring.settings import METHOD_VERSION
from governance.selectors.map_content import map_content
from governance.selectors.thresholds import worded_parameters
from journeys.models import ChapterNarrative
from journeys.selectors import words
from journeys.selectors.document_learning import by_visit, released_takeaways, with_takeaways
from journeys.selectors.figures import figures_of
from journeys.selectors.reasons import seats_of, synergies_of
from journeys.selectors.sentences import one_minute
from journeys.selectors.sources import DiagnosisSource, with_parts
from journeys.selectors.starts import region_lines, themes_figure
from mapping.models import Exercise, Project, Region, RegionMap

Json = dict[str, Any]


def _newest_runs(exercise: Exercise) -> dict[str, Analysis]:
    """The published run of each kind, or the newest finished one while none is; none that was withdrawn."""
    runs: dict[str, Analysis] = {}
    done = Analysis.objects.filter(exercise=exercise, withdrawn_at=None).done().defer("inputs")
    for run in done.order_by("published_at", "pk"):
        held = runs.get(run.kind)
        if held is None or run.published_at or not held.published_at:
            runs[run.kind] = run
    return runs


def _released_maps(exercise: Exercise) -> tuple[dict[int, MapEdition], list[RegionMap], list[str]]:
    """Newest public editions by map, maps released but not yet public, and the names of pending regions."""
    editions: dict[int, MapEdition] = {}
    rows = MapEdition.objects.filter(region_map__exercise=exercise, withdrawn_at=None)
    for edition in rows.order_by("number"):
        editions[edition.region_map_id] = edition
    maps = list(RegionMap.objects.filter(exercise=exercise).select_related("region", "exercise__project"))
    included = [row for row in maps if row.pk in editions or row.released_at is not None]
    pending = [row.region.name for row in maps if row not in included]
    return editions, included, pending


def _region_source(
    region_map: RegionMap,
    *,
    edition: MapEdition | None,
    parts: dict[str, RegionResult],
    published: dict[str, str],
) -> DiagnosisSource:
    """A region as the public may read it: suppression as on public pages."""
    return DiagnosisSource(
        region=region_map.region,
        region_map=region_map,
        exercise=region_map.exercise,
        content=edition.content if edition else map_content(region_map=region_map),
        edition=edition.number if edition else region_map.edition,
        is_draft=False,
        published_at=edition.published_at if edition else None,
        published=published,
        **with_parts(parts, sees_small_groups=False),
    )


def _region_chapter(source: DiagnosisSource) -> Json:
    """One region's annex: everything of its map, its figures, findings and agreed answers."""
    pairs = synergies_of(source)
    return {
        "slug": source.region.slug,
        "name": source.region.name,
        "country": source.region.country,
        "edition": source.edition,
        "content": source.content,
        "sentences": [{"lead": row.lead, "text": row.text} for row in one_minute(source)],
        "figures": [figure.to_dict() for figure in figures_of(source).values()],
        "synergies": [
            {
                "kind": pair.kind_name,
                "pair": f"{pair.unit_a}: {pair.a} – {pair.unit_b}: {pair.b}",
                "coordination": pair.coordination_name,
                "why": pair.sentence,
            }
            for pair in pairs
            if pair.coordination != "used"
        ],
        "coordinated": sum(pair.coordination == "used" for pair in pairs),
        "seats": seats_of(source),
        "n": source.gaps["region"]["n"] if source.gaps else 0,
        "invited": source.gaps["region"]["invited"] if source.gaps else None,
    }


def _statements_of(exercise: Exercise) -> dict[str, str]:
    """The wording of each statement, so that the document can be read without the questionnaire."""
    versions = QuestionnaireVersion.objects.filter(exercises=exercise, questionnaire__is_annex=False)
    rows = Question.objects.filter(section__version__in=versions)
    return dict(rows.values_list("code", "text"))


def _challenges_of(exercise: Exercise, chapters: list[Json]) -> list[Json]:
    """Shared challenges with the areas of improvement of the regions in the document."""
    rows = list(Challenge.objects.filter(exercise=exercise))
    known = {row.pk for row in rows}
    # The desk groups areas of published maps too: where an area belongs is read as it stands today.
    linked = AreaOfImprovement.objects.filter(region_map__exercise=exercise)
    today = dict(linked.values_list("pk", "challenge_id"))
    areas: dict[int | None, list[Json]] = {}
    for chapter in chapters:
        for area in chapter["content"]["areas"]:
            key = today.get(area["id"], area["challenge"])
            told_area = {"region": chapter["name"], **area}
            areas.setdefault(key if key in known else None, []).append(told_area)
    told = [
        {"title": row.title, "narrative": row.narrative, "areas": areas.get(row.pk, [])}
        for row in rows
        if areas.get(row.pk)
    ]
    if areas.get(None):
        told.append({"title": _("Not grouped yet"), "narrative": "", "areas": areas[None]})
    return told


def _narratives_of(exercise: Exercise, region: Region | None) -> dict[str, str]:
    rows = ChapterNarrative.objects.filter(exercise=exercise, region=region)
    return dict(rows.values_list("chapter", "text"))


def _project_card(project: Project) -> Json:
    return {
        "acronym": project.acronym,
        "title": project.title,
        "programme": project.programme,
        "summary": project.summary,
        "cofunding_line": project.cofunding_line,
        "disclaimer": project.disclaimer,
        "is_demo": project.is_demo,
        "partners": project.facts.get("partners", []),
        "sources": project.sources,
    }


def _parts_by_region(runs: dict[str, Analysis]) -> dict[int, dict[str, RegionResult]]:
    """Each region's parts of the runs, by kind."""
    parts: dict[int, dict[str, RegionResult]] = {}
    by_pk = {run.pk: run for run in runs.values()}
    for part in RegionResult.objects.filter(analysis__in=by_pk):
        part.analysis = by_pk[part.analysis_id]
        parts.setdefault(part.region_id, {})[part.analysis.kind] = part
    return parts


def _changed_parameters(runs: dict[str, Analysis]) -> list[Json]:
    """Where the runs used other numbers than the method's own, in words."""
    return [row for _kind, run in sorted(runs.items()) for row in worded_parameters(run.changed_parameters)]


def document_content(*, exercise: Exercise, region: Region | None, is_draft: bool) -> Json:
    """The whole document of an exercise, or of one region.

    Regions that have not released their map are left out and named as pending.
    """
    project = exercise.project
    editions, included, pending = _released_maps(exercise)
    if region is not None:
        included = [row for row in included if row.region_id == region.pk]
        pending = [] if included else [region.name]
    runs = _newest_runs(exercise)
    parts = _parts_by_region(runs)
    published = {row.region.slug: row.region.name for row in included}
    learned = released_takeaways(exercise=exercise)
    chapters = [
        with_takeaways(
            _region_chapter(
                _region_source(
                    row,
                    edition=editions.get(row.pk),
                    parts=parts.get(row.region_id, {}),
                    published=published,
                )
            ),
            takeaways=learned.get(row.pk, []),
        )
        for row in sorted(included, key=lambda row: row.region.name)
    ]
    levels = runs[AnalysisKind.GAPS].public if AnalysisKind.GAPS in runs else {}
    lines = [line for line in region_lines(exercise) if line.slug in published]
    is_drawn = levels and region is None and lines
    themes = themes_figure(exercise, lines=lines, result=levels) if is_drawn else None
    return {
        "scope": "region" if region else "exercise",
        "title": region.name if region else project.title,
        "is_draft": is_draft,
        "language": get_language() or "en",
        "project": _project_card(project),
        "exercise": {"slug": exercise.slug, "name": exercise.name},
        "method": METHOD_VERSION,
        "runs": {kind: run.fingerprint for kind, run in sorted(runs.items())},
        "changed_parameters": _changed_parameters(runs),
        "narratives": _narratives_of(exercise, region),
        "pending": pending,
        "regions": chapters,
        "statements": _statements_of(exercise),
        "dimensions": {row: words.dimension(row) for row in levels.get("dimensions", [])},
        "challenges": _challenges_of(exercise, chapters),
        "themes": themes.to_dict() if themes else None,
        **_learned_together(chapters, region),
    }


def _learned_together(chapters: list[Json], region: Region | None) -> Json:
    """A chapter of its own in the document of all regions; nothing where nothing was learned."""
    visits = by_visit(chapters) if region is None else []
    return {"learning": visits} if visits else {}
