"""Putting a newsletter together."""

from typing import Any

from django.db import IntegrityError, models, transaction

from journeys.enums import ItemKind
from journeys.models import Newsletter, NewsletterItem
from journeys.selectors.newsletter_content import public_rows
from journeys.selectors.newsletters import next_number
from journeys.services.rows import add_row
from mapping.models import Project

MOST_ITEMS = 40


class NumberTaken(Exception):
    """This number stands in this language already."""


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
    """What is public and not in it yet, in the order given; how many were added. Raises Sent."""
    draft = _draft(newsletter)
    there = {f"{item.kind}-{item.record_id}" for item in draft.items.all()}  # type: ignore[attr-defined]
    wanted = [key for key in dict.fromkeys(keys) if key not in there]
    public = set()
    for kind in (ItemKind.ARTICLE, ItemKind.EVENT, ItemKind.PRACTICE, ItemKind.DOCUMENT):
        numbers = [key.removeprefix(f"{kind}-") for key in wanted if key.startswith(f"{kind}-")]
        numbers = [number for number in numbers if number.isascii() and number.isdigit() and len(number) < 15]
        rows = public_rows(kind, project=draft.project).filter(pk__in=numbers).values_list("pk", flat=True)
        public |= {f"{kind}-{pk}" for pk in rows} if numbers else set()
    added = [key for key in wanted if key in public][: MOST_ITEMS - len(there)]
    for position, key in enumerate(added, start=_end(draft)):
        kind, _sign, number = key.partition("-")
        values = {"newsletter": draft, "kind": kind, "record_id": int(number), "position": position}
        add_row(model=NewsletterItem, values=values, by=by)
    return len(added)


@transaction.atomic
def add_words(*, newsletter: Newsletter, title: str, by: Any) -> NewsletterItem:
    """An item of one's own, at the end. Raises Sent."""
    draft = _draft(newsletter)
    values = {"newsletter": draft, "kind": ItemKind.OWN, "title": title, "position": _end(draft)}
    row: NewsletterItem = add_row(model=NewsletterItem, values=values, by=by)
    return row


def _end(newsletter: Newsletter) -> int:
    rows = NewsletterItem.objects.filter(newsletter=newsletter)
    return int(rows.aggregate(last=models.Max("position"))["last"] or 0) + 1


@transaction.atomic
def move_item(*, item: NewsletterItem, up: bool) -> bool:
    """One place up or down; False at the end of the list. Raises Sent."""
    draft = _draft(item.newsletter)
    rows = list(NewsletterItem.objects.filter(newsletter=draft).order_by("position", "pk"))
    place = next((n for n, row in enumerate(rows) if row.pk == item.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(rows):
        return False
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        NewsletterItem.objects.filter(pk=row.pk).update(position=position)
    return True
