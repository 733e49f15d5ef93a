"""Newsletters for everybody: the archive with the form to subscribe, and each number as a page."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.language_names import language_name
from cohes3ion.lib.prose import prose
from journeys.forms.newsletters import SubscribeForm
from journeys.models import Newsletter
from journeys.selectors import newsletters as selectors
from journeys.selectors.news_desk import writing_projects
from journeys.selectors.newsletter_content import content_of, item_html
from journeys.selectors.subscriptions import consent_words
from journeys.services import subscriptions as services
from mapping.models import Project

THANKS = gettext_lazy("Thank you. We write to %(email)s at once: open the link in the mail to confirm.")


def subscribe_form(request: HttpRequest, data: Any = None) -> SubscribeForm:
    projects = list(Project.objects.visible_to(request.user))
    initial = {"language": get_language() or settings.LANGUAGE_CODE}
    return SubscribeForm(data, projects=projects, consent=consent_words(), initial=initial)


def archive_page(
    request: HttpRequest, form: SubscribeForm, *, status: int = 200, **why: bool
) -> HttpResponse:
    context = {
        "page": selectors.archive(number=request.GET.get("page")),
        "form": form,
        "is_open": bool(form.fields["project"].choices),  # type: ignore[attr-defined]
        "may_write": request.user.is_authenticated and bool(writing_projects(request.user)),
        **why,
    }
    return render(request, "journeys/newsletter_list.html", context, status=status)


def newsletter_list(request: HttpRequest) -> HttpResponse:
    return archive_page(request, subscribe_form(request))


@writes("journeys.subscribe")
@once
def newsletter_ask(request: HttpRequest) -> HttpResponse:
    """The page says the same of an address that is known already: only the mail says it."""
    allow(request, "journeys.subscribe")
    form = subscribe_form(request, request.POST)
    if not form.is_valid():
        return archive_page(request, form, status=422)
    values = form.cleaned_data
    project = Project.objects.get(pk=values["project"])
    try:
        services.ask(project=project, email=values["email"], language=values["language"])
    except services.TooMany:
        reply = archive_page(request, form, status=429, is_crowded=True)
        reply["Retry-After"] = "600"
        return reply
    messages.success(request, THANKS % {"email": values["email"]})
    return redirect("journeys:newsletter_list")


def found_newsletter(request: HttpRequest, pk: int) -> Newsletter:
    newsletter = selectors.find_newsletter(pk=pk, user=request.user)
    if newsletter is None:
        raise Http404
    return newsletter


def newsletter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent; before that the same page for those who write it."""
    newsletter = found_newsletter(request, pk)
    content = content_of(newsletter)
    context = {
        "newsletter": newsletter,
        "content": content,
        "intro": prose(content["intro"]),
        "items": [{**item, "html": item_html(item)} for item in content["items"]],
        "language": language_name(newsletter.language),
        "may_write": request.user.has_perm("journeys.write_news", newsletter),
        "project": newsletter.project,
    }
    return render(request, "journeys/newsletter_detail.html", context)
