"""One-click sign-in of the demonstration, and the choice of a theme."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cohes3ion.accounts.services import demo_account


def safe_next(request: HttpRequest, default: str) -> str:
    """The address to go on to, only if it is on this site."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(default)


@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the invented account of a role. Exists in demonstration mode only."""
    account = demo_account(role=request.POST.get("role", "")) if settings.DEMONSTRATION else None
    if account is None:
        raise Http404
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie: light, dark, or as the system says."""
    response = HttpResponseRedirect(safe_next(request, "journeys:start"))
    choice = request.POST.get("theme", "")
    if choice in ("light", "dark"):
        response.set_cookie("theme", choice, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response
