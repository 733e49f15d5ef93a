"""The numbers of the method, and what an exercise changed about them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from governance.forms.thresholds import ThresholdForm
from governance.selectors import thresholds as selectors
from governance.services.thresholds import change_threshold
from governance.views.boards import visible_exercise
from mapping.models import Exercise


@login_required
def threshold_list(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "mapping.see_progress", exercise)
    return list_page(request, exercise)


def list_page(request: HttpRequest, exercise: Exercise, *, status: int = 200, **more: Any) -> HttpResponse:
    page = selectors.threshold_page(exercise=exercise, user=request.user)
    return render(request, "governance/threshold_list.html", {"page": page, **more}, status=status)


@login_required
@writes("mapping.change_thresholds")
def threshold_save(request: HttpRequest, slug: str, name: str) -> HttpResponse:
    """Set one threshold with a reason, or go back to the method's own number."""
    exercise = visible_exercise(request, slug)
    if name not in selectors.WORDS:
        raise Http404
    allow(request, "mapping.change_thresholds", exercise)
    form = ThresholdForm(request.POST, line=selectors.threshold_line(exercise=exercise, name=name))
    try:
        expected = parse_version(request.POST.get("version"))
        if not form.is_valid():
            return list_page(request, exercise, status=422, form=form)
        change_threshold(
            exercise=exercise, name=name, expected=expected, by=request.user, **form.cleaned_data
        )
    except VersionMissing:
        return list_page(request, exercise, status=428, form=form, no_version=True)
    except StaleVersion as stale:
        return list_page(request, exercise, status=409, form=form, stale=stale.row)
    messages.success(request, _("Saved. The next run of the analyses uses it."))
    return redirect(f"{reverse('governance:threshold_list', args=[slug])}#threshold-{name}")
