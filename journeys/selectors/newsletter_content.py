"""What a newsletter says: made of what stands on the site while it is a draft, frozen once it is sent."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from cohes3ion.lib.prose import plain_paragraphs, plain_prose, prose
from journeys.enums import Audience, EventState, ItemKind
from journeys.models import Article, Document, Event, Journey, Newsletter, NewsletterItem, Practice
from journeys.selectors.event_times import when_of
from journeys.selectors.news import shown, written
from mapping.models import Project

OFFERED = 30
# In the order of a letter: what is new first, dates to save last.
FROM_SITE = [ItemKind.ARTICLE, ItemKind.DOCUMENT, ItemKind.JOURNEY, ItemKind.PRACTICE, ItemKind.EVENT]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """Something on the site that a newsletter can tell about."""

    key: str
    title: str
    facts: str


@dataclass(frozen=True, kw_only=True)
class Offers:
    kind: ItemKind
    rows: list[Offer]
    # There are more than are shown: a search finds them.
    has_more: bool


def public_rows(kind: str, *, project: Project) -> Any:
    """Only what everybody may read: a newsletter is public."""
    if kind == ItemKind.ARTICLE:
        return written(Article.objects.published().filter(project=project)).order_by("-published_at", "-pk")
    if kind == ItemKind.EVENT:
        rows = Event.objects.filter(project=project, audience=Audience.PUBLIC, state=EventState.ANNOUNCED)
        return rows.select_related("region").order_by("starts_at", "pk")
    if kind == ItemKind.PRACTICE:
        rows = Practice.objects.published().filter(project=project)
        return rows.select_related("region").order_by("-published_at", "-pk")
    if kind == ItemKind.JOURNEY:
        rows = Journey.objects.filter(exercise__project=project, published_at__isnull=False)
        return rows.prefetch_related("visits__host").order_by("-published_at", "-pk")
    rows = Document.objects.published().filter(exercise__project=project)
    return rows.select_related("exercise", "region").defer("content").order_by("-published_at", "-pk")


def offers(*, newsletter: Newsletter, wanted: str = "", but: list[str] | None = None) -> list[Offers]:
    """What can be added, the newest first; events that are still to come, the next one first.

    `but`: keys of what is ticked already.
    """
    there = {(item.kind, item.record_id) for item in newsletter.items.all()}  # type: ignore[attr-defined]
    there |= {(kind, int(number)) for kind in FROM_SITE for number in numbers_of(kind=kind, keys=but or [])}
    found = []
    for kind in FROM_SITE:
        rows = public_rows(kind, project=newsletter.project)
        if kind == ItemKind.EVENT:
            rows = rows.filter(ends_at__gte=timezone.now())
        rows = _with_words(rows, kind, wanted).exclude(pk__in=[pk for known, pk in there if known == kind])
        lines = [_told(kind, row, newsletter.language) for row in rows[: OFFERED + 1]]
        told = [Offer(**_offer(line)) for line in lines[:OFFERED]]
        found.append(Offers(kind=kind, rows=told, has_more=len(lines) > OFFERED))
    return found


def ticked_offers(*, newsletter: Newsletter, keys: list[str]) -> list[Offer]:
    """What is ticked already while the site is searched for more; what is no key of an offer is dropped."""
    found = []
    for kind in FROM_SITE:
        rows = public_rows(kind, project=newsletter.project).filter(pk__in=numbers_of(kind=kind, keys=keys))
        found += [Offer(**_offer(_told(kind, row, newsletter.language))) for row in rows]
    return found


def numbers_of(*, kind: str, keys: list[str]) -> list[str]:
    """The numbers in keys like "event-12"; anything else that was sent is left out."""
    numbers = [key.removeprefix(f"{kind}-") for key in keys if key.startswith(f"{kind}-")]
    return [number for number in numbers if number.isascii() and number.isdigit() and len(number) < 15]


def _offer(line: dict[str, Any]) -> dict[str, Any]:
    return {"key": f"{line['kind']}-{line['record']}", "title": line["title"], "facts": line["facts"]}


def _with_words(rows: Any, kind: str, wanted: str) -> Any:
    names = {
        ItemKind.ARTICLE: "texts__title",
        ItemKind.DOCUMENT: "region__name",
    }
    for word in wanted.split():
        rows = rows.filter(Q(**{f"{names.get(ItemKind(kind), 'title')}__icontains": word}))
    return rows.distinct() if wanted and kind == ItemKind.ARTICLE else rows


def content_of(newsletter: Newsletter) -> dict[str, Any]:
    """Subject, first words and items in their order, all in the language of the newsletter.

    An item whose record is not public (any more) has `is_gone`. Frozen content is given as it was sent.
    """
    if newsletter.sent_at is not None and newsletter.content:
        return dict(newsletter.content)
    items = list(newsletter.items.all())  # type: ignore[attr-defined]
    with translation.override(newsletter.language):
        rows = {kind: _records(kind, items, newsletter) for kind in {item.kind for item in items}}
        return {
            "number": newsletter.number,
            "language": newsletter.language,
            "subject": newsletter.subject,
            "intro": newsletter.intro,
            "project": newsletter.project.acronym,
            "items": [_line(item, rows[item.kind], newsletter.language) for item in items],
        }


def _records(kind: str, items: list[NewsletterItem], newsletter: Newsletter) -> dict[int, Any]:
    keys = [item.record_id for item in items if item.kind == kind and item.record_id]
    if kind == ItemKind.OWN:
        return {}
    return {row.pk: row for row in public_rows(kind, project=newsletter.project).filter(pk__in=keys)}


def item_html(line: dict[str, Any]) -> SafeString:
    """The text of a line: Markdown where it was written for the newsletter, else each sign as it stands."""
    if line.get("is_plain"):
        return plain_paragraphs(line["text"])
    return prose(line["text"], base=settings.SITE_URL)


def item_plain(line: dict[str, Any]) -> str:
    if line.get("is_plain"):
        return str(line["text"]).strip()
    return plain_prose(line["text"], base=settings.SITE_URL)


def _line(item: NewsletterItem, rows: dict[int, Any], language: str) -> dict[str, Any]:
    """What the record says, or in its place what was written for this newsletter."""
    line = {"kind": item.kind, "record": item.record_id, "label": "", "facts": "", "link": "", "language": ""}
    line |= {"title": "", "text": "", "item": item.pk}
    if item.kind != ItemKind.OWN:
        row = rows.get(item.record_id or 0)
        if row is None:
            return line | {"title": item.title, "label": str(ItemKind(item.kind).label), "is_gone": True}
        line |= _told(item.kind, row, language)
    if item.text.strip():
        line |= {"text": item.text, "is_plain": False}
    return line | ({"title": item.title} if item.title.strip() else {})


def _told(kind: str, row: Any, language: str) -> dict[str, Any]:
    """What the site says of a row. `is_plain`: its text is no Markdown, so no sign in it becomes a link."""
    line = {"kind": str(kind), "record": row.pk, "label": str(ItemKind(kind).label), "language": ""}
    line |= {"facts": "", "text": "", "is_invented": getattr(row, "provenance", "") == "invented"}
    line |= {"is_plain": True} | TELLERS[ItemKind(kind)](row, language)
    return line | {"link": settings.SITE_URL + line["link"]}


def _article(row: Article, language: str) -> dict[str, Any]:
    told = shown(row, language=language)
    return {
        "title": told.text.title,
        "text": told.lead,
        "language": "" if told.is_asked_for else told.text.language,
        "link": reverse("journeys:news_detail", args=[row.slug]) + f"?language={told.text.language}",
    }


def _event(row: Event, language: str) -> dict[str, Any]:
    when = when_of(row)
    facts = [f"{when} ({when.zone})" if when.zone else str(when), row.place]
    link = reverse("journeys:event_detail", args=[row.slug])
    return {"title": row.title, "text": row.summary, "facts": " · ".join(filter(None, facts)), "link": link}


def _practice(row: Practice, language: str) -> dict[str, Any]:
    link = reverse("journeys:practice_detail", args=[row.slug])
    return {"title": row.title, "text": row.summary, "facts": row.region.name, "link": link}


def _journey(row: Journey, language: str) -> dict[str, Any]:
    """Its aim, and the regions that are visited."""
    hosts = dict.fromkeys(visit.host.name for visit in row.visits.all())  # type: ignore[attr-defined]
    link = reverse("journeys:journey_detail", args=[row.slug])
    return {"title": row.title, "text": row.aim, "facts": ", ".join(hosts), "link": link}


def _document(row: Document, language: str) -> dict[str, Any]:
    day = date_format(timezone.localdate(row.published_at), "DATE_FORMAT")
    link = reverse("journeys:document_download", args=[row.pk])
    return {"title": f"{row._meta.verbose_name}: {row.region or row.exercise}", "facts": day, "link": link}


TELLERS: dict[ItemKind, Any] = {
    ItemKind.ARTICLE: _article,
    ItemKind.EVENT: _event,
    ItemKind.PRACTICE: _practice,
    ItemKind.JOURNEY: _journey,
    ItemKind.DOCUMENT: _document,
}
