"""News where they are written: coordinators and facilitators of a partnership."""

from typing import Any

from django.core.paginator import Page
from django.db.models import F

from cohes3ion.lib.list_pages import Paginator
from journeys.models import Article, ArticleText
from journeys.models.news import WRITERS
from journeys.selectors.news import ArticleShown, shown, written
from mapping.models import Project

PER_PAGE = 30


def writing_projects(user: Any) -> list[Project]:
    """Partnerships for which this person writes news and newsletters."""
    mine = user.memberships.filter(role__in=WRITERS).values("project")
    return list(Project.objects.filter(pk__in=mine).order_by("acronym"))


def desk_page(
    *, projects: list[Project], language: str, number: str | None
) -> tuple[Page[Article], list[ArticleShown]]:
    """Drafts first, then the newest. Three queries."""
    rows = written(Article.objects.filter(project__in=[project.pk for project in projects]))
    page = Paginator(rows.order_by(F("published_at").desc(nulls_first=True), "-pk"), PER_PAGE).get_page(
        number
    )
    return page, [shown(article, language=language) for article in page]


def reached_text(*, pk: int, user: Any) -> ArticleText | None:
    seen = Article.objects.visible_to(user)
    rows = ArticleText.objects.filter(article__in=seen).select_related("article__project")
    return rows.filter(pk=pk).first()
