"""The partners' home, and the home of a map."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from governance.enums import Group, ResponseState
from governance.models import (
    Adoption,
    AreaOfImprovement,
    ConsultationComment,
    MapEdition,
    Response,
    Target,
)
from governance.selectors.assignments import Task, my_tasks
from governance.selectors.consultations import reopened_maps
from governance.selectors.mentions import Notice, notices
from mapping.enums import AnswerKind, MapState, Role
from mapping.models import Capability, Exercise, Membership, Project, RegionMap, TerritorialUnit
from mapping.selectors.records import reachable_maps

FORM = ("questionnaire_version__questionnaire",)  # what the name of a form needs


@dataclass(frozen=True, kw_only=True)
class Workspace:
    """What a signed-in person finds at home: their roles, their maps, their forms, the rounds they run.

    `maps` are those they work on; what is public of their partners stands in `published_elsewhere`.
    """

    roles: list[Membership]
    maps: list[RegionMap]
    published_elsewhere: list[RegionMap]
    # Edited again: stakeholders read what came of their comments.
    reopened: list[RegionMap]
    responses: list[Response]
    exercises: list[Exercise]
    notices: list[Notice]
    tasks: list[Task]

    @property
    def coordinated(self) -> set[int]:
        """Partnerships in which this person sets up rounds."""
        return {row.project_id for row in self.roles if row.role == Role.COORDINATOR}

    @property
    def read_along(self) -> list[Project]:
        """Partnerships whose questionnaires this person reads without writing them: the facilitator."""
        rows = (row for row in self.roles if row.role == Role.FACILITATOR)
        return list({r.project_id: r.project for r in rows if r.project_id not in self.coordinated}.values())

    @property
    def toured(self) -> list[Membership]:
        """One of each role: for a tour of its pages."""
        return list({row.role: row for row in self.roles}.values())

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


def workspace_page(*, user: Any) -> Workspace:
    roles = list(Membership.objects.of(user).select_related("project", "region", "unit"))
    seen = Response.objects.visible_to(user).filter(
        Q(respondent=user) | Q(group__in=[Group.TEAM, Group.UNIT], region_map__region__memberships__user=user)
    )
    reached = reachable_maps(user=user)
    # While a map is revised, its edition stays public.
    editions = MapEdition.objects.visible_to(user).values("region_map")
    elsewhere = RegionMap.objects.filter(exercise__project__memberships__user=user)
    return Workspace(
        roles=roles,
        maps=list(reached.select_related("region", "exercise").distinct()),
        published_elsewhere=list(
            elsewhere.filter(Q(state=MapState.PUBLISHED) | Q(pk__in=editions))
            .exclude(pk__in=reached.values("pk"))
            .select_related("region", "exercise")
            .distinct()
        ),
        reopened=list(reopened_maps(user=user)),
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


def map_of_round(*, region: str, exercise: str, user: Any) -> RegionMap | None:
    """The same by the names of the region and its round."""
    rows = reachable_maps(user=user).select_related("region", "exercise__project")
    found: RegionMap | None = rows.filter(region__slug=region, exercise__slug=exercise).first()
    return found


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
