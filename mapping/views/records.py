"""A row of a map on a page of its own, the saving of its fields one by one, adding and removing."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from mapping.forms.records import RecordForm
from mapping.forms.shown import shown_fields
from mapping.selectors.conflicts import conflict_of
from mapping.selectors.kinds import RecordField
from mapping.selectors.records import RecordPage, find_record, record_page
from mapping.services.links import save_change
from mapping.services.records import MapClosed
from mapping.services.removals import RecordInUse, remove_record
from mapping.views.removals import gone_reply, undo


def visible_record(request: HttpRequest, kind: str, pk: int) -> RecordPage:
    """The row with its map, or 404."""
    found = find_record(name=kind, pk=pk, user=request.user)
    if found is None:
        raise Http404
    return record_page(kind=found[0], row=found[1], user=request.user)


def matrix_address(page: RecordPage) -> str:
    return reverse("governance:matrix_detail", args=[page.region_map.pk])


def place_in_matrix(page: RecordPage, *, words: str) -> str:
    """Where the row stands, whatever part of a large matrix that is; among what was looked for."""
    at = f"{page.kind.name}-{page.row.pk}"
    asked = {"q": words, "at": at} if words else {"at": at}
    return f"{matrix_address(page)}?{urlencode(asked)}#{at}"


def record_context(page: RecordPage, *, typed: RecordForm | None = None, **more: Any) -> dict[str, Any]:
    return {"page": page, "fields": shown_fields(page, typed=typed), "form": typed, **more}


@login_required
def record_edit(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    page = visible_record(request, kind, pk)
    return render(request, "mapping/record_edit.html", record_context(page))


@login_required
@writes("mapping.change_matrix")
def field_save(request: HttpRequest, kind: str, pk: int, field: str) -> HttpResponse:
    """Save one field on the version the person saw; nothing else of the row is touched."""
    try:
        page = visible_record(request, kind, pk)
    except Http404:
        return gone_reply(request, kind=kind, pk=pk)
    spec = page.kind.field(field)
    if spec is None:
        raise Http404
    allow(request, "mapping.change_whole_matrix" if spec.whole else "mapping.change_matrix", page.row)
    form = RecordForm(request.POST, kind=page.kind, fields=[spec], region_map=page.region_map, row=page.row)
    if request.POST.get("choice") == "theirs":
        return settled(request, page, _("The other answer stands. Yours was not saved."))
    if not form.is_valid():
        return refused(request, page, form, status=422)
    try:
        row = written(request, page, form)
    except VersionMissing:
        return refused(request, page, form, status=428, no_version=True)
    except MapClosed:
        return refused(request, page, form, status=409, closed=True)
    except StaleVersion as stale:
        return refused(request, page, form, status=409, stale=stale)
    return saved(request, page, spec, row)


def written(request: HttpRequest, page: RecordPage, form: RecordForm) -> Any:
    """The row as it stands then. Raises VersionMissing, MapClosed, StaleVersion."""
    version = parse_version(request.POST.get("version"))
    change, sent = form.change(form.specs[0]), form.typed(form.specs[0])
    return save_change(
        row=page.row, kind=page.kind.name, change=change, sent=sent, expected=version, by=request.user
    )


def saved(request: HttpRequest, page: RecordPage, spec: RecordField, row: Any) -> HttpResponse:
    if is_script(request):
        reply = render(request, "mapping/_field_state.html", {"saved": True})
        reply["X-Version"] = str(row.version_of(spec.name))
        return reply
    return settled(request, page, _("Saved."))


def _way_back(request: HttpRequest) -> dict[str, str]:
    """What a form says of where it stands: in the history, or in the matrix, among words looked for."""
    back = request.POST.get("back", "")
    return {"back": back, "q": request.POST.get("q", "")} if back in ("history", "matrix") else {}


def settled(request: HttpRequest, page: RecordPage, sentence: str) -> HttpResponse:
    """Back to where the person worked: the matrix or the page of the row."""
    messages.success(request, sentence)
    way = _way_back(request)
    if way.get("back") == "history":
        return redirect("mapping:record_history", kind=page.kind.name, pk=page.row.pk)
    if way:
        return redirect(place_in_matrix(page, words=way["q"]))
    return redirect("mapping:record_edit", kind=page.kind.name, pk=page.row.pk)


def refused(
    request: HttpRequest,
    page: RecordPage,
    form: RecordForm,
    *,
    status: int,
    stale: StaleVersion | None = None,
    **reason: bool,
) -> HttpResponse:
    """Say why a field was not saved, with what was typed: a fragment for the script, else the whole page."""
    spec = form.specs[0]
    context: dict[str, Any] = {"page": page, "form": form, "spec": spec, **reason}
    context["typed_text"] = form.spoken(spec, form.typed(spec))
    context["label"] = form.fields[spec.name].label
    if stale is not None:
        about = {"kind": page.kind, "spec": spec, "spoken": form.spoken, "back": _way_back(request)}
        context["conflict"] = conflict_of(stale.row, mine=form.typed(spec), **about)
    if is_script(request):
        return render(request, "mapping/_field_state.html", context, status=status)
    return render(
        request, "mapping/record_edit.html", record_context(page, typed=form) | context, status=status
    )


@login_required
@writes("mapping.change_matrix")
def record_remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    page = visible_record(request, kind, pk)
    allow(request, "mapping.change_matrix" if page.kind.of_unit else "mapping.change_whole_matrix", page.row)
    try:
        version = parse_version(request.POST.get("version"))
        remove_record(kind=page.kind, row=page.row, expected=version, by=request.user)
    except (StaleVersion, VersionMissing):
        return kept(request, page, _("The row was changed meanwhile. Look at it again, then remove it."))
    except MapClosed:
        return kept(request, page, _("The map is closed. Reopen the map first."))
    except RecordInUse as used:
        rows = ", ".join(f"{name}: {count}" for name, count in used.used.items())
        return kept(
            request, page, _("Other rows hang on it (%(rows)s). Move or remove them first.") % {"rows": rows}
        )
    sentence = _("“%(name)s” was removed. It can be brought back for 30 days.") % {"name": page.row}
    messages.success(request, sentence, extra_tags=undo(kind=kind, pk=pk, request=request))
    return redirect(matrix_address(page))


def kept(request: HttpRequest, page: RecordPage, sentence: str) -> HttpResponse:
    """The row was not removed: the page says why."""
    context = record_context(page, kept_because=sentence)
    return render(request, "mapping/record_edit.html", context, status=409)
