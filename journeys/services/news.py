"""Writing news: an article, its texts in several languages, and whether everybody reads it."""

from typing import Any

from django.db import transaction

from journeys.models import Article, ArticleText
from journeys.services.rows import add_row, release, remove_row
from mapping.enums import Provenance
from mapping.models import Project


class LanguageTaken(Exception):
    """The article has a text in this language."""


class LastText(Exception):
    """Without any text an article says nothing: remove the whole article instead."""


@transaction.atomic
def add_article(*, project: Project, language: str, title: str, by: Any) -> Article:
    """A draft with its first text. Its address is made of the title and stays when that changes."""
    values = {"project": project, "provenance": Provenance.AGREED}
    article: Article = add_row(model=Article, values=values, by=by, name=title)
    add_row(model=ArticleText, values={"article": article, "language": language, "title": title}, by=by)
    return article


@transaction.atomic
def add_text(*, article: Article, language: str, title: str, by: Any) -> ArticleText:
    """Raises LanguageTaken."""
    Article.objects.select_for_update().get(pk=article.pk)
    if ArticleText.objects.filter(article=article, language=language).exists():
        raise LanguageTaken
    values = {"article": article, "language": language, "title": title}
    row: ArticleText = add_row(model=ArticleText, values=values, by=by)
    return row


def publish_article(*, article: Article, public: bool, expected: int, by: Any) -> Article:
    """Show it to everybody, or to partners only again. Raises StaleVersion."""
    row: Article = release(article, public=public, expected=expected, by=by)
    return row


@transaction.atomic
def remove_text(*, text: ArticleText, expected: int, by: Any) -> None:
    """Raises LastText, StaleVersion."""
    Article.objects.select_for_update().get(pk=text.article_id)
    if not ArticleText.objects.filter(article=text.article_id).exclude(pk=text.pk).exists():
        raise LastText
    remove_row(row=text, expected=expected, by=by)
