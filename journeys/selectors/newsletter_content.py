"""What a newsletter says: made of what stands on the site while it is a draft, frozen once it is sent."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from journeys.enums import Audience, EventState, ItemKind
from journeys.models import Article, Document, Event, Newsletter, NewsletterItem, Practice
from journeys.selectors.event_times import when_of
from journeys.selectors.news import shown, written
from mapping.models import Project

OFFERED = 30


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
    rows = Document.objects.published().filter(exercise__project=project)
    return rows.select_related("exercise", "region").defer("content").order_by("-published_at", "-pk")


def offers(*, newsletter: Newsletter, wanted: str = "") -> list[Offers]:
    """What can be added, the newest first; events that are still to come, the next one first."""
    there = {(item.kind, item.record_id) for item in newsletter.items.all()}  # type: ignore[attr-defined]
    found = []
    for kind in (ItemKind.ARTICLE, ItemKind.EVENT, ItemKind.PRACTICE, ItemKind.DOCUMENT):
        rows = public_rows(kind, project=newsletter.project)
        if kind == ItemKind.EVENT:
            rows = rows.filter(ends_at__gte=timezone.now())
        rows = _with_words(rows, kind, wanted).exclude(pk__in=[pk for known, pk in there if known == kind])
        lines = [_told(kind, row, newsletter.language) for row in rows[:OFFERED]]
        found.append(Offers(kind=kind, rows=[Offer(**_offer(line)) for line in lines]))
    return found


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


def _line(item: NewsletterItem, rows: dict[int, Any], language: str) -> dict[str, Any]:
    """What the record says, or in its place what was written for this newsletter."""
    line = {"kind": item.kind, "record": item.record_id, "label": "", "facts": "", "link": "", "language": ""}
    line |= {"title": "", "text": "", "item": item.pk}
    if item.kind != ItemKind.OWN:
        row = rows.get(item.record_id or 0)
        if row is None:
            return line | {"title": item.title, "label": str(ItemKind(item.kind).label), "is_gone": True}
        line |= _told(item.kind, row, language)
    return line | {name: getattr(item, name) for name in ("title", "text") if getattr(item, name).strip()}


def _told(kind: str, row: Any, language: str) -> dict[str, Any]:
    line = {"kind": str(kind), "record": row.pk, "label": str(ItemKind(kind).label), "language": ""}
    line |= {"facts": "", "text": "", "is_invented": getattr(row, "provenance", "") == "invented"}
    if kind == ItemKind.ARTICLE:
        told = shown(row, language=language)
        link = reverse("journeys:news_detail", args=[row.slug]) + f"?language={told.text.language}"
        line |= {"title": told.text.title, "text": told.lead, "link": link}
        line["language"] = "" if told.is_asked_for else told.text.language
    elif kind == ItemKind.EVENT:
        when = when_of(row)
        facts = [f"{when} ({when.zone})" if when.zone else str(when), row.place]
        line |= {"title": row.title, "text": row.summary, "facts": " · ".join(filter(None, facts))}
        line["link"] = reverse("journeys:event_detail", args=[row.slug])
    elif kind == ItemKind.PRACTICE:
        line |= {"title": row.title, "text": row.summary, "facts": row.region.name}
        line["link"] = reverse("journeys:practice_detail", args=[row.slug])
    else:
        day = date_format(timezone.localdate(row.published_at), "DATE_FORMAT")
        line |= {"title": f"{row._meta.verbose_name}: {row.region or row.exercise}", "facts": day}
        line["link"] = reverse("journeys:document_download", args=[row.pk])
    return line | {"link": settings.SITE_URL + line["link"]}
