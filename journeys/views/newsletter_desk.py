"""Where a newsletter is put together: its words, what is in it, in which order."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.language_names import language_name
from cohes3ion.lib.ordered import order_version
from journeys.forms.newsletters import ItemForm, NewsletterForm, NewsletterStartForm, WordsForm
from journeys.models import Newsletter, NewsletterItem
from journeys.selectors import newsletters as selectors
from journeys.selectors.news_desk import writing_projects
from journeys.selectors.newsletter_content import content_of
from journeys.selectors.subscribers import coordinated_projects
from journeys.services import newsletters as services
from journeys.services.rows import remove_row
from journeys.views.newsletters import found_newsletter
from journeys.views.rows import Place, removed, save_row


def own_newsletter(request: HttpRequest, pk: int, permission: str = "journeys.write_news") -> Newsletter:
    """404 for those who do not see it, 403 for those who only read."""
    newsletter = found_newsletter(request, pk)
    allow(request, permission, newsletter)
    return newsletter


def _start_form(request: HttpRequest, projects: list[Any], data: Any = None) -> NewsletterStartForm:
    numbers = selectors.latest_numbers(projects=projects)
    return NewsletterStartForm(data, projects=projects, numbers=numbers, initial={"language": get_language()})


def _desk(request: HttpRequest, form: Any, *, status: int = 200) -> HttpResponse:
    page = selectors.own_newsletters(user=request.user, number=request.GET.get("page"))
    coordinated = coordinated_projects(request.user)
    context = {"page": page, "form": form, "coordinated": coordinated}
    return render(request, "journeys/newsletter_desk.html", context, status=status)


def _projects(request: HttpRequest) -> list[Any]:
    projects = writing_projects(request.user)
    if not projects:
        raise PermissionDenied
    return projects


@login_required
def newsletter_desk(request: HttpRequest) -> HttpResponse:
    return _desk(request, _start_form(request, _projects(request)))


@login_required
@writes("journeys.write_news")
@once
def newsletter_add(request: HttpRequest) -> HttpResponse:
    projects = _projects(request)
    form = _start_form(request, projects, request.POST)
    if not form.is_valid():
        return _desk(request, form, status=422)
    values = form.cleaned_data
    project = next(project for project in projects if project.pk == values.pop("project"))
    allow(request, "journeys.write_news", project)
    try:
        newsletter = services.add_newsletter(project=project, **values, by=request.user)
    except services.NumberTaken:
        form.add_error("number", _("This number stands in this language already. Choose another language."))
        return _desk(request, form, status=422)
    messages.success(request, _("The draft is made. Choose what is in it."))
    return redirect("journeys:newsletter_edit", pk=newsletter.pk)


def letter_place(newsletter: Newsletter) -> Place:
    return Place(
        row=newsletter,
        form_class=NewsletterForm,
        key=f"letter-{newsletter.pk}",
        action=reverse("journeys:newsletter_save", args=[newsletter.pk]),
        back=reverse("journeys:newsletter_edit", args=[newsletter.pk]),
        page=lambda item: ("journeys/newsletter_edit.html", edit_context(newsletter, letter=item)),
    )


def item_place(newsletter: Newsletter, row: NewsletterItem) -> Place:
    return Place(
        row=row,
        form_class=ItemForm,
        key=f"item-{row.pk}",
        action=reverse("journeys:newsletter_item_save", args=[row.pk]),
        back=f"{reverse('journeys:newsletter_edit', args=[newsletter.pk])}#part-{row.pk}",
        page=lambda item: ("journeys/newsletter_edit.html", edit_context(newsletter, refused={row.pk: item})),
    )


def edit_context(
    newsletter: Newsletter, *, letter: Any = None, refused: Any = None, words: Any = None
) -> dict[str, Any]:
    """The page; `letter` and `refused` are what could not be saved, as it was typed."""
    content = content_of(newsletter)
    rows = {row.pk: row for row in newsletter.items.all()}  # type: ignore[attr-defined]
    refused = refused or {}
    parts = [
        {
            "line": line,
            "item": refused.get(line["item"]) or item_place(newsletter, rows[line["item"]]).shown(),
        }
        for line in content["items"]
    ]
    wrong = [letter or {}, *refused.values()]
    return {
        "newsletter": newsletter,
        "item": letter or letter_place(newsletter).shown(),
        "parts": parts,
        "order": order_version(rows.values()),
        "problems": [problem for item in wrong for problem in item.get("problems") or []],
        "words": words or WordsForm(),
        "language": language_name(newsletter.language),
        "project": newsletter.project,
    }


def sent_already(request: HttpRequest, newsletter: Newsletter) -> HttpResponse:
    messages.warning(request, _("This newsletter is sent: it is not changed any more."))
    return redirect("journeys:newsletter_mailing", pk=newsletter.pk)


@login_required
def newsletter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    newsletter = own_newsletter(request, pk)
    if newsletter.sent_at is not None:
        return redirect("journeys:newsletter_mailing", pk=pk)
    return render(request, "journeys/newsletter_edit.html", edit_context(newsletter))


@login_required
@writes("journeys.write_news")
def newsletter_save(request: HttpRequest, pk: int) -> HttpResponse:
    newsletter = own_newsletter(request, pk)
    if newsletter.sent_at is not None:
        return sent_already(request, newsletter)
    return save_row(request, letter_place(newsletter))


@login_required
@writes("journeys.write_news")
def newsletter_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft, with a tick on "I am sure"; what was sent stays in the archive."""
    newsletter = own_newsletter(request, pk)
    back = reverse("journeys:newsletter_edit", args=[pk])
    if newsletter.sent_at is not None:
        return sent_already(request, newsletter)
    after, said = reverse("journeys:newsletter_desk"), _("The draft is removed.")
    return removed(
        request, partial(remove_row, row=newsletter), back=back, after=after, said=said, is_sure=True
    )
