"""Tokens for programs: listed, made (shown once) and revoked by the person they speak for."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cohes3ion.accounts.access_tokens import TooManyTokens, make_token, revoke_token
from cohes3ion.accounts.forms import TokenForm
from cohes3ion.accounts.sent_forms import shows_once
from cohes3ion.lib.decorators import takes_only_forms


@login_required
@require_safe
def token_list(request: HttpRequest) -> HttpResponse:
    return page(request, form=TokenForm())


def page(request: HttpRequest, *, status: int = 200, **context: Any) -> HttpResponse:
    context["tokens"] = request.user.access_tokens.all()
    return render(request, "accounts/token_list.html", context, status=status)


@login_required
@takes_only_forms
@reauthentication_required
@shows_once("accounts:token_list")
def token_create(request: HttpRequest) -> HttpResponse:
    """The new token stands on this one reply and nowhere else; the password was asked for a moment ago."""
    form = TokenForm(request.POST)
    if not form.is_valid():
        return page(request, status=422, form=form)
    try:
        made, token = make_token(user=request.user, **form.cleaned_data)
    except TooManyTokens:
        form.add_error(None, _("You have as many tokens as one account can have. Revoke one first."))
        return page(request, status=422, form=form)
    return page(request, form=TokenForm(), made=made, token=token)


@login_required
@takes_only_forms
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    if not revoke_token(user=request.user, pk=pk):
        raise Http404
    messages.success(request, _("The token was revoked. Programs that use it are refused from now on."))
    return redirect("accounts:token_list")
