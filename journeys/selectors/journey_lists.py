"""The list of learning journeys."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, Min

from cohes3ion.lib.list_pages import Paginator
from journeys.models import Journey, Visit
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
    """`page` holds journeys, each with the number of its `stops` and the names of its `hosts`."""

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
    page.object_list = list(page.object_list)
    hosts = _hosts_of(page.object_list)
    for journey in page.object_list:
        journey.hosts = hosts.get(journey.pk, [])
    return JourneyList(
        page=page,
        wanted=wanted,
        in_all=seen.count() if wanted else page.paginator.count,
        startable=_startable(user),
    )


def _hosts_of(journeys: list[Journey]) -> dict[int, list[str]]:
    """The regions that are visited, by journey, each once, in the order of the visits. One query."""
    found: dict[int, list[str]] = {}
    rows = Visit.objects.filter(journey__in=journeys).order_by().values_list("journey", "host__name")
    for journey, name, _first in rows.annotate(first=Min("position")).order_by("first", "host__name"):
        found.setdefault(journey, []).append(name)
    return found


def _startable(user: Any) -> list[Exercise]:
    if not user.is_authenticated:
        return []
    rows = Exercise.objects.filter(of_partnership(user, "project")).select_related("project")
    return [row for row in rows if user.has_perm("journeys.write_journey", row)]
