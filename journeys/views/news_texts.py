"""Texts of an article, one for each language: added, saved field by field, removed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.forms.news import NewTextForm
from journeys.models import ArticleText
from journeys.selectors import news_desk as selectors
from journeys.services import news as services
from journeys.views.news_desk import edit_context, own_article, text_place
from journeys.views.rows import save_row, settled


def own_text(request: HttpRequest, pk: int) -> ArticleText:
    text = selectors.reached_text(pk=pk, user=request.user)
    if text is None:
        raise Http404
    allow(request, "journeys.write_news", text.article)
    return text


@login_required
@writes("journeys.write_news")
@once
def news_text_add(request: HttpRequest, slug: str) -> HttpResponse:
    article = own_article(request, slug)
    form = NewTextForm(request.POST)
    if form.is_valid():
        try:
            text = services.add_text(article=article, **form.cleaned_data, by=request.user)
        except services.LanguageTaken:
            form.add_error("language", _("This article has a text in this language: write there."))
        else:
            back = f"{reverse('journeys:news_edit', args=[slug])}#text-{text.pk}"
            return settled(request, back, _("Added. Write the text."))
    return render(request, "journeys/news_edit.html", edit_context(article, new=form), status=422)


@login_required
@writes("journeys.write_news")
def news_text_save(request: HttpRequest, pk: int) -> HttpResponse:
    text = own_text(request, pk)
    return save_row(request, text_place(text.article, text))


@login_required
@writes("journeys.write_news")
def news_text_remove(request: HttpRequest, pk: int) -> HttpResponse:
    text = own_text(request, pk)
    back = reverse("journeys:news_edit", args=[text.article.slug])
    try:
        expected = parse_version(request.POST.get("version"))
        services.remove_text(text=text, expected=expected, by=request.user)
    except services.LastText:
        return settled(
            request, back, _("Not removed: it is the only text. Remove the whole article instead.")
        )
    except (StaleVersion, VersionMissing):
        return settled(request, back, _("Not removed: somebody changed it meanwhile. Look at it again."))
    return settled(request, back, _("Removed."))
