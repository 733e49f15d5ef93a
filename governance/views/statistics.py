"""Statistics in the browser: a file is looked at, what was found is shown, and only then it is imported."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.file_kinds import size_over_limit
from cohes3ion.lib.uploads import larger_upload
from governance.forms.statistics import StatisticsForm
from governance.jobs import start_confirmed_import, start_statistics_check
from governance.models import StatisticsImport
from governance.selectors.statistics_imports import find_import, import_page, statistics_page
from governance.services.statistics_imports import AlreadyDecided
from governance.views.boards import visible_exercise
from mapping.models import Exercise

PERMISSION = "governance.import_statistics"


def arranged_exercise(request: HttpRequest, slug: str) -> Exercise:
    exercise = visible_exercise(request, slug)
    allow(request, PERMISSION, exercise)
    return exercise


def visible_import(request: HttpRequest, pk: int) -> StatisticsImport:
    row = find_import(pk=pk, user=request.user)
    if row is None:
        raise Http404
    allow(request, PERMISSION, row.exercise)
    return row


def list_page(
    request: HttpRequest, exercise: Exercise, *, form: StatisticsForm, status: int = 200
) -> HttpResponse:
    page = statistics_page(exercise=exercise)
    return render(request, "governance/statistics_list.html", {"page": page, "form": form}, status=status)


def status_of(form: StatisticsForm, *, too_large: bool) -> int:
    """503 when the scanner does not answer: the file is not wrong, it comes too early."""
    if too_large or form.has_error("file", "too_large"):
        return 413
    return 503 if form.has_error("file", "scanner_away") else 422


@login_required
def statistics_list(request: HttpRequest, slug: str) -> HttpResponse:
    return list_page(request, arranged_exercise(request, slug), form=StatisticsForm())


@login_required
@writes(PERMISSION)
@limited(ORDERS)
def statistics_check(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a file and let a worker look at it; nothing of it is imported yet."""
    exercise = arranged_exercise(request, slug)
    too_large = larger_upload(request)
    form = StatisticsForm(request.POST, request.FILES)
    if too_large:
        form.fields["file"].required = False  # it came, but nothing of it was kept
        form.add_error("file", size_over_limit(too_large))
    if not form.is_valid():
        return list_page(request, exercise, form=form, status=status_of(form, too_large=bool(too_large)))
    row = start_statistics_check(
        exercise=exercise,
        upload=form.cleaned_data["file"],
        source=form.cleaned_data["source"],
        choices=form.choices(),
        by=request.user,
    )
    return redirect("governance:statistics_detail", pk=row.pk)


@login_required
def statistics_detail(request: HttpRequest, pk: int) -> HttpResponse:
    page = import_page(row=visible_import(request, pk))
    return render(request, "governance/statistics_detail.html", {"page": page})


@login_required
def statistics_status(request: HttpRequest, pk: int) -> HttpResponse:
    page = import_page(row=visible_import(request, pk))
    return render(request, "governance/_statistics_job.html", {"page": page})


@login_required
@writes(PERMISSION)
@limited(ORDERS)
def statistics_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_import(request, pk)
    try:
        start_confirmed_import(row=row)
    except AlreadyDecided:
        messages.info(request, _("This import was confirmed before, or its file was refused."))
    return redirect("governance:statistics_detail", pk=pk)
