"""Events for calendar programs: one, all that fit a choice, and all that a person may see."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from journeys.forms.events import EventFilter
from journeys.models import Event
from journeys.selectors.calendars import calendar_file
from journeys.selectors.event_feeds import feed_events, link_made_at, reader_of
from journeys.selectors.events import event_page, regions_with_events
from journeys.selectors.registrations import find_registration
from journeys.services.events import renew_calendar_link
from journeys.views.events import found_event

FIVE_MINUTES = 300


def calendar(content: bytes, *, name: str) -> HttpResponse:
    reply = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    reply["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return reply


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event; with the link to take part only for those who may use it."""
    event = found_event(request, slug)
    page = event_page(event=event, user=request.user, zone="")
    return calendar(calendar_file([event], with_link=page.shows_link), name=event.slug)


def feed(request: HttpRequest, user: Any) -> HttpResponse:
    """A choice that does not exist is refused: a calendar would go on with the wrong events unnoticed."""
    form = EventFilter(request.GET, regions=regions_with_events(user=user))
    wanted = form.wanted()
    if form.errors:
        said = "\n".join(str(error) for errors in form.errors.values() for error in errors)
        return HttpResponse(f"{said}\n", content_type="text/plain; charset=utf-8", status=400)
    events = feed_events(user=user, wanted=wanted)
    return calendar(calendar_file(events, name=_("Events: Smart Territorial Mapping")), name="events")


def event_feed(request: HttpRequest) -> HttpResponse:
    """What everybody may see, whoever asks: nothing of one person in it, so caches may keep it."""
    reply = feed(request, AnonymousUser())
    patch_cache_control(reply, public=True, max_age=FIVE_MINUTES)
    patch_vary_headers(reply, ("Accept-Language", "Cookie"))  # kinds are named in the reader's language
    return reply


def event_member_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What one person may see now: a role that ended takes its events away. Unknown or renewed: 404."""
    user = reader_of(token=token)
    if user is None:
        raise Http404
    with translation.override(user.language or translation.get_language()):
        reply = feed(request, user)
    patch_cache_control(reply, private=True, no_cache=True)
    reply["X-Robots-Tag"] = "noindex, nofollow"
    return reply


@login_required
def event_link(request: HttpRequest) -> HttpResponse:
    return render(request, "journeys/event_link.html", {"made_at": link_made_at(user=request.user)})


@login_required
@writes("journeys.register")
def event_link_renew(request: HttpRequest) -> HttpResponse:
    """The new address is shown this once; only its hash is kept."""
    allow(request, "journeys.register")
    token = renew_calendar_link(user=request.user)
    address = settings.SITE_URL + reverse("journeys:event_member_feed", args=[token])
    context = {"made_at": link_made_at(user=request.user), "link": address}
    reply = render(request, "journeys/event_link.html", context)
    patch_cache_control(reply, no_store=True, private=True)
    return reply


def event_registration_calendar(request: HttpRequest, key: str) -> HttpResponse:
    """The event for somebody with a personal link."""
    registration = find_registration(key=key, user=request.user)
    if registration is None:
        raise Http404
    event: Event = registration.event
    content = calendar_file([event], with_link=registration.state == "registered")
    reply = calendar(content, name=event.slug)
    patch_cache_control(reply, no_store=True, private=True)
    return reply
