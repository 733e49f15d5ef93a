"""Files of answers: taken away in an open format, to be filled in elsewhere."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.lib.decorators import allow, writes
from governance.enums import FileForm, FileKind
from governance.forms.transfers import ANSWER_FORMS, AnswerFileForm, OrderForm
from governance.jobs import start_file
from governance.models import OrderedFile
from governance.selectors.transfers import file_name, find_file
from governance.selectors.transfers import transfer_page as page_of
from governance.views.boards import visible_exercise
from governance.views.questionnaires import visible_version
from governance.views.responses import visible_response
from mapping.models import Exercise


def files_page(request: HttpRequest, exercise: Exercise, *, status: int = 200, **more: Any) -> HttpResponse:
    page = page_of(exercise=exercise, user=request.user)
    context = {"page": page, "formats": ANSWER_FORMS, "form": AnswerFileForm()} | more
    return render(request, "governance/transfer_list.html", context, status=status)


@login_required
def transfer_list(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "governance.take_answers", exercise)
    return files_page(request, exercise)


@login_required
@writes("governance.take_answers")
@limited(ORDERS)
def file_order(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = visible_exercise(request, slug)
    allow(request, "governance.take_answers", exercise)
    form = OrderForm(request.POST)
    if not form.is_valid():
        return files_page(request, exercise, status=422, wrong_format=True)
    row = start_file(
        exercise=exercise,
        kind=FileKind.ANSWERS,
        form=form.cleaned_data["form"],
        language=get_language() or "en",
        by=request.user,
    )
    return redirect("governance:file_detail", pk=row.pk)


@login_required
@writes("governance.print_form")
@limited(ORDERS)
def form_order(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of one response as a PDF, blank or with its answers; a worker makes it."""
    response = visible_response(request, pk)
    allow(request, "governance.print_form", response)
    kind = FileKind.FILLED if request.POST.get("kind") == FileKind.FILLED else FileKind.BLANK
    row = start_file(
        exercise=response.region_map.exercise,
        kind=kind,
        form=FileForm.PDF,
        about=response,
        language=get_language() or "en",
        by=request.user,
    )
    return redirect("governance:file_detail", pk=row.pk)


@login_required
@writes("governance.edit_questionnaire")
@limited(ORDERS)
def blank_order(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """The blank form of a questionnaire, in the language of its preview."""
    _project, version = visible_version(request, slug, pk)
    wanted = request.POST.get("language", "")
    row = start_file(
        exercise=None,
        kind=FileKind.BLANK,
        form=FileForm.PDF,
        about=version,
        language=wanted if wanted in dict(settings.LANGUAGES) else get_language() or "en",
        by=request.user,
    )
    return redirect("governance:file_detail", pk=row.pk)


def visible_file(request: HttpRequest, pk: int) -> OrderedFile:
    row = find_file(pk=pk, user=request.user)
    if row is None:
        raise Http404
    return row


@login_required
def file_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "governance/transfer_file.html", {"file": visible_file(request, pk)})


@login_required
def file_status(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "governance/_transfer_file.html", {"file": visible_file(request, pk)})


@login_required
def file_download(request: HttpRequest, pk: int) -> FileResponse:
    row = visible_file(request, pk)
    if not row.file or not row.file.storage.exists(row.file.name):
        raise Http404
    reply = FileResponse(row.file.open("rb"), as_attachment=True, filename=file_name(row))
    reply["X-Content-Type-Options"] = "nosniff"
    return reply
