"""Who asked for the newsletter, for coordinators: how many, in which state, and the addresses in pages."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count

from cohes3ion.lib.language_names import language_name
from cohes3ion.lib.list_pages import Paginator
from journeys.enums import SubscriberState
from journeys.models import Subscriber
from mapping.enums import Role
from mapping.models import Project

PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Subscribers:
    """`states`: state, in words, how many; `languages` of the confirmed ones; one page of addresses."""

    project: Project
    states: list[tuple[str, str, int]]
    languages: list[tuple[str, int]]
    page: Page[Subscriber]

    @property
    def total(self) -> int:
        return sum(n for _state, _words, n in self.states)


def subscribers_of(*, project: Project, state: str, wanted: str, number: str | None) -> Subscribers:
    """Four queries: two counts, and the rows with their number."""
    rows = Subscriber.objects.filter(project=project)
    counts = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    spoken = rows.confirmed().order_by("language").values_list("language").annotate(n=Count("pk"))
    shown = rows.filter(state=state) if state in SubscriberState.values else rows
    if wanted:
        shown = shown.filter(email__icontains=wanted)
    return Subscribers(
        project=project,
        states=[(kind.value, str(kind.label), counts.get(kind.value, 0)) for kind in SubscriberState],
        languages=[(language_name(code), n) for code, n in spoken],
        page=Paginator(shown.order_by("-asked_at", "-pk"), PER_PAGE).get_page(number),
    )


def coordinated_projects(user: Any) -> list[Project]:
    """Partnerships whose subscribers this person sees."""
    mine = user.memberships.filter(role=Role.COORDINATOR).values("project")
    return list(Project.objects.filter(pk__in=mine).order_by("acronym"))


def find_subscriber(*, pk: int, user: Any) -> Subscriber | None:
    found: Subscriber | None = (
        Subscriber.objects.visible_to(user).select_related("project").filter(pk=pk).first()
    )
    return found
