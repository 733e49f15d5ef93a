"""The list of learning journeys."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count

from journeys.models import Journey
from journeys.models.journey import of_partnership
from mapping.models import Exercise

PER_PAGE = 30


def _search_words(rows: Any, *, wanted: str) -> Any:
    """Journeys whose name has every word; letter case does not matter."""
    for word in wanted.split()[:8]:
        rows = rows.filter(title__icontains=word)
    return rows


@dataclass(frozen=True, kw_only=True)
class JourneyList:
    page: Page[Journey]
    wanted: str
    in_all: int
    startable: list[Exercise]


def journey_list(*, user: Any, wanted: str, number: str | None) -> JourneyList:
    """Journeys the reader may see, the newest round first; and the rounds in which they may start one."""
    seen = Journey.objects.visible_to(user)
    rows = _search_words(seen, wanted=wanted).select_related("exercise__project")
    rows = rows.annotate(stops=Count("visits")).order_by("-exercise__opens_on", "pk")
    page = Paginator(rows, PER_PAGE).get_page(number)
    return JourneyList(
        page=page,
        wanted=wanted,
        in_all=seen.count() if wanted else page.paginator.count,
        startable=_startable(user),
    )


def _startable(user: Any) -> list[Exercise]:
    if not user.is_authenticated:
        return []
    rows = Exercise.objects.filter(of_partnership(user, "project")).select_related("project")
    return [row for row in rows if user.has_perm("journeys.write_journey", row)]
