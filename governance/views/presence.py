"""The pages of a room say every 10 to 15 seconds who is on them, and hear who else is."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cohes3ion.lib.decorators import allow, writes
from governance.forms.presence import PresenceForm
from governance.selectors.presence import Room, people_here
from governance.services.presence import leave, stay


@login_required
@writes("governance.be_here")
def response_presence(request: HttpRequest, pk: int) -> HttpResponse:
    return noted(request, Room(response_id=pk))


@login_required
@writes("governance.be_here")
def map_presence(request: HttpRequest, pk: int) -> HttpResponse:
    return noted(request, Room(map_id=pk))


@login_required
@writes("governance.be_here")
def questionnaire_presence(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    return noted(request, Room(draft_id=pk, project=slug))


def noted(request: HttpRequest, room: Room) -> HttpResponse:
    """Two queries while nothing changes: one UPDATE, one list. 204 when the page knows the list already."""
    allow(request, "governance.be_here")
    form = PresenceForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    place = form.cleaned_data["place"]
    if form.cleaned_data["leaving"]:
        leave(room=room, user=request.user, place=place)
        return HttpResponse(status=204)
    if not stay(room=room, user=request.user, place=place, has_unsent=form.cleaned_data["unsent"]):
        raise Http404
    here = people_here(room=room, place=place, user=request.user)
    if form.cleaned_data["tag"] == here.tag:
        return HttpResponse(status=204)
    reply = render(request, "components/_presence.html", {"people": here.people})
    reply["X-Here"] = here.tag
    return reply
