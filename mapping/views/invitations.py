"""A person opens an invitation to a role. Opening changes nothing: only the button does."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from cohes3ion.accounts.models import User
from cohes3ion.lib.decorators import writes
from mapping.forms.people import NewPersonForm
from mapping.models import RoleInvitation
from mapping.services.role_invitations import LinkExpired, OtherPerson, accept, accept_as_new

Opened = Callable[[HttpRequest, RoleInvitation], HttpResponse]


def invited(view: Opened) -> Callable[..., HttpResponse]:
    """Unknown, altered, used, withdrawn and expired links: one and the same page, 404."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        related = ("project", "region", "unit", "given_by")
        found = RoleInvitation.objects.usable().with_token(token).select_related(*related).first()
        request.invitation_token = token  # type: ignore[attr-defined]
        try:
            reply = view(request, found) if found is not None else expired(request)
        except LinkExpired:
            reply = expired(request)
        except OtherPerson:
            reply = render(request, "mapping/invitation_other.html", status=403)
        patch_cache_control(reply, no_store=True, private=True)
        reply["X-Robots-Tag"] = "noindex, nofollow"
        return reply

    return opened


def expired(request: HttpRequest) -> HttpResponse:
    return render(request, "mapping/invitation_expired.html", status=404)


def invitation_page(
    request: HttpRequest, invitation: RoleInvitation, *, form: NewPersonForm | None = None, status: int = 200
) -> HttpResponse:
    """For the person signed in a button; for others the way to sign in, or name and password."""
    user = request.user
    if user.is_authenticated and user.email != invitation.email:
        raise OtherPerson
    context = {
        "invitation": invitation,
        "token": request.invitation_token,  # type: ignore[attr-defined]
        "has_account": User.objects.filter(email=invitation.email).exists(),
        "form": form or NewPersonForm(invitation=invitation),
    }
    return render(request, "mapping/invitation_detail.html", context, status=status)


@invited
def invitation_detail(request: HttpRequest, invitation: RoleInvitation) -> HttpResponse:
    return invitation_page(request, invitation)


@writes("mapping.accept_role")
@invited
def invitation_accept(request: HttpRequest, invitation: RoleInvitation) -> HttpResponse:
    """A person who has an account and is signed in."""
    if not isinstance(request.user, User):
        return invitation_page(request, invitation)
    accept(invitation=invitation, user=request.user)
    messages.success(request, _("You have the role now. Here is your work."))
    return redirect("governance:workspace")


@writes("mapping.accept_role")
@invited
def invitation_new(request: HttpRequest, invitation: RoleInvitation) -> HttpResponse:
    """A person without an account chooses name and password, and is signed in."""
    if request.user.is_authenticated:
        raise OtherPerson
    form = NewPersonForm(request.POST, invitation=invitation)
    if not form.is_valid():
        return invitation_page(request, invitation, form=form, status=422)
    data = form.cleaned_data
    user = accept_as_new(invitation=invitation, name=data["name"], password=data["password"])
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    messages.success(request, _("Welcome. You have the role now; here is your work."))
    return redirect("governance:workspace")
