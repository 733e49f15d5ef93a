"""News for everybody: the list, an article, the feed."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohes3ion.lib.language_names import language_name
from cohes3ion.lib.prose import plain_paragraphs, prose
from journeys.selectors import news as selectors
from journeys.selectors.news_desk import writing_projects

FIVE_MINUTES = 300


class NewsFeed(Atom1Feed):
    """Each entry says its language: a feed of all news holds several."""

    def item_attributes(self, item: dict[str, Any]) -> dict[str, Any]:
        return {**super().item_attributes(item), "xml:lang": item["language"]}


def news_list(request: HttpRequest) -> HttpResponse:
    wanted = request.GET.get("q", "").strip()[:100]
    language = get_language() or settings.LANGUAGE_CODE
    page, lines = selectors.news_page(language=language, wanted=wanted, number=request.GET.get("page"))
    context = {
        "page": page,
        "lines": lines,
        "wanted": wanted,
        "languages": selectors.feed_languages(),
        "may_write": request.user.is_authenticated and bool(writing_projects(request.user)),
    }
    return render(request, "journeys/news_list.html", context)


def news_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """In the reader's language, or in the one of the address (`?language=pl`) when it is written in it."""
    article = selectors.find_article(slug=slug, user=request.user)
    if article is None:
        raise Http404
    language = request.GET.get("language", "")[:10] or get_language() or settings.LANGUAGE_CODE
    line = selectors.shown(article, language=language)
    context = {
        "line": line,
        "body": prose(line.text.body, headings=True),
        "project": article.project,
        "may_write": request.user.has_perm("journeys.write_news", article),
    }
    return render(request, "journeys/news_detail.html", context)


def news_feed(request: HttpRequest) -> HttpResponse:
    """Atom (RFC 4287). `?language=pl`: only what is written in that language, which may be nothing.

    What is no language is refused: a reader's program would go on with an empty feed unnoticed.
    """
    asked = request.GET.get("language", "").strip()
    if asked and language_name(asked) == asked:
        said = _("There is no such language. Take a code like “en” or “pl”, or leave it out for all news.")
        return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=400)
    language = asked if asked in dict(selectors.feed_languages()) else ""
    here = reverse("journeys:news_feed") + (f"?language={language}" if language else "")
    lines = selectors.feed_articles(language=language) if language or not asked else []
    with translation.override(language or settings.LANGUAGE_CODE):  # the same for every reader
        title = _("News of %(site)s") % {"site": settings.SITE_NAME}
    feed = NewsFeed(
        title=title,
        feed_guid=settings.SITE_URL + here,
        link=settings.SITE_URL + reverse("journeys:news_list"),
        description="",
        language=language or None,
        feed_url=settings.SITE_URL + here,
    )
    for line in lines:
        feed.add_item(**_entry(line))
    reply = HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
    patch_cache_control(reply, public=True, max_age=FIVE_MINUTES)
    return reply


def _entry(line: selectors.ArticleShown) -> dict[str, Any]:
    text = line.text
    address = settings.SITE_URL + reverse("journeys:news_detail", args=[line.article.slug])
    published = line.article.published_at
    return {
        "title": text.title,
        "link": f"{address}?language={text.language}",
        "description": plain_paragraphs(text.lead) + prose(text.body, headings=True),
        "language": text.language,
        "unique_id": address,
        "pubdate": published,
        "updateddate": max(published, text.edited_at),
        "author_name": line.article.project.acronym,
    }
