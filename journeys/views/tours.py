"""Ending a tour."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import writes
from journeys.services.tours import end_tour
from mapping.models import Membership


@login_required
@writes("governance.be_here")
def tour_end(request: HttpRequest, role: str) -> HttpResponse:
    if not Membership.objects.of(request.user).filter(role=role).exists():
        raise Http404
    end_tour(user=request.user, role=role)
    messages.success(request, _("Done. You find the tour again under Help, on this page."))
    return redirect("governance:workspace")
