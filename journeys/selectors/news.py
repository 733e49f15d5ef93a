"""News as readers find them: in their language where it is written in it, else in another one."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Exists, OuterRef, Q
from django.utils.text import Truncator

from cohes3ion.lib.language_names import language_name
from cohes3ion.lib.list_pages import Paginator
from cohes3ion.lib.prose import plain_prose
from journeys.models import Article, ArticleText

PER_PAGE = 12
MOST_IN_FEED = 50


@dataclass(frozen=True, kw_only=True)
class ArticleShown:
    """An article in one of its languages; `is_asked_for` when it is the reader's."""

    article: Article
    text: ArticleText
    is_asked_for: bool
    # Other languages it can be read in: (code, own name of the language).
    others: list[tuple[str, str]]

    @property
    def lead(self) -> str:
        """Two sentences; where nobody wrote them, the beginning of the text."""
        return str(self.text.lead or first_words(self.text.body))


def first_words(body: str) -> str:
    """The first paragraph in plain words: no mark of Markdown, no link that was cut in two."""
    paragraph = plain_prose(body[:4000], addresses=False).partition("\n\n")[0]
    return Truncator(" ".join(paragraph.split())).chars(300)


def shown(article: Article, *, language: str) -> ArticleShown:
    """The text in the language, else in that of the site, else the first one. Reads the prefetched texts."""
    texts = {text.language: text for text in article.texts.all()}  # type: ignore[attr-defined]
    base = language.partition("-")[0]
    code = next(
        (code for code in (language, base, settings.LANGUAGE_CODE) if code in texts), next(iter(texts))
    )
    return ArticleShown(
        article=article,
        text=texts[code],
        is_asked_for=code in (language, base),
        others=[(other, language_name(other)) for other in texts if other != code],
    )


def written(rows: Any) -> Any:
    """Articles that have a text, with all of them: two queries."""
    texts = ArticleText.objects.filter(article=OuterRef("pk"))
    return rows.filter(Exists(texts)).prefetch_related("texts").select_related("project")


def _found(*, wanted: str) -> Any:
    rows = written(Article.objects.published())
    for word in wanted.split():
        hit = Q(title__icontains=word) | Q(lead__icontains=word) | Q(body__icontains=word)
        rows = rows.filter(Exists(ArticleText.objects.filter(hit, article=OuterRef("pk"))))
    return rows


def news_page(*, language: str, wanted: str, number: str | None) -> tuple[Page[Article], list[ArticleShown]]:
    """Published news, the newest first. Three queries."""
    page = Paginator(_found(wanted=wanted), PER_PAGE).get_page(number)
    return page, [shown(article, language=language) for article in page]


def find_article(*, slug: str, user: Any) -> Article | None:
    """What is published, and drafts for partners."""
    found: Article | None = written(Article.objects.visible_to(user)).filter(slug=slug).first()
    return found


def feed_articles(*, language: str) -> list[ArticleShown]:
    """The newest; with a language only those that are written in it."""
    rows = written(Article.objects.published())
    if language:
        rows = rows.filter(Exists(ArticleText.objects.filter(article=OuterRef("pk"), language=language)))
    wanted = language or settings.LANGUAGE_CODE
    return [shown(article, language=wanted) for article in rows[:MOST_IN_FEED]]


def feed_languages() -> list[tuple[str, str]]:
    """Languages in which something is published. One query."""
    texts = ArticleText.objects.filter(article__in=Article.objects.published())
    codes = texts.order_by("language").values_list("language", flat=True).distinct()
    return [(code, language_name(code)) for code in codes]
