"""The coordinator's progress board: every region with how far it is and what blocks it."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from governance.enums import Group, ResponseState, Scope
from governance.models import Answer, Assignment, ConsultationComment, Response, Thread
from mapping.enums import AnswerKind, MapState
from mapping.models import Exercise, RegionMap

SILENT_AFTER = dt.timedelta(days=7)
SENT = (ResponseState.SUBMITTED, ResponseState.APPROVED)


@dataclass(frozen=True, kw_only=True)
class SectionMark:
    """A section of the team's response: questions begun, put, and whether its last day is over."""

    title: str
    answered: int
    asked: int
    late: bool

    @property
    def state(self) -> str:
        """As the page colours it: done, late, begun or open."""
        if self.answered >= self.asked:
            return "done"
        if self.late:
            return "late"
        return "begun" if self.answered else "open"


@dataclass(frozen=True, kw_only=True)
class BoardRow:
    region_map: RegionMap
    answered: int
    asked: int
    evidence_share: float | None
    returned: int
    last_activity: dt.datetime | None
    obstacles: tuple[str, ...]
    sections: list[SectionMark] = field(default_factory=list)
    # Assigned parts of the team and of the map whose last day is over.
    overdue: int = 0

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


def progress_board(*, exercise: Exercise) -> Board:
    """Every region with how far it is, those who need help first. Three queries for any number of regions."""
    answers = _team_progress(exercise)
    asked = _questions_asked(exercise)
    rows = [_board_row(row, answers.get(row.pk, {}), asked.get(row.pk, [])) for row in _maps(exercise)]
    rows.sort(key=_need_of_help)
    silent = sum("silent" in row.obstacles for row in rows)
    behind = sum(bool(row.obstacles) and "silent" not in row.obstacles for row in rows)
    return Board(
        exercise=exercise, rows=rows, on_track=len(rows) - silent - behind, behind=behind, silent=silent
    )


def _need_of_help(row: BoardRow) -> tuple[Any, ...]:
    """Regions still at work before those that concluded; then what blocks them, then how far they are."""
    concluded = row.region_map.state in (MapState.ADOPTED, MapState.PUBLISHED)
    return (concluded, -len(row.obstacles), row.share, row.region_map.region.name)


def _maps(exercise: Exercise) -> list[Any]:
    """The maps with what is counted about each, in one query."""
    inside = RegionMap.objects.filter(exercise=exercise).select_related("region")
    responses = Response.objects.filter(region_map=OuterRef("pk")).assessment()
    units = responses.filter(group=Group.UNIT)
    invited = responses.filter(group=Group.STAKEHOLDER)
    team = responses.filter(group=Group.TEAM).order_by("pk")
    remarks = Thread.objects.filter(
        Q(answer__response__group=Group.TEAM) | Q(response__group=Group.TEAM),
        region_map=OuterRef("pk"),
        review_step__isnull=False,
        is_settled=False,
    )
    comments = ConsultationComment.objects.filter(
        consultation__region_map=OuterRef("pk"), removed_at=None, verdict=""
    )
    late = Assignment.objects.filter(
        region_map=OuterRef("pk"), response=None, done_at=None, due_on__lt=timezone.localdate()
    )
    return list(
        inside.annotate(
            team_state=Subquery(team.values("state")[:1]),
            active_at=_last_activity(),
            units_asked=_count(units, by="region_map"),
            units_sent=_count(units.filter(state__in=SENT), by="region_map"),
            stakeholders_asked=_count(invited, by="region_map"),
            stakeholders_sent=_count(invited.filter(state__in=SENT), by="region_map"),
            remarks_open=_count(remarks, by="region_map"),
            comments_open=_count(comments, by="consultation__region_map"),
            late_parts=_count(late, by="region_map"),
        )
    )


def _count(rows: QuerySet[Any], *, by: str) -> Coalesce:
    counted = rows.order_by().values(by).annotate(count=Count("pk", distinct=True)).values("count")
    return Coalesce(Subquery(counted), 0)


def _team_progress(exercise: Exercise) -> dict[int, dict[str, dict[str, int]]]:
    """By map and section: questions of the assessment that the team has begun, and those with a document.

    A matrix is one question.
    """
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
            code=F("question__section__code"),
            root=Coalesce("question__parent", "question"),
            unit=F("about_unit"),
        )
        .annotate(backed=Count("evidence"))
    )
    found: dict[int, dict[str, dict[str, int]]] = {}
    for row in rows:
        told = found.setdefault(row["map_id"], {}).setdefault(row["code"], {"answered": 0, "backed": 0})
        told["answered"] += 1
        told["backed"] += bool(row["backed"])
    return found


def _questions_asked(exercise: Exercise) -> dict[int, list[dict[str, Any]]]:
    """By map, section by section: questions put to the team about the region and about each invited unit.

    With each section the number of its assignments whose last day is over.
    """
    section = "questionnaire_version__sections"
    units = Response.objects.filter(
        region_map=OuterRef("region_map"),
        questionnaire_version=OuterRef("questionnaire_version"),
        group=Group.UNIT,
    )
    late = Assignment.objects.filter(
        response=OuterRef("pk"), part=OuterRef("code"), done_at=None, due_on__lt=timezone.localdate()
    )
    put = Q(**{f"{section}__questions__parent": None}) & ~Q(**{f"{section}__questions__type": "note"})
    rows = (
        Response.objects.filter(region_map__exercise=exercise, group=Group.TEAM)
        .assessment()
        .annotate(code=F(f"{section}__code"))
        .order_by(f"{section}__position")
        .values(
            "pk", "region_map", "questionnaire_version", "code", f"{section}__title", f"{section}__position"
        )
        .annotate(
            about_region=Count(
                f"{section}__questions", filter=put & Q(**{f"{section}__questions__scope": Scope.REGION})
            ),
            about_unit=Count(
                f"{section}__questions", filter=put & Q(**{f"{section}__questions__scope": Scope.UNIT})
            ),
            units=_count(units, by="region_map"),
            late=_count(late, by="response"),
        )
    )
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        asked = row["about_region"] + row["about_unit"] * row["units"]
        if asked:
            mark = {
                "code": row["code"],
                "title": row[f"{section}__title"],
                "asked": asked,
                "late": row["late"],
            }
            found.setdefault(row["region_map"], []).append(mark)
    return found


def _last_activity() -> Coalesce:
    """When an answer of the map was last edited, or else the map itself."""
    rows = Answer.objects.filter(response__region_map=OuterRef("pk")).order_by()
    newest = rows.values("response__region_map").annotate(last=Max("edited_at")).values("last")
    return Coalesce(Subquery(newest), F("edited_at"))


def _board_row(region_map: Any, begun: dict[str, dict[str, int]], asked: list[dict[str, Any]]) -> BoardRow:
    sections = [
        SectionMark(
            title=item["title"],
            answered=begun.get(item["code"], {}).get("answered", 0),
            asked=item["asked"],
            late=bool(item["late"]),
        )
        for item in asked
    ]
    late = sum(item["late"] for item, mark in zip(asked, sections, strict=True) if mark.state == "late")
    answered = sum(row["answered"] for row in begun.values())
    backed = sum(row["backed"] for row in begun.values())
    unfinished = region_map.state in (MapState.DRAFT, MapState.CONSULTATION)
    overdue = late + (region_map.late_parts if unfinished else 0)
    return BoardRow(
        region_map=region_map,
        answered=answered,
        asked=sum(item["asked"] for item in asked),
        evidence_share=backed / answered if answered else None,
        returned=int(region_map.team_state == ResponseState.RETURNED),
        last_activity=region_map.active_at,
        obstacles=_obstacles(
            region_map, begun=answered, asked=sum(item["asked"] for item in asked), overdue=overdue
        ),
        sections=sections,
        overdue=overdue,
    )


def _obstacles(region_map: Any, *, begun: int, asked: int, overdue: int) -> tuple[str, ...]:
    """What blocks a region, as codes in the order of its work."""
    unfinished = region_map.state in (MapState.DRAFT, MapState.CONSULTATION)
    returned = region_map.team_state == ResponseState.RETURNED
    active = region_map.active_at
    blocks = {
        "nothing_begun": unfinished and not begun,
        "incomplete": unfinished and 0 < begun < asked,
        "overdue": overdue > 0,
        "returned": returned,
        "comments_waiting": region_map.comments_open > 0,
        "not_released": region_map.state == MapState.ADOPTED and region_map.released_at is None,
        "silent": unfinished and active is not None and timezone.now() - active > SILENT_AFTER,
    }
    return tuple(code for code, is_so in blocks.items() if is_so)
