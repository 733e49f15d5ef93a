"""Files of answers that come back: read by a worker without writing, and written when that is wanted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.tables import csv_text
from cohes3ion.lib.uploads import larger_upload
from governance.forms.transfers import AnswerFileForm
from governance.jobs import start_check, start_writing
from governance.models import AnswerImport
from governance.selectors.transfers import find_import, report_rows
from governance.services.answer_uploads import NotToBeWritten
from governance.views.boards import visible_exercise
from governance.views.transfers import files_page


@login_required
@writes("governance.send_answers")
@limited(ORDERS)
def import_upload(request: HttpRequest, slug: str) -> HttpResponse:
    """Keeps the file and lets a worker read it; nothing is written yet."""
    exercise = visible_exercise(request, slug)
    allow(request, "governance.send_answers", exercise)
    form = AnswerFileForm(request.POST, request.FILES, too_large=larger_upload(request))
    if not form.is_valid():
        return files_page(request, exercise, status=form.status, form=form)
    row = start_check(
        exercise=exercise,
        upload=form.cleaned_data["file"],
        name=form.name,
        language=get_language() or "en",
        by=request.user,
    )
    return redirect("governance:import_detail", pk=row.pk)


def visible_import(request: HttpRequest, pk: int) -> AnswerImport:
    row = find_import(pk=pk, user=request.user)
    if row is None:
        raise Http404
    return row


@login_required
def import_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "governance/import_detail.html", {"row": visible_import(request, pk)})


@login_required
def import_status(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "governance/_import_state.html", {"row": visible_import(request, pk)})


@login_required
@writes("governance.send_answers")
@limited(ORDERS)
def import_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    check = visible_import(request, pk)
    allow(request, "governance.send_answers", check.exercise)
    try:
        row = start_writing(check=check, by=request.user)
    except NotToBeWritten:
        messages.warning(request, _("This file cannot be written. Put it right and send it again."))
        return redirect("governance:import_detail", pk=pk)
    return redirect("governance:import_detail", pk=row.pk)


@login_required
def import_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What was found, as a table with a column "problem"."""
    row = visible_import(request, pk)
    reply = HttpResponse(csv_text(report_rows(row)), content_type="text/csv; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="report-{row.pk}.csv"'
    return reply
