"""Where news are written, language by language, and published."""

from functools import partial
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.language_names import language_name
from journeys.forms.news import ArticleForm, ArticleTextForm, NewArticleForm, NewTextForm
from journeys.models import Article, ArticleText
from journeys.selectors import news as readers
from journeys.selectors import news_desk as selectors
from journeys.services import news as services
from journeys.services.rows import remove_row
from journeys.views.rows import Place, released, removed, save_row


def own_article(request: HttpRequest, slug: str) -> Article:
    """404 for those who do not see it, 403 for those who only read."""
    article = readers.find_article(slug=slug, user=request.user)
    if article is None:
        raise Http404
    allow(request, "journeys.write_news", article)
    return article


def _desk(request: HttpRequest, form: Any = None, *, status: int = 200) -> HttpResponse:
    projects = selectors.writing_projects(request.user)
    if not projects:
        raise PermissionDenied
    language = get_language() or settings.LANGUAGE_CODE
    page, lines = selectors.desk_page(projects=projects, language=language, number=request.GET.get("page"))
    form = form or NewArticleForm(projects=projects, initial={"language": language})
    context = {"page": page, "lines": lines, "form": form}
    return render(request, "journeys/news_desk.html", context, status=status)


@login_required
def news_desk(request: HttpRequest) -> HttpResponse:
    return _desk(request)


@login_required
@writes("journeys.write_news")
@once
def news_add(request: HttpRequest) -> HttpResponse:
    projects = selectors.writing_projects(request.user)
    if not projects:
        raise PermissionDenied
    form = NewArticleForm(request.POST, projects=projects)
    if not form.is_valid():
        return _desk(request, form, status=422)
    values = form.cleaned_data
    project = next(project for project in projects if project.pk == values.pop("project"))
    allow(request, "journeys.write_news", project)
    article = services.add_article(project=project, **values, by=request.user)
    messages.success(request, _("The draft is made. Only partners see it until you publish it."))
    return redirect("journeys:news_edit", slug=article.slug)


def text_place(article: Article, text: ArticleText) -> Place:
    def page(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "journeys/news_edit.html", edit_context(article, refused={text.pk: item})

    return Place(
        row=text,
        form_class=ArticleTextForm,
        key=f"text-{text.pk}",
        action=reverse("journeys:news_text_save", args=[text.pk]),
        back=f"{reverse('journeys:news_edit', args=[article.slug])}#text-{text.pk}",
        page=page,
    )


def article_place(article: Article) -> Place:
    def page(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "journeys/news_edit.html", edit_context(article, origin=item)

    return Place(
        row=article,
        form_class=ArticleForm,
        key=f"article-{article.pk}",
        action=reverse("journeys:news_save", args=[article.slug]),
        back=f"{reverse('journeys:news_edit', args=[article.slug])}#article-{article.pk}",
        page=page,
    )


def edit_context(
    article: Article, *, refused: Any = None, origin: Any = None, new: Any = None
) -> dict[str, Any]:
    """`refused`: the text that could not be saved, by its key, as it was typed; `origin`: its sources so."""
    refused = refused or {}
    texts = list(article.texts.all())  # type: ignore[attr-defined]
    items = [refused.get(text.pk) or text_place(article, text).shown() for text in texts]
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "line": readers.shown(article, language=language),
        "items": [{**item, "language": language_name(item["row"].language)} for item in items],
        "origin": origin or article_place(article).shown(),
        "problems": [
            problem for item in (origin or {}, *refused.values()) for problem in item.get("problems") or []
        ],
        "new": new or NewTextForm(initial={"language": _next_language(texts)}),
        "published_version": article.version_of("published_at"),
        "project": article.project,
    }


def _next_language(texts: list[ArticleText]) -> str:
    """The first language of the site in which nothing is written yet."""
    written = {text.language for text in texts}
    return next((code for code, _name in settings.LANGUAGES if code not in written), "")


@login_required
def news_edit(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "journeys/news_edit.html", edit_context(own_article(request, slug)))


@login_required
@writes("journeys.write_news")
def news_save(request: HttpRequest, slug: str) -> HttpResponse:
    """Where it comes from, with its sources."""
    return save_row(request, article_place(own_article(request, slug)))


@login_required
@writes("journeys.write_news")
def news_publish(request: HttpRequest, slug: str) -> HttpResponse:
    article = own_article(request, slug)
    back = reverse("journeys:news_edit", args=[slug])
    return released(
        request,
        back,
        partial(services.publish_article, article=article),
        shown=_("Published: everybody reads it now."),
        hidden=_("Taken back: only partners read it now."),
    )


@login_required
@writes("journeys.write_news")
def news_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """Without a tick on "I am sure", or changed meanwhile, it stays."""
    article = own_article(request, slug)
    back = reverse("journeys:news_edit", args=[slug])
    after, said = reverse("journeys:news_desk"), _("The article was removed.")
    return removed(request, partial(remove_row, row=article), back=back, after=after, said=said, is_sure=True)
