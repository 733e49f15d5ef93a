"""One-click sign-in of the demonstration, and the choice of a theme."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from cohes3ion.accounts.services import demo_account, remember_time_zone
from cohes3ion.lib.decorators import from_this_site, takes_only_forms
from cohes3ion.lib.zones import known_zone


def safe_next(request: HttpRequest, default: str) -> str:
    """The address to go on to, only if it is on this site."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(default)


ROLE_WORDS = {
    "regional_lead": (_("Regional lead"), _("fills in, invites, sends, records the adoption, releases")),
    "contributor": (_("Contributor"), _("edits the matrix and the team's answers")),
    "unit_contact": (_("Unit contact"), _("describes one unit and answers for it")),
    "stakeholder": (_("Stakeholder"), _("rates ten statements and names what is missing")),
    "coordinator": (_("Coordinator"), _("runs the round: progress, analyses, documents, publishing")),
    "facilitator": (_("Facilitator"), _("reads everything, guards the method, writes syntheses")),
    "observer": (_("Observer"), _("reads the partnership's maps and results")),
    "operator": (_("Operator"), _("administers the installation")),
}


class SignIn(LoginView):  # type: ignore[misc]
    """The sign-in page; in demonstration mode with one click for each role."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if settings.DEMONSTRATION and demo_account(role="coordinator") is not None:
            context["demonstration_roles"] = [
                {"role": role, "name": name, "does": does} for role, (name, does) in ROLE_WORDS.items()
            ]
        return context


@takes_only_forms
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as the invented account of a role. Exists in demonstration mode only."""
    account = demo_account(role=request.POST.get("role", "")) if settings.DEMONSTRATION else None
    if account is None:
        raise Http404
    login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    return redirect(safe_next(request, settings.LOGIN_REDIRECT_URL))


@from_this_site
@takes_only_forms
def time_zone(request: HttpRequest) -> HttpResponse:
    """In which zone times are shown beside the place's own: kept in the account, else in this browser.

    An unknown zone changes nothing; none at all takes the choice back.
    """
    response = HttpResponseRedirect(safe_next(request, "journeys:start"))
    wanted = request.POST.get("zone", "")
    if wanted and not known_zone(wanted):
        return response
    if request.user.is_authenticated:
        remember_time_zone(user=request.user, zone=wanted)
    if wanted:
        secure = request.is_secure()
        response.set_cookie("zone", wanted, max_age=31_536_000, samesite="Lax", secure=secure, httponly=True)
    else:
        response.delete_cookie("zone", samesite="Lax")
    return response


@from_this_site
@takes_only_forms
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the chosen theme in a cookie: light, dark, or as the system says."""
    response = HttpResponseRedirect(safe_next(request, "journeys:start"))
    choice = request.POST.get("theme", "")
    if choice in ("light", "dark"):
        response.set_cookie("theme", choice, max_age=31_536_000, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie("theme")
    return response
