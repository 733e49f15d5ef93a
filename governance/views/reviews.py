"""The coordinator's part: giving answers back with reasons, and approving them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from governance.forms.reviews import ReturnForm
from governance.selectors.responses import response_page
from governance.services.answer_rows import ResponseClosed
from governance.services.reviews import approve_response, return_response
from governance.views.responses import check_page, visible_response


@login_required
@writes("governance.review")
def response_return(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.review", response)
    form = ReturnForm(request.POST, page=response_page(response=response, user=request.user))
    if not form.is_valid():
        if response.is_writable:
            return not_sent(request, pk, form)
        return check_page(request, response, sent=request.POST, status=422)
    try:
        return_response(
            response=response, reason=form.cleaned_data["reason"], remarks=form.remarks(), by=request.user
        )
    except ResponseClosed:
        return not_sent(request, pk, form)
    messages.success(request, _("The answers were returned with your reasons."))
    return redirect("governance:response_check", pk=pk)


def not_sent(request: HttpRequest, pk: int, form: ReturnForm) -> HttpResponse:
    """Somebody was quicker: what was typed, for copying."""
    typed = [(field.label, text) for field in form if (text := str(field.value() or "").strip())]
    context = {"pk": pk, "typed": typed}
    return render(request, "governance/return_refused.html", context, status=409)


@login_required
@writes("governance.review")
def response_approve(request: HttpRequest, pk: int) -> HttpResponse:
    response = visible_response(request, pk)
    allow(request, "governance.review", response)
    try:
        approve_response(response=response, by=request.user)
        messages.success(request, _("The answers were approved."))
    except ResponseClosed:
        messages.warning(request, _("Only answers that were sent can be approved."))
    return redirect("governance:response_check", pk=pk)
