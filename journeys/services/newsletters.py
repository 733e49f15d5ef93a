"""Putting a newsletter together."""

from typing import Any

from django.db import IntegrityError, transaction

from cohes3ion.lib.ordered import end_of
from journeys.enums import ItemKind
from journeys.models import Newsletter, NewsletterItem
from journeys.selectors.newsletter_content import FROM_SITE, numbers_of, public_rows
from journeys.selectors.newsletters import next_number
from journeys.services.rows import add_row, move_row
from mapping.models import Project

MOST_ITEMS = 40


class NumberTaken(Exception):
    """This number stands in this language already."""


class TooManyItems(Exception):
    """More than anybody reads in one letter; `left` may still be added."""

    def __init__(self, left: int) -> None:
        super().__init__(left)
        self.left = left


class Sent(Exception):
    """What was sent is not changed any more."""


def _draft(newsletter: Newsletter) -> Newsletter:
    """The row, locked. Raises Sent."""
    row: Newsletter = Newsletter.objects.select_for_update().get(pk=newsletter.pk)
    if row.sent_at is not None:
        raise Sent
    return row


def add_newsletter(
    *, project: Project, language: str, subject: str, number: int | None, by: Any
) -> Newsletter:
    """A draft; without a number the next one of the partnership. Raises NumberTaken."""
    values = {"project": project, "language": language, "subject": subject}
    with transaction.atomic():
        Project.objects.select_for_update().get(pk=project.pk)
        values["number"] = number or next_number(project=project)
        try:
            with transaction.atomic():
                row: Newsletter = add_row(model=Newsletter, values=values, by=by)
        except IntegrityError as error:
            raise NumberTaken from error
    return row


@transaction.atomic
def add_items(*, newsletter: Newsletter, keys: list[str], by: Any) -> int:
    """What is public and not in it yet, in the order given; how many. Raises Sent, TooManyItems."""
    draft = _draft(newsletter)
    rows = list(draft.items.all())  # type: ignore[attr-defined]
    there = {f"{item.kind}-{item.record_id}" for item in rows}
    wanted = [key for key in dict.fromkeys(keys) if key not in there]
    public = set()
    for kind in FROM_SITE:
        numbers = numbers_of(kind=kind, keys=wanted)
        found = public_rows(kind, project=draft.project).filter(pk__in=numbers).values_list("pk", flat=True)
        public |= {f"{kind}-{pk}" for pk in found} if numbers else set()
    added = [key for key in wanted if key in public]
    _fits(len(rows), len(added))
    for position, key in enumerate(added, start=end_of(draft.items)):
        kind, _sign, number = key.partition("-")
        values = {"newsletter": draft, "kind": kind, "record_id": int(number), "position": position}
        add_row(model=NewsletterItem, values=values, by=by)
    return len(added)


@transaction.atomic
def add_words(*, newsletter: Newsletter, title: str, text: str = "", by: Any) -> NewsletterItem:
    """An item of one's own, at the end. Raises Sent, TooManyItems."""
    draft = _draft(newsletter)
    _fits(draft.items.count(), 1)  # type: ignore[attr-defined]
    values = {"newsletter": draft, "kind": ItemKind.OWN, "position": end_of(draft.items)}
    values |= {"title": title, "text": text}
    row: NewsletterItem = add_row(model=NewsletterItem, values=values, by=by)
    return row


def _fits(there: int, more: int) -> None:
    if there + more > MOST_ITEMS:
        raise TooManyItems(max(MOST_ITEMS - there, 0))


@transaction.atomic
def move_item(*, item: NewsletterItem, up: bool, seen: int, by: Any) -> bool:
    """One place up or down; False where the list ends. Raises Sent, OrderChanged."""
    _draft(item.newsletter)
    return move_row(row=item, within="newsletter", up=up, seen=seen, by=by)
