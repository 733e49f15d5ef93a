"""A meeting as its pages show it: statements by disagreement, one of them large, what was settled."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from governance.enums import Audience, DecisionState, Group, Level
from governance.models import Response, Workshop, WorkshopDecision, WorkshopPicture
from governance.scoring.settings import Thresholds
from governance.selectors.responses import is_open, steps_of
from governance.selectors.steps import Step
from mapping.models import RegionMap
from mapping.selectors.records import is_open as map_is_open
from mapping.selectors.records import reachable_maps

NEVER_SHOWN = 2.0  # behind every consensus, which ends at 1
RANKS = {DecisionState.OPEN: 0, DecisionState.PARKED: 1, DecisionState.SETTLED: 2}


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Answers per level as the room may see them; `counts` is empty when it may not."""

    n: int
    consensus: float | None
    counts: Mapping[str, int]

    @property
    def percent(self) -> int | None:
        return None if self.consensus is None else round(100 * self.consensus)

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The five steps: how many chose each, and the height of its bar of 100."""
        most = max((self.counts.get(str(level), 0) for level in Level.values), default=0) or 1
        shares = {level: round(100 * self.counts.get(str(level), 0) / most) for level in Level.values}
        return [
            {
                "level": level,
                "name": name,
                "n": self.counts.get(str(level), 0),
                "share": shares[level],
                "above": 100 - shares[level],
            }
            for level, name in Level.choices
        ]

    @property
    def without(self) -> int:
        """Those who said that they do not know."""
        return self.counts.get("no_information", 0)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One statement of the meeting."""

    step: Step
    map_id: int
    found: Spread | None
    decision: WorkshopDecision | None

    @property
    def code(self) -> str:
        return self.step.question.code

    @property
    def state(self) -> str:
        return self.decision.state if self.decision else DecisionState.OPEN

    @property
    def team_answered(self) -> bool:
        return self.step.is_answered

    @property
    def team_level(self) -> int | None:
        return self.step.answer.level if self.step.answer else None

    @property
    def team_version(self) -> int:
        return self.step.answer.version_of("level") if self.step.answer else 1

    @property
    def spread(self) -> Spread | None:
        """Only after one's own: the room sees nothing before its team has answered."""
        return self.found if self.team_answered else None

    @property
    def version(self) -> int:
        return self.decision.version_of("decision") if self.decision else 1

    @property
    def address(self) -> str:
        return reverse("governance:workshop_question", args=[self.map_id, self.code])

    @property
    def save_address(self) -> str:
        return reverse("governance:workshop_decide", args=[self.map_id, self.code])

    @property
    def options(self) -> list[dict[str, Any]]:
        """The five steps with what each means for this statement."""
        texts = [*self.step.question.rubric, *([""] * 5)]
        chosen = self.decision.level if self.decision else None
        return [
            {"value": value, "label": name, "text": texts[value - 1], "checked": value == chosen}
            for value, name in Level.choices
        ]

    @property
    def order(self) -> tuple[int, float]:
        """Open ones first, most disputed first. What is not shown has no say in the order."""
        shown = self.spread.consensus if self.spread else None
        return RANKS[DecisionState(self.state)], NEVER_SHOWN if shown is None else shown


@dataclass(frozen=True, kw_only=True)
class WorkshopPage:
    region_map: RegionMap
    workshop: Workshop | None
    team: Response | None
    lines: list[Line]
    picture: WorkshopPicture | None
    # Respondents who sent their answers, and all that were asked, by group.
    sent: list[dict[str, Any]]
    fewest: int
    is_open: bool
    may_answer: bool
    earlier: list[WorkshopDecision]

    def find(self, code: str) -> Line | None:
        return next((line for line in self.lines if line.code == code), None)

    @property
    def queue(self) -> list[Line]:
        return [line for line in self.lines if line.state == DecisionState.OPEN]

    @property
    def parked(self) -> list[Line]:
        return [line for line in self.lines if line.state == DecisionState.PARKED]

    @property
    def settled(self) -> list[Line]:
        return [line for line in self.lines if line.state == DecisionState.SETTLED]

    def beside(self, line: Line) -> tuple[Line | None, Line | None]:
        """The statements before and after this one, in the order of the meeting."""
        place = self.lines.index(line)
        before = self.lines[place - 1] if place else None
        return before, next(iter(self.lines[place + 1 :]), None)

    @property
    def people_version(self) -> int:
        return self.workshop.version_of("people") if self.workshop else 1

    @property
    def tag(self) -> str:
        """What the shown spread rests on: a page that knows it needs no new one."""
        return f"{self.picture.pk if self.picture else 0}-{sum(row['sent'] for row in self.sent)}"


def workshop_page(*, region_map: RegionMap, user: Any) -> WorkshopPage:
    """The same number of queries for any number of statements and answers."""
    workshop = Workshop.objects.filter(region_map=region_map, closed_at=None).first()
    team = _team_response(region_map)
    picture = workshop.pictures.first() if workshop else None
    decisions = _decisions(workshop, team)
    steps = steps_of(response=team) if team is not None else []
    lines = [
        Line(
            step=step,
            map_id=region_map.pk,
            found=_spread(picture, step.question.code),
            decision=decisions.get(step.question.code),
        )
        for step in steps
        if step.unit is None and step.question.type == "scale"
    ]
    thresholds = Thresholds.from_overrides(region_map.exercise.thresholds)
    is_wide = workshop is not None and workshop.audience == Audience.WIDE
    may = team is not None and is_open(team) and user.has_perm("governance.answer", team)
    return WorkshopPage(
        region_map=region_map,
        workshop=workshop,
        team=team,
        lines=sorted(lines, key=lambda line: line.order),
        picture=picture,
        sent=_sent(region_map),
        fewest=thresholds.k_public if is_wide else thresholds.k_team,
        is_open=map_is_open(region_map),
        may_answer=bool(may),
        earlier=[
            row
            for row in settled_of(region_map=region_map, user=user)
            if row.pk not in {shown.pk for shown in decisions.values()}
        ],
    )


def _team_response(region_map: RegionMap) -> Response | None:
    rows = Response.objects.filter(region_map=region_map, group=Group.TEAM).assessment()
    return rows.select_related(
        "questionnaire_version__questionnaire", "region_map__exercise__project", "region_map__region"
    ).first()


def _decisions(workshop: Workshop | None, team: Response | None) -> dict[str, WorkshopDecision]:
    """Of the statements as they are put now; one about an older wording stands with those of earlier."""
    if workshop is None or team is None:
        return {}
    rows = WorkshopDecision.objects.filter(
        workshop=workshop, question__section__version=team.questionnaire_version_id
    )
    return {row.question.code: row for row in rows.select_related("question", "edited_by")}


def _spread(picture: WorkshopPicture | None, code: str) -> Spread | None:
    line = picture.lines.get(code) if picture else None
    if line is None:
        return None
    return Spread(n=line["n"], consensus=line["consensus"], counts=line["counts"])


def _sent(region_map: RegionMap) -> list[dict[str, Any]]:
    rows = (
        Response.objects.filter(region_map=region_map)
        .assessment()
        .order_by()
        .values("group")
        .annotate(asked=Count("pk"), sent=Count("pk", filter=Q(state__in=["submitted", "approved"])))
    )
    found = {row["group"]: row for row in rows}
    return [{"name": name, **found[group]} for group, name in Group.choices if group in found]


def settled_of(*, region_map: RegionMap, user: Any, code: str = "") -> list[WorkshopDecision]:
    """What meetings of this map settled, the newest first. One query."""
    rows = WorkshopDecision.objects.filter(
        workshop__in=Workshop.objects.visible_to(user).filter(region_map=region_map),
        state=DecisionState.SETTLED,
    )
    if code:
        rows = rows.filter(question__code=code)
    return list(rows.select_related("question__section", "workshop", "edited_by"))


def find_settled(*, pk: str, region_map: RegionMap, user: Any) -> WorkshopDecision | None:
    """One of them, by what a form sent."""
    rows = settled_of(region_map=region_map, user=user)
    return next((row for row in rows if str(row.pk) == pk), None)


def was_settled(*, response_id: int, key: tuple[str, int | None], level: Any, user: Any) -> bool:
    """Whether a meeting settled on this level of a statement of the team. One query."""
    code, unit = key
    team = Response.objects.filter(pk=response_id, group=Group.TEAM).values("region_map")
    rows = WorkshopDecision.objects.filter(
        workshop__in=Workshop.objects.visible_to(user).filter(region_map__in=team),
        state=DecisionState.SETTLED,
        question__code=code,
    )
    return unit is None and str(level).isdigit() and rows.filter(level=int(level)).exists()


def settled_about(step: Step, *, response: Response, user: Any) -> list[WorkshopDecision]:
    """What meetings settled about a statement, beside the team's own answer to it."""
    if response.group != Group.TEAM or step.unit is not None:
        return []
    return settled_of(region_map=response.region_map, user=user, code=step.question.code)


def find_workshop_map(*, pk: int, user: Any) -> RegionMap | None:
    """The map on the partners' side, for those who work there."""
    return reachable_maps(user=user).select_related("region", "exercise__project").filter(pk=pk).first()
