"""News of the demonstration, sourced, and a newsletter put together from what stands on the site."""

import datetime as dt
from typing import Any

from django.utils import timezone

from journeys.models import Article, ArticleText, Event, Newsletter, NewsletterItem, Practice
from journeys.services.demo_content import read_demo
from mapping.models import Project

MODELS: dict[str, Any] = {"article": Article, "event": Event, "practice": Practice}


def add_news(*, project: Project) -> Newsletter:
    """Published now, the first of the file on top; no source tells the days."""
    content = read_demo("news")
    now = timezone.now()
    for place, item in enumerate(content["articles"]):
        article = Article.objects.create(
            project=project,
            slug=item["slug"],
            published_at=now - dt.timedelta(minutes=place),
            provenance=item["provenance"],
            sources=item["sources"],
        )
        ArticleText.objects.bulk_create(ArticleText(article=article, **text) for text in item["texts"])
    return _add_letter(project, content["newsletter"])


def _add_letter(project: Project, item: dict[str, Any]) -> Newsletter:
    """A draft; what is not there is left out."""
    names = ("number", "language", "subject", "intro")
    letter = Newsletter.objects.create(project=project, **{name: item[name] for name in names})
    for position, part in enumerate(item["items"], start=1):
        place = {"newsletter": letter, "kind": part["kind"], "position": position}
        if part["kind"] == "own":
            NewsletterItem.objects.create(**place, title=part["title"], text=part["text"])
            continue
        row = MODELS[part["kind"]].objects.filter(project=project, slug=part["slug"]).first()
        if row is not None:
            NewsletterItem.objects.create(**place, record_id=row.pk)
    return letter
