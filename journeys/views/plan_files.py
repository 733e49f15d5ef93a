"""Files that prove a value of an indicator: added, taken away, handed out."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohes3ion.accounts.limits import ORDERS, limited
from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import writes
from cohes3ion.lib.downloads import file_reply
from cohes3ion.lib.file_kinds import size_over_limit
from cohes3ion.lib.uploads import larger_upload
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from journeys.forms.plans import ReadingFileForm
from journeys.models import Action, IndicatorReading
from journeys.services.plan_files import attach_file, detach_file
from journeys.views.actions import action_context, action_place
from journeys.views.plan_parts import own_part
from journeys.views.rows import settled


@login_required
@writes("journeys.write_plan")
@limited(ORDERS)
@once
def reading_file_add(request: HttpRequest, pk: int) -> HttpResponse:
    too_large = larger_upload(request)
    reading, action = own_part(request, "reading", pk)
    form = ReadingFileForm(request.POST, request.FILES, auto_id=f"file-{pk}-%s")
    if too_large:
        form.fields["file"].required = False  # it came, but nothing of it was kept
        form.add_error("file", size_over_limit(too_large))
    if not form.is_valid():
        status = 413 if too_large else 503 if form.has_error("file", "scanner_away") else 422
        return not_taken(request, action, reading, form, status=status)
    try:
        expected = parse_version(request.POST.get("version"))
        attach_file(reading=reading, values=form.taken(), expected=expected, by=request.user)
    except (StaleVersion, VersionMissing) as refusal:
        form.add_error("file", _("Somebody changed the file meanwhile. Look at it, then choose yours again."))
        status = 409 if isinstance(refusal, StaleVersion) else 428
        return not_taken(request, action, reading, form, status=status)
    return settled(request, back_to(reading, action), _("The file was added."))


def not_taken(
    request: HttpRequest, action: Action, reading: IndicatorReading, form: Any, *, status: int
) -> HttpResponse:
    """The page of the action again, with the reason at the file."""
    context = action_context(action, request.user)
    context |= {"item": action_place(action, request.user).shown(), "form": form, "refused_file": reading.pk}
    return render(request, "journeys/action_edit.html", context, status=status)


def back_to(reading: IndicatorReading, action: Action) -> str:
    return f"{reverse('journeys:action_edit', args=[action.pk])}#reading-{reading.pk}"


@login_required
@writes("journeys.write_plan")
def reading_file_remove(request: HttpRequest, pk: int) -> HttpResponse:
    reading, action = own_part(request, "reading", pk)
    try:
        expected = parse_version(request.POST.get("version"))
        detach_file(reading=reading, expected=expected, by=request.user)
    except (StaleVersion, VersionMissing):
        sentence = _("Not removed: somebody changed it meanwhile. Look at it again.")
        return settled(request, back_to(reading, action), sentence)
    return settled(request, back_to(reading, action), _("The file was removed."))


@require_safe
def reading_file(request: HttpRequest, pk: int) -> FileResponse:
    """Whoever reads the plan reads what proves its values."""
    row = IndicatorReading.objects.visible_to(request.user).exclude(file="").filter(pk=pk).first()
    if row is None or not row.file.storage.exists(row.file.name):
        raise Http404
    return file_reply(row)
