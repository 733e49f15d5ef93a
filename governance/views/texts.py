"""A stakeholder with an account names areas of improvement and comments; each field saves by itself."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import VersionMissing
from governance.enums import Group
from governance.forms.link_fields import text_fields
from governance.forms.personal_links import SentForms, sent_forms, typed_texts
from governance.models import Response
from governance.selectors.map_changes import map_changes
from governance.selectors.responses import is_open
from governance.services.answer_rows import ResponseClosed
from governance.services.stakeholder_texts import save_texts
from governance.views.link_replies import conflict_panel, text_version_now
from governance.views.responses import visible_response
from governance.views.withdrawn import keeps_text_of_former


def visible_texts(request: HttpRequest, pk: int) -> Response:
    """A stakeholder's response; the other groups say what should improve in the synthesis."""
    response = visible_response(request, pk)
    if response.group != Group.STAKEHOLDER:
        raise Http404
    return response


def show_texts(
    request: HttpRequest, response: Response, *, sent: SentForms | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    areas = {area.position: area for area in response.pressing_areas.all()}
    fields = text_fields(response, areas=areas, sent=sent)
    writable = is_open(response) and request.user.has_perm("governance.answer", response)
    sent_at = None if response.is_writable else response.submitted_at
    changes = map_changes(region_map=response.region_map, since=sent_at) if sent_at else []
    context = {"response": response, "may_write": writable, "named": list(areas.values()), "changes": changes}
    context |= {**fields, **more}
    return render(request, "governance/texts_detail.html", context, status=status)


@login_required
def texts_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return show_texts(request, visible_texts(request, pk))


@login_required
@writes("governance.answer")
@keeps_text_of_former(typed_texts)
def texts_save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save the fields that were sent: one from a script, the whole page without."""
    response = visible_texts(request, pk)
    allow(request, "governance.answer", response)
    if request.POST.get("choice") == "theirs":
        return redirect("governance:texts_detail", pk=pk)
    sent = sent_forms(request.POST, codes=[])
    scope = Response.objects.fillable_by(request.user).filter(pk=pk)
    try:
        comment = sent.comment.change() if sent.comment else None
        stale = save_texts(scope=scope, areas=sent.area_changes(), comment=comment)
    except VersionMissing:
        text = _("This page is out of date, so nothing was saved. Load it again; your text is still here.")
        problem = {"text": text, "href": reverse("governance:texts_detail", args=[pk])}
        return refused(request, response, sent, status=428, problems=[problem])
    except (ResponseClosed, Response.DoesNotExist):
        return refused(request, response, sent, status=409, typed=sent.typed)
    response.refresh_from_db(fields=["comment"])
    if stale:
        action = reverse("governance:texts_save", args=[pk])
        panels = [conflict_panel(field, sent, action=action) for field in stale]
        return refused(request, response, sent, status=409, conflicts=panels, problems=sent.problems)
    if sent.problems:
        return refused(request, response, sent, status=422, problems=sent.problems)
    return saved(request, response, sent)


def refused(
    request: HttpRequest, response: Response, sent: SentForms, *, status: int, **reason: Any
) -> HttpResponse:
    """Say why something was not saved, with all that was typed."""
    if not is_script(request):
        return show_texts(request, response, sent=sent, status=status, **reason)
    fragment = "_texts_closed" if "typed" in reason else "_personal_link_state"
    return render(request, f"governance/{fragment}.html", {"response": response, **reason}, status=status)


def saved(request: HttpRequest, response: Response, sent: SentForms) -> HttpResponse:
    if is_script(request):
        reply = HttpResponse()
        reply["X-Version"] = text_version_now(sent)
        return reply
    messages.success(request, _("Saved."))
    return redirect("governance:response_detail", pk=response.pk)
