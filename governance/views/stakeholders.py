"""The regional lead invites stakeholders, and sees how far they are."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import shows_once
from cohes3ion.lib.decorators import allow, writes
from governance.forms.invitations import InviteForm
from governance.models import PersonalLink
from governance.selectors.invitations import stakeholder_page
from governance.services.invitations import (
    AlreadyInvited,
    NotInviting,
    create_link,
    mail_link,
    revoke_link,
)
from governance.views.maps import visible_map
from mapping.models import RegionMap


def invited_map(request: HttpRequest, pk: int) -> RegionMap:
    region_map = visible_map(request, pk)
    allow(request, "governance.invite", region_map)
    return region_map


def list_page(
    request: HttpRequest, region_map: RegionMap, *, form: InviteForm, status: int = 200, **more: Any
) -> HttpResponse:
    page = stakeholder_page(region_map=region_map)
    context = {"page": page, "form": form, **more}
    return render(request, "governance/stakeholder_list.html", context, status=status)


@login_required
def stakeholder_list(request: HttpRequest, pk: int) -> HttpResponse:
    return list_page(request, invited_map(request, pk), form=InviteForm())


@login_required
@writes("governance.invite")
@shows_once("governance:stakeholder_list")
def link_create(request: HttpRequest, pk: int) -> HttpResponse:
    """The address is on the answer to this request and nowhere else: only its hash is stored."""
    region_map = invited_map(request, pk)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return list_page(request, region_map, form=form, status=422)
    try:
        link, token = create_link(region_map=region_map, values=form.values(), by=request.user)
    except AlreadyInvited as refusal:
        text = _("There is already a link for %(name)s. Take it back first if it was lost.")
        form.add_error("organisation", text % {"name": refusal.link.organisation})
        return list_page(request, region_map, form=form, status=422)
    except NotInviting:
        form.add_error(None, _("Nobody can be invited: the consultation is over, or there are no questions."))
        return list_page(request, region_map, form=form, status=422)
    address = request.build_absolute_uri(reverse("governance:personal_link", args=[token]))
    if link.email:
        mail_link(link=link, address=address, by=request.user)
    made = {"link": link, "address": address}
    return list_page(request, region_map, form=InviteForm(), made=made)


@login_required
@writes("governance.invite")
def link_revoke(request: HttpRequest, pk: int, link_pk: int) -> HttpResponse:
    region_map = invited_map(request, pk)
    link = get_object_or_404(PersonalLink, pk=link_pk, region_map=region_map)
    revoke_link(link=link)
    messages.success(request, _("The link of %(name)s works no longer.") % {"name": link.organisation})
    return redirect("governance:stakeholder_list", pk=pk)
