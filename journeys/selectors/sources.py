"""What a diagnosis is made of: the map's content and the parts of the analyses about the region."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, F, JSONField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import JSONObject

from cohes3ion.lib.jobs import JobState
from governance.enums import AnalysisKind
from governance.models import Adoption, Analysis, MapEdition, RegionResult
from governance.selectors.analyses import is_outdated
from governance.selectors.map_content import map_content
from governance.selectors.questionnaires import statement_names
from governance.selectors.thresholds import worded_parameters
from journeys.enums import ActionState
from journeys.models import ActionPlan, Document
from mapping.models import Exercise, Region, RegionMap

Json = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class PublicDocument:
    """The newest public document of a region, as its download link needs it."""

    pk: int
    size: int


@dataclass(frozen=True, kw_only=True)
class PlanProgress:
    """The region's newest released action plan, and how many of its actions are done or under way."""

    pk: int
    in_all: int
    done: int
    started: int


PLAN = JSONObject(pk="pk", in_all="in_all", done="done", started="started")


@dataclass(frozen=True, kw_only=True)
class DiagnosisSource:
    """Everything a diagnosis reads. `gaps` and `synergies` are parts of results, None before a first run.

    Of `gaps` this is the part that its readers may see: see governance.analysis.publication.

    published: regions of the exercise with a public edition, slug -> name; others are never named.
    """

    region: Region
    region_map: RegionMap
    exercise: Exercise
    content: Json
    edition: int
    is_draft: bool
    published_at: dt.datetime | None
    gaps: Json | None
    synergies: Json | None
    gap_run: Analysis | None
    synergy_run: Analysis | None
    published: dict[str, str]
    decision: str = ""  # where the decision that adopted it can be read
    document: PublicDocument | None = None
    plan: PlanProgress | None = None
    evidence: Json | None = None
    evidence_run: Analysis | None = None
    sees_small_groups: bool = False

    @property
    def unit_names(self) -> dict[int, str]:
        return {row["id"]: row["name"] for row in self.content["units"]}

    @property
    def runs(self) -> list[Analysis]:
        return [run for run in (self.gap_run, self.synergy_run, self.evidence_run) if run is not None]

    def run_of(self, key: str) -> Analysis | None:
        """The run behind a figure; the annexes stand beside every analysis."""
        if key in ("wheel", "criteria"):
            return None
        return self.gap_run if key in ("gaps", "groups", "quadrant") else self.synergy_run

    @cached_property
    def statement_names(self) -> dict[str, str]:
        """Read when asked for, once: only explanations need them."""
        return statement_names(exercise=self.exercise)

    @property
    def changed_parameters(self) -> list[Json]:
        """Where the runs behind the figures used other numbers than the method's own."""
        return [row for run in self.runs for row in worded_parameters(run.changed_parameters)]

    @property
    def outdated_runs(self) -> list[Analysis]:
        """Those made by another version of the method than today's."""
        return [run for run in self.runs if is_outdated(run)]

    @property
    def must_run_again(self) -> bool:
        """The newest gap analysis is from before an update; nothing of it may be shown."""
        return self.gap_run is not None and self.gaps is None

    @property
    def dimensions(self) -> list[Json]:
        return list(self.gaps["region"]["dimensions"]) if self.gaps else []


def _documents() -> Any:
    """Public documents of the region of an outer map, the newest first."""
    own = {"exercise": OuterRef("region_map__exercise"), "region": OuterRef("region_map__region")}
    return Document.objects.published().filter(**own).order_by("-published_at")


def _plans() -> QuerySet[ActionPlan]:
    """The newest released plan of a map, with what its actions are doing; for a subquery."""
    done = Count("actions", filter=Q(actions__state=ActionState.DONE))
    started = Count("actions", filter=Q(actions__state=ActionState.STARTED))
    return (
        ActionPlan.objects.filter(region_map=OuterRef("region_map"), published_at__isnull=False)
        .annotate(in_all=Count("actions"), done=done, started=started)
        .order_by("-pk")
    )


def _adoptions() -> QuerySet[Adoption]:
    """How the map of an outer edition was adopted, the last time first; for a subquery."""
    return Adoption.objects.filter(region_map=OuterRef("region_map"), edition=OuterRef("number"))


def _newest_document(*, exercise: Exercise, region: Region) -> PublicDocument | None:
    rows = Document.objects.published().filter(exercise=exercise, region=region).order_by("-published_at")
    found = rows.values("pk", "size").first()
    return PublicDocument(**found) if found else None


def _region_editions(*, slug: str) -> list[MapEdition]:
    """Public editions of the region's exercise, newest first; the content only of the region asked for."""
    exercises = RegionMap.objects.filter(region__slug=slug).values("exercise")
    rows = (
        MapEdition.objects.filter(region_map__exercise__in=exercises, withdrawn_at=None)
        .select_related("region_map__region", "region_map__exercise__project")
        .annotate(
            own=Case(
                When(region_map__region__slug=slug, then=F("content")),
                default=Value(None, JSONField()),
                output_field=JSONField(),
            ),
            document=Subquery(_documents().values(found=JSONObject(pk="pk", size="size"))[:1]),
            plan=Subquery(_plans().values(found=PLAN)[:1]),
            decision=Subquery(_adoptions().values("link")[:1]),
        )
        .defer("content")
        .order_by("-region_map__exercise__opens_on", "region_map__region__name", "-number")
    )
    return list(rows)


def _parts_of(*, region: Region, runs: Any) -> dict[str, RegionResult]:
    """The newest part of each kind of analysis among `runs` about a region: one query."""
    rows = (
        RegionResult.objects.filter(region=region, analysis__in=runs)
        .select_related("analysis")
        .defer("analysis__inputs", "analysis__result")
        .order_by("analysis__pk")
    )
    return {row.analysis.kind: row for row in rows}


def gaps_for(part: RegionResult | None, *, sees_small_groups: bool) -> Json | None:
    """What a reader may see of a gap analysis: values of small groups only the team and who runs the round.

    None also for a part from before results had a public one: nobody settled what of it may be shown.
    """
    if part is None or not part.public:
        return None
    return dict(part.result if sees_small_groups else part.public)


def with_parts(parts: dict[str, RegionResult], *, sees_small_groups: bool) -> dict[str, Any]:
    gaps, synergies = parts.get(AnalysisKind.GAPS), parts.get(AnalysisKind.SYNERGIES)
    evidence = parts.get(AnalysisKind.EVIDENCE)
    return {
        "evidence": evidence.result if evidence else None,
        "gaps": gaps_for(gaps, sees_small_groups=sees_small_groups),
        "synergies": synergies.result if synergies else None,
        "gap_run": gaps.analysis if gaps else None,
        "synergy_run": synergies.analysis if synergies else None,
        "evidence_run": evidence.analysis if evidence else None,
    }


def published_source(*, slug: str) -> DiagnosisSource | None:
    """What the public reads about a region; None when nothing is published. Two queries."""
    editions = _region_editions(slug=slug)
    own = next((row for row in editions if row.region_map.region.slug == slug), None)
    if own is None:
        return None
    exercise = own.region_map.exercise
    runs = Analysis.objects.published().filter(exercise=exercise)
    return DiagnosisSource(
        region=own.region_map.region,
        region_map=own.region_map,
        exercise=exercise,
        content=own.own,
        edition=own.number,
        is_draft=False,
        published_at=own.published_at,
        decision=own.decision or "",
        document=PublicDocument(**own.document) if own.document else None,
        plan=PlanProgress(**own.plan) if own.plan else None,
        published={
            row.region_map.region.slug: row.region_map.region.name
            for row in editions
            if row.region_map.exercise_id == exercise.pk
        },
        **with_parts(_parts_of(region=own.region_map.region, runs=runs), sees_small_groups=False),
    )


def draft_source(*, region_map: RegionMap, user: Any) -> DiagnosisSource:
    """What partners read before publication: the rows as they stand, and the newest finished analyses."""
    sees_small_groups = user.has_perm("governance.see_workspace", region_map)
    exercise = region_map.exercise
    runs = Analysis.objects.filter(exercise=exercise, state=JobState.DONE)
    editions = MapEdition.objects.filter(region_map__exercise=exercise, withdrawn_at=None)
    names = editions.values_list("region_map__region__slug", "region_map__region__name")
    return DiagnosisSource(
        region=region_map.region,
        region_map=region_map,
        exercise=exercise,
        content=map_content(region_map=region_map),
        edition=region_map.edition,
        is_draft=True,
        sees_small_groups=sees_small_groups,
        published_at=None,
        published=dict(names),
        document=_newest_document(exercise=exercise, region=region_map.region),
        **with_parts(_parts_of(region=region_map.region, runs=runs), sees_small_groups=sees_small_groups),
    )
