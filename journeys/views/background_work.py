"""Background work of an exercise for the coordinator: what waits, what failed, and once more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.lib.decorators import allow, writes
from journeys.selectors.background_work import job_list as list_page
from journeys.services.background_work import MadeMeanwhile, NotThere, retry_job
from mapping.models import Exercise
from mapping.selectors.exercises import partners_exercise


def visible_exercise(request: HttpRequest, slug: str) -> Exercise:
    """The exercise of one of the person's partnerships, or 404."""
    exercise = partners_exercise(slug=slug, user=request.user)
    if exercise is None:
        raise Http404
    return exercise


@login_required
def job_list(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "mapping.see_progress", exercise)
    page = list_page(exercise=exercise, user=request.user)
    return render(request, "journeys/job_list.html", {"page": page})


@login_required
@writes("journeys.retry_job")
@limited(ORDERS)
def job_retry(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "journeys.retry_job", exercise)
    try:
        if retry_job(exercise=exercise, kind=kind, pk=pk):
            messages.success(request, _("It waits for a worker again and starts within a minute."))
        else:
            messages.info(request, _("This work has not failed, so there is nothing to try again."))
    except MadeMeanwhile:
        messages.info(request, _("The same content was asked for again since. See the newer work instead."))
    except NotThere:
        raise Http404 from None
    return redirect("journeys:job_list", slug=slug)
