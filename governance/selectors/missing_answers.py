"""Who would have to answer for a withheld level to appear, as far as the reader may know it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F

from governance.enums import Group
from governance.models import Answer, Response
from mapping.enums import AnswerKind
from mapping.models import RegionMap


@dataclass(frozen=True, kw_only=True)
class MissingGroup:
    """One group: how many have not sent their answers, and the names that this reader may know.

    blanks: who sent and left statements of the theme without a value, with how many.
    """

    group: str
    waiting: int
    names: list[str] = field(default_factory=list)
    blanks: list[tuple[str, int]] = field(default_factory=list)


def missing_groups(*, region_map: RegionMap, dimension: str, user: Any) -> list[MissingGroup]:
    """By group and count for the team and who runs the round; nothing for anybody else.

    Organisations are named to whoever invites them (the lead) and to the facilitator; what a response lacks
    is told to those who may read it. Two queries.
    """
    if not user.has_perm("governance.see_workspace", region_map):
        return []
    knows_all = user.has_perm("governance.see_single_ratings", region_map)
    named = {Group.TEAM, Group.UNIT}
    if knows_all or user.has_perm("governance.invite", region_map):
        named.add(Group.STAKEHOLDER)
    waiting: dict[str, list[str]] = defaultdict(list)
    responses = Response.objects.filter(region_map=region_map).assessment().select_related("unit")
    sent = responses.submitted().values("pk")
    for row in responses.exclude(pk__in=sent):
        waiting[row.group].append(str(row) if row.group in named else "")
    blanks = _blanks(responses.visible_to(user).filter(pk__in=sent), dimension)
    return [
        MissingGroup(
            group=str(group),
            waiting=len(waiting[group]),
            names=sorted(name for name in waiting[group] if name),
            blanks=blanks.get(str(group), []),
        )
        for group in Group
        if waiting[group] or blanks.get(str(group))
    ]


def _blanks(responses: Any, dimension: str) -> dict[str, list[tuple[str, int]]]:
    """Statements of a theme that sent responses leave without a value, by group."""
    open_kinds = (AnswerKind.UNANSWERED, AnswerKind.NO_INFORMATION)
    rows = (
        Answer.objects.filter(
            response__in=responses,
            question__section__code=dimension,
            question__section__version=F("response__questionnaire_version"),
            kind__in=open_kinds,
            part="",
        )
        .order_by("response")
        .values("response__group", "response__unit__name", "response__label", "response")
        .annotate(n=Count("pk"))
    )
    found: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for row in rows:
        name = row["response__unit__name"] or row["response__label"] or ""
        found[row["response__group"]].append((name, row["n"]))
    return found
