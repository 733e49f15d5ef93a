"""What the holder of a personal link sees: the draft map, the ten statements, and later what became of it."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from cohes3ion.lib.tokens import token_hash
from cohes3ion.lib.versions import text_version
from governance.enums import ResponseState
from governance.models import PersonalLink, PressingArea, Response
from governance.selectors.map_content import map_content
from governance.selectors.questionnaires import is_asked, sections_of
from governance.selectors.responses import Step, is_open, steps_of
from mapping.enums import MapState
from mapping.models import RegionMap

AREAS = (1, 2, 3)


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A link as this browser may use it. `is_owner`: this browser holds the secret made at the start."""

    link: PersonalLink
    response: Response
    is_owner: bool

    @property
    def region_map(self) -> RegionMap:
        return self.link.region_map

    @property
    def is_begun(self) -> bool:
        return bool(self.link.owner_hash)

    @property
    def is_sent(self) -> bool:
        return self.response.state in (ResponseState.SUBMITTED, ResponseState.APPROVED)

    @property
    def shows_map(self) -> bool:
        return self.region_map.state != MapState.DRAFT

    @property
    def shows_comments(self) -> bool:
        """What came of the comments stays readable while the map is edited again."""
        return self.is_owner and (self.shows_map or self.region_map.consultations.exists())

    @property
    def is_open(self) -> bool:
        """Answers can be written and sent: the map is in consultation, the round is open."""
        return self.region_map.state == MapState.CONSULTATION and is_open(self.response)

    @property
    def why_closed(self) -> str:
        """Why nothing can be sent: the map was adopted, the round has ended, or one of them has not begun."""
        state, exercise = self.region_map.state, self.region_map.exercise
        if self.is_open:
            return ""
        if state not in (MapState.DRAFT, MapState.CONSULTATION):
            return "consultation_over"
        if exercise.has_ended:
            return "round_over" if state == MapState.CONSULTATION else "round_over_first"
        return "map_is_draft" if state == MapState.DRAFT else "round_not_open"

    @property
    def comments_are_for_others(self) -> bool:
        """Comments are taken from browsers in which answering was started; here it cannot be now."""
        return not self.is_owner and self.why_closed in ("round_over", "round_not_open")

    @property
    def may_answer(self) -> bool:
        return self.is_owner and self.is_open


@dataclass(frozen=True, kw_only=True)
class AnswersPage:
    visit: Visit
    steps: list[Step]
    areas: dict[int, PressingArea]

    @property
    def answered(self) -> int:
        return sum(step.is_answered for step in self.steps)

    @property
    def named_areas(self) -> list[PressingArea]:
        return [area for _position, area in sorted(self.areas.items()) if area.text or area.dimension]


def visit_of(*, token: str, secret: str) -> Visit | None:
    """The link with this token; None when unknown, altered, taken back or expired. One query.

    Answers that were sent stay readable for the browser that sent them when the link expires.
    """
    link = (
        PersonalLink.objects.with_token(token)
        .filter(revoked_at=None, response__isnull=False)
        .select_related(
            "region_map__region", "region_map__exercise__project", "response__questionnaire_version"
        )
        .first()
    )
    if link is None:
        return None
    link.response.region_map = link.region_map
    visit = Visit(link=link, response=link.response, is_owner=holds(link, secret=secret))
    expired = link.expires_at is not None and link.expires_at <= timezone.now()
    return None if expired and not (visit.is_owner and visit.is_sent) else visit


def ended_link(*, token: str, secret: str) -> PersonalLink | None:
    """A link that works no longer, for the browser that answered by it and nobody else. One query."""
    link = (
        PersonalLink.objects.with_token(token)
        .select_related("region_map__region", "region_map__exercise", "response")
        .first()
    )
    return link if link is not None and holds(link, secret=secret) else None


def holds(link: PersonalLink, *, secret: str) -> bool:
    return bool(link.owner_hash and secret) and secrets.compare_digest(token_hash(secret), link.owner_hash)


def own_response(link: PersonalLink) -> QuerySet[Response]:
    """The one response this browser may write, while the map is in consultation: the scope of its writes.

    The hash is compared again in the database: who began anew elsewhere has taken the link over.
    """
    return Response.objects.filter(
        pk=link.response_id,
        personal_link__owner_hash=link.owner_hash,
        personal_link__revoked_at=None,
        region_map__state=MapState.CONSULTATION,
    )


def area_version(area: PressingArea | None) -> int:
    return text_version(area.text, area.dimension) if area else text_version("", "")


def asked_codes(response: Response) -> list[str]:
    """The statements put to a stakeholder. No query for a published questionnaire."""
    sections = sections_of(version=response.questionnaire_version, language=get_language() or "en")
    return [
        item.code
        for section in sections
        for item in section.questions
        if is_asked(item, group=response.group)
    ]


def answers_page(*, visit: Visit) -> AnswersPage:
    """Two queries beside the questionnaire, which is kept once it is published."""
    areas = {area.position: area for area in visit.response.pressing_areas.all()}
    return AnswersPage(visit=visit, steps=steps_of(response=visit.response), areas=areas)


@dataclass(frozen=True, kw_only=True)
class MapOnOnePage:
    """The draft as a stakeholder reads it: names in words, capabilities under their unit, strongest first."""

    priorities: list[dict[str, Any]]
    units: list[dict[str, Any]]
    spaces: list[dict[str, Any]]
    actors: list[dict[str, Any]]
    strengths: list[dict[str, Any]]
    areas: list[dict[str, Any]]
    capabilities: int


def map_on_one_page(*, region_map: RegionMap) -> MapOnOnePage:
    content = map_content(region_map=region_map)
    priorities = {row["id"]: row["name"] for row in content["priorities"]}
    by_unit: dict[int, list[dict[str, Any]]] = {}
    for row in content["capabilities"]:
        origin = row["field_provenance"].get("strength") or row["provenance"]
        shown = row | {"linked": priorities.get(row["priority"], ""), "strength_provenance": origin}
        by_unit.setdefault(row["unit"], []).append(shown)
    for rows in by_unit.values():
        rows.sort(key=lambda row: -(row["strength"] or 0))
    names = {row["id"]: row["name"] for row in content["units"]}
    return MapOnOnePage(
        priorities=content["priorities"],
        units=[row | {"capabilities": by_unit.get(row["id"], [])} for row in content["units"]],
        spaces=[row | {"members": [names[pk] for pk in row["units"]]} for row in content["spaces"]],
        actors=content["actors"],
        strengths=content["strengths"],
        areas=content["areas"],
        capabilities=len(content["capabilities"]),
    )
