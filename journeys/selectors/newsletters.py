"""Newsletters: the archive, those at work, and how far a mailing is."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.db.models import Count, F, Max

from cohes3ion.accounts.models import MailState
from cohes3ion.lib.language_names import language_name
from cohes3ion.lib.list_pages import Paginator
from journeys.models import Delivery, Newsletter, NewsletterItem, Subscriber
from journeys.models.news import WRITERS
from mapping.models import Project

PER_PAGE = 20
PEOPLE_PER_PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Mailing:
    """How many addresses a newsletter goes to, and what became of their mails."""

    newsletter: Newsletter
    expected: int
    states: list[tuple[str, str, int]]  # state, in words, how many

    @property
    def made(self) -> int:
        return sum(n for _state, _words, n in self.states)

    @property
    def remaining(self) -> int:
        return max(self.expected - self.made, 0)

    def count(self, *states: str) -> int:
        return sum(n for state, _words, n in self.states if state in states)

    @property
    def repeatable(self) -> int:
        return self.count(MailState.FAILED)

    @property
    def is_under_way(self) -> bool:
        waits = self.remaining or self.count(MailState.WAITING, MailState.SENDING)
        return bool(waits) and self.newsletter.stopped_at is None


def archive(*, number: str | None) -> Page[Newsletter]:
    rows = Newsletter.objects.sent().select_related("project").defer("content").order_by("-sent_at", "-pk")
    return Paginator(rows, PER_PAGE).get_page(number)


def find_newsletter(*, pk: int, user: Any) -> Newsletter | None:
    rows = Newsletter.objects.visible_to(user).select_related("project").prefetch_related("items")
    found: Newsletter | None = rows.filter(pk=pk).first()
    return found


def own_newsletters(*, user: Any, number: str | None) -> Page[Newsletter]:
    """Of the partnerships this person writes for: drafts first, then the newest."""
    mine = user.memberships.filter(role__in=WRITERS).values("project")
    rows = Newsletter.objects.filter(project__in=mine).select_related("project").defer("content")
    return Paginator(rows.order_by(F("sent_at").desc(nulls_first=True), "-number", "pk"), PER_PAGE).get_page(
        number
    )


def find_item(*, pk: int, user: Any) -> NewsletterItem | None:
    seen = Newsletter.objects.visible_to(user)
    rows = NewsletterItem.objects.filter(newsletter__in=seen).select_related("newsletter__project")
    return rows.filter(pk=pk).first()


def next_number(*, project: Project) -> int:
    rows = Newsletter.objects.filter(project=project)
    return int(rows.aggregate(last=Max("number"))["last"] or 0) + 1


def latest_numbers(*, projects: list[Project]) -> list[int]:
    rows = Newsletter.objects.filter(project__in=[project.pk for project in projects])
    return list(rows.order_by("-number").values_list("number", flat=True).distinct()[:5])


def recipients(newsletter: Newsletter) -> Any:
    """Who chose its language, and who chose one in which this number is not written.

    Only addresses that were confirmed when it was sent, and no address that has this number already.
    """
    editions = Newsletter.objects.filter(project=newsletter.project_id, number=newsletter.number)
    others = editions.exclude(pk=newsletter.pk)
    rows = Subscriber.objects.confirmed().filter(project=newsletter.project_id)
    if newsletter.sent_at is not None:
        rows = rows.filter(confirmed_at__lte=newsletter.sent_at)
    served = Delivery.objects.filter(newsletter__in=others).values("subscriber")
    return rows.exclude(language__in=others.values("language")).exclude(pk__in=served)


@dataclass(frozen=True, kw_only=True)
class Readers:
    """How many addresses get it, in all and by the language they chose."""

    languages: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(n for _language, n in self.languages)


def readers(newsletter: Newsletter) -> Readers:
    rows = recipients(newsletter).order_by("language").values_list("language").annotate(n=Count("pk"))
    return Readers(languages=[(language_name(code), n) for code, n in rows])


def mailing(newsletter: Newsletter) -> Mailing:
    """Two queries."""
    rows = Delivery.objects.filter(newsletter=newsletter)
    counts = dict(rows.values_list("mail__state").annotate(n=Count("pk")).order_by())
    states = [(state.value, str(state.label), counts.get(state.value, 0)) for state in MailState]
    return Mailing(
        newsletter=newsletter,
        expected=recipients(newsletter).count(),
        states=[line for line in states if line[2]],
    )


def addresses(*, newsletter: Newsletter, state: str, number: str | None) -> Page[Delivery]:
    """The addresses with the state of their mails, one page of them."""
    rows = Delivery.objects.filter(newsletter=newsletter).select_related("subscriber", "mail").order_by("pk")
    if state in MailState.values:
        rows = rows.filter(mail__state=state)
    return Paginator(rows, PEOPLE_PER_PAGE).get_page(number)
