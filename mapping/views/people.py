"""Who holds which role: the page, giving a role, taking it away, and open invitations."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.models import User
from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from mapping.forms.people import RoleForm
from mapping.models import Membership, Region, RoleInvitation
from mapping.selectors.people import Reach, find_reach, people_page
from mapping.services import role_invitations as invitations
from mapping.services.roles import HasRole, LastOfRole, OwnRole, give_role, take_role, tell_new_role


def arranged(request: HttpRequest, slug: str) -> Reach:
    """What the person arranges; 404 outside the partnership, 403 without the right."""
    reach = find_reach(slug=slug, user=request.user)
    if reach is None:
        raise Http404
    allow(request, "mapping.give_roles", reach.project)
    return reach


def asked_region(request: HttpRequest, reach: Reach) -> Region | None:
    """The region that is looked at; somebody who leads only one looks at that."""
    slug = request.GET.get("region", "")
    found = [region for region in reach.regions if region.slug == slug]
    if slug and not found:
        raise Http404
    only = reach.regions[:1] if not reach.whole and len(reach.regions) == 1 else []
    return next(iter(found or only), None)


def list_page(
    request: HttpRequest, reach: Reach, *, form: RoleForm | None = None, status: int = 200
) -> HttpResponse:
    region = asked_region(request, reach)
    page = people_page(reach=reach, region=region, user=request.user)
    form = form or RoleForm(reach=reach, units=page.units, region=region)
    return render(request, "mapping/people_list.html", {"page": page, "form": form}, status=status)


@login_required
def people_list(request: HttpRequest, slug: str) -> HttpResponse:
    return list_page(request, arranged(request, slug))


@login_required
@writes("mapping.give_roles")
@once
def role_give(request: HttpRequest, slug: str) -> HttpResponse:
    """People who work here already get the role at once; every other address gets an invitation."""
    reach = arranged(request, slug)
    region = asked_region(request, reach)
    units = people_page(reach=reach, region=region, user=request.user).units
    form = RoleForm(request.POST, reach=reach, units=units, region=region)
    if not form.is_valid():
        return list_page(request, reach, form=form, status=422)
    try:
        messages.success(request, offer(request, form.cleaned_data))
    except OwnRole:
        form.add_error("email", _("This is your own address. Nobody gives a role to oneself."))
    except HasRole:
        form.add_error("email", _("This person holds this role here already."))
    except invitations.AlreadyInvited:
        form.add_error("email", _("This address is invited to this role already. Send the invitation again."))
    if form.errors:
        return list_page(request, reach, form=form, status=422)
    return redirect(back(request, slug))


def offer(request: HttpRequest, data: dict[str, Any]) -> str:
    """Give the role or invite; returns the sentence about what happened."""
    email, place = data["email"], data["place"]
    known: User | None = invitations.known_person(email=email, project_id=place["project"].pk)
    if known is not None:
        membership = give_role(user=known, place=place, by=request.user)
        home = request.build_absolute_uri(reverse("governance:workspace"))
        tell_new_role(membership=membership, by=request.user, link=home)
        return _("%(name)s has the role now.") % {"name": known}
    invitation, token = invitations.invite(
        email=email, language=data["language"], place=place, by=request.user
    )
    invitations.mail_invitation(invitation=invitation, link=join(request, token), by=request.user)
    return _("The invitation to %(email)s is on its way.") % {"email": email}


def join(request: HttpRequest, token: str) -> str:
    return request.build_absolute_uri(reverse("mapping:invitation_detail", args=[token]))


def back(request: HttpRequest, slug: str) -> str:
    region = request.GET.get("region", "")
    address = reverse("mapping:people_list", args=[slug])
    return f"{address}?region={region}" if region else address


@login_required
@writes("mapping.give_roles")
def role_take(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    reach = arranged(request, slug)
    rows = Membership.objects.select_related("user", "project", "region", "unit")
    membership = get_object_or_404(rows, pk=pk, project=reach.project)
    if membership.user_id == request.user.pk:
        messages.warning(request, _("Nobody takes an own role away. Ask another coordinator."))
        return redirect(back(request, slug))
    if not reach.covers(membership):
        raise Http404
    names = {"name": membership.user, "role": membership.get_role_display()}
    try:
        take_role(membership=membership, by=request.user)
        messages.success(request, _("%(name)s no longer has the role “%(role)s”.") % names)
    except LastOfRole:
        text = _("%(name)s is the only person with the role “%(role)s” here. Give it to somebody else first.")
        messages.warning(request, text % names)
    return redirect(back(request, slug))


def open_invitation(request: HttpRequest, slug: str, pk: int) -> RoleInvitation:
    reach = arranged(request, slug)
    rows = RoleInvitation.objects.pending().select_related("project", "region", "unit")
    invitation: RoleInvitation = get_object_or_404(rows, pk=pk, project=reach.project)
    if not reach.covers(invitation):
        raise Http404
    return invitation


@login_required
@writes("mapping.give_roles")
@once
def invitation_renew(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    invitation = open_invitation(request, slug, pk)
    token = invitations.renew(invitation=invitation)
    invitations.mail_invitation(invitation=invitation, link=join(request, token), by=request.user)
    text = _("A new invitation to %(email)s is on its way. The link sent before works no longer.")
    messages.success(request, text % {"email": invitation.email})
    return redirect(back(request, slug))


@login_required
@writes("mapping.give_roles")
def invitation_withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    invitation = open_invitation(request, slug, pk)
    invitations.withdraw(invitation=invitation, by=request.user)
    text = _("The invitation to %(email)s works no longer.")
    messages.success(request, text % {"email": invitation.email})
    return redirect(back(request, slug))
