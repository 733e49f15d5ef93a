"""The partners' home, the home of a map, and the coordinator's progress board."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from governance.enums import Group, ResponseState, Scope
from governance.models import (
    Adoption,
    Answer,
    AreaOfImprovement,
    ConsultationComment,
    Question,
    Response,
    Target,
)
from governance.selectors.assignments import Task, my_tasks
from governance.selectors.mentions import Notice, notices
from mapping.enums import AnswerKind, MapState, Role
from mapping.models import Capability, Exercise, Membership, Project, RegionMap, TerritorialUnit
from mapping.selectors.records import reachable_maps

FORM = ("questionnaire_version__questionnaire",)  # what the name of a form needs
SILENT_AFTER = dt.timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """What a signed-in person finds at home: their roles, their maps, their forms, the rounds they run.

    `maps` are those they work on; what is public of their partners stands in `published_elsewhere`.
    """

    roles: list[Membership]
    maps: list[RegionMap]
    published_elsewhere: list[RegionMap]
    responses: list[Response]
    exercises: list[Exercise]
    notices: list[Notice]
    tasks: list[Task]

    @property
    def coordinated(self) -> set[int]:
        """Partnerships in which this person sets up rounds."""
        return {row.project_id for row in self.roles if row.role == Role.COORDINATOR}

    @property
    def run(self) -> set[int]:
        return {row.pk for row in self.exercises if row.project_id in self.coordinated}

    @property
    def arranged(self) -> list[Project]:
        """Partnerships in which this person gives roles."""
        giving: tuple[Role, ...] = (Role.COORDINATOR, Role.REGIONAL_LEAD)
        return list({row.project_id: row.project for row in self.roles if row.role in giving}.values())


@dataclass(frozen=True, kw_only=True)
class MapPage:
    """The home of a map: its parts with how full they are, and the steps that may be taken now."""

    region_map: RegionMap
    units: int
    capabilities: int
    unanswered_strengths: int
    responses: list[Response]
    stakeholders: int
    stakeholders_sent: int
    areas: int
    targets: int
    may_edit: bool
    may_move: bool
    may_publish: bool
    may_invite: bool
    may_synthesise: bool
    may_discuss: bool
    may_comment: bool
    comments: int
    comments_open: int
    adoption: Adoption | None
    may_lead_workshop: bool


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    region_map: RegionMap
    answered: int
    asked: int
    evidence_share: float | None
    returned: int
    last_activity: dt.datetime | None
    obstacles: tuple[str, ...]

    @property
    def evidence_percent(self) -> int:
        return round(100 * (self.evidence_share or 0))

    @property
    def share(self) -> float:
        return self.answered / self.asked if self.asked else 0.0


@dataclass(frozen=True, kw_only=True)
class Board:
    exercise: Exercise
    rows: list[BoardRow]
    on_track: int
    behind: int
    silent: int


def workspace_page(*, user: Any) -> Workspace:
    roles = list(Membership.objects.of(user).select_related("project", "region", "unit"))
    seen = Response.objects.visible_to(user).filter(
        Q(respondent=user) | Q(group__in=[Group.TEAM, Group.UNIT], region_map__region__memberships__user=user)
    )
    reached = reachable_maps(user=user)
    elsewhere = RegionMap.objects.visible_to(user).filter(exercise__project__memberships__user=user)
    return Workspace(
        roles=roles,
        maps=list(reached.select_related("region", "exercise").distinct()),
        published_elsewhere=list(
            elsewhere.filter(state=MapState.PUBLISHED)
            .exclude(pk__in=reached.values("pk"))
            .select_related("region", "exercise")
            .distinct()
        ),
        responses=list(seen.select_related("region_map__region", "unit", *FORM).distinct()),
        exercises=list(
            Exercise.objects.filter(
                project__memberships__user=user,
                project__memberships__role__in=[Role.COORDINATOR, Role.FACILITATOR],
            ).distinct()
        ),
        notices=notices(user=user),
        tasks=my_tasks(user=user),
    )


def find_map(*, pk: int, user: Any) -> RegionMap | None:
    """The map on the partners' side: what is public of other regions has its own pages."""
    return (
        reachable_maps(user=user)
        .select_related("region", "exercise__project", "released_by", "published_by")
        .filter(pk=pk)
        .first()
    )


def map_page(*, region_map: RegionMap, user: Any) -> MapPage:
    strengths = Capability.objects.filter(region_map=region_map).aggregate(
        total=Count("pk"), open=Count("pk", filter=Q(strength_answer=AnswerKind.UNANSWERED))
    )
    stakeholders = Response.objects.filter(region_map=region_map, group=Group.STAKEHOLDER).aggregate(
        total=Count("pk"),
        sent=Count("pk", filter=Q(state__in=[ResponseState.SUBMITTED, ResponseState.APPROVED])),
    )
    comments = ConsultationComment.objects.filter(
        consultation__region_map=region_map, removed_at=None
    ).aggregate(total=Count("pk"), open=Count("pk", filter=Q(verdict="")))
    institutional = Response.objects.visible_to(user).filter(
        region_map=region_map, group__in=[Group.TEAM, Group.UNIT]
    )
    return MapPage(
        region_map=region_map,
        units=TerritorialUnit.objects.filter(region_map=region_map).count(),
        capabilities=strengths["total"],
        unanswered_strengths=strengths["open"],
        responses=list(institutional.select_related("unit", *FORM)),
        stakeholders=stakeholders["total"],
        stakeholders_sent=stakeholders["sent"],
        areas=AreaOfImprovement.objects.filter(region_map=region_map).count(),
        targets=Target.objects.filter(region_map=region_map, level__isnull=False).count(),
        may_edit=user.has_perm("mapping.change_matrix", region_map),
        may_move=user.has_perm("mapping.move_map", region_map),
        may_publish=user.has_perm("mapping.publish_map", region_map),
        may_invite=user.has_perm("governance.invite", region_map),
        may_synthesise=user.has_perm("governance.change_synthesis", region_map),
        may_discuss=user.has_perm("governance.discuss", region_map),
        may_comment=user.has_perm("governance.comment_on_map", region_map),
        comments=comments["total"],
        comments_open=comments["open"],
        adoption=region_map.adoptions.first(),
        may_lead_workshop=user.has_perm("governance.lead_workshop", region_map),
    )


def progress_board(*, exercise: Exercise) -> Board:
    """Every region with how far it is, those who need help first. Three queries for any number of regions."""
    team = Response.objects.filter(region_map=OuterRef("pk"), group=Group.TEAM).assessment().order_by("pk")
    maps = list(
        RegionMap.objects.filter(exercise=exercise)
        .select_related("region")
        .annotate(
            team_state=Subquery(team.values("state")[:1]),
            active_at=_last_activity(),
        )
    )
    answers = _team_progress(exercise)
    asked = _questions_asked(exercise)
    rows = [_board_row(row, answers.get(row.pk, {}), asked.get(row.pk, 0), row.active_at) for row in maps]
    rows.sort(key=lambda row: (-len(row.obstacles), row.share, row.region_map.region.name))
    silent = sum("silent" in row.obstacles for row in rows)
    behind = sum(bool(row.obstacles) and "silent" not in row.obstacles for row in rows)
    return Board(
        exercise=exercise, rows=rows, on_track=len(rows) - silent - behind, behind=behind, silent=silent
    )


def _team_progress(exercise: Exercise) -> dict[int, dict[str, int]]:
    """Questions of the assessment that each team has begun, and those with a document. A matrix is one."""
    rows = (
        Answer.objects.filter(
            response__in=Response.objects.filter(
                region_map__exercise=exercise, group=Group.TEAM
            ).assessment(),
            question__section__version=F("response__questionnaire_version"),
        )
        .filter(~Q(kind=AnswerKind.UNANSWERED) | Q(question__type="file", evidence__isnull=False))
        .order_by()
        .values(
            map_id=F("response__region_map"),
            root=Coalesce("question__parent", "question"),
            unit=F("about_unit"),
        )
        .annotate(backed=Count("evidence"))
    )
    found: dict[int, dict[str, int]] = {}
    for row in rows:
        told = found.setdefault(row["map_id"], {"answered": 0, "backed": 0})
        told["answered"] += 1
        told["backed"] += bool(row["backed"])
    return found


def _questions_asked(exercise: Exercise) -> dict[int, int]:
    """Questions put to each team: those about the region, and those about each unit that was invited."""

    def put(scope: str) -> Coalesce:
        rows = Question.objects.filter(
            section__version=OuterRef("questionnaire_version"), scope=scope, parent=None
        ).exclude(type="note")
        count = rows.order_by().values("section__version").annotate(count=Count("pk")).values("count")
        return Coalesce(Subquery(count), 0)

    responses = (
        Response.objects.filter(region_map__exercise=exercise)
        .assessment()
        .order_by()
        .values("region_map", "questionnaire_version")
        .annotate(
            teams=Count("pk", filter=Q(group=Group.TEAM)),
            units=Count("pk", filter=Q(group=Group.UNIT)),
            about_region=put(Scope.REGION),
            about_unit=put(Scope.UNIT),
        )
    )
    return {
        row["region_map"]: row["about_region"] + row["about_unit"] * row["units"]
        for row in responses
        if row["teams"]
    }


def _last_activity() -> Coalesce:
    """When an answer of the map was last edited, or else the map itself."""
    rows = Answer.objects.filter(response__region_map=OuterRef("pk")).order_by()
    newest = rows.values("response__region_map").annotate(last=Max("edited_at")).values("last")
    return Coalesce(Subquery(newest), F("edited_at"))


def _board_row(region_map: Any, answers: dict[str, int], asked: int, active: dt.datetime | None) -> BoardRow:
    """One region; what blocks it as codes: nothing_begun, incomplete, returned, not_released, silent."""
    answered = answers.get("answered", 0)
    obstacles = []
    if not answered:
        obstacles.append("nothing_begun")
    elif answered < asked:
        obstacles.append("incomplete")
    if region_map.team_state == ResponseState.RETURNED:
        obstacles.append("returned")
    if region_map.state == MapState.ADOPTED and region_map.released_at is None:
        obstacles.append("not_released")
    unfinished = region_map.state in (MapState.DRAFT, MapState.CONSULTATION)
    if unfinished and active is not None and timezone.now() - active > SILENT_AFTER:
        obstacles.append("silent")
    return BoardRow(
        region_map=region_map,
        answered=answered,
        asked=asked,
        evidence_share=answers.get("backed", 0) / answered if answered else None,
        returned=int(region_map.team_state == ResponseState.RETURNED),
        last_activity=active,
        obstacles=tuple(obstacles),
    )
