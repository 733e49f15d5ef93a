"""Events for everybody who may see them: the list, a page for each, registering."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.downloads import file_reply
from cohes3ion.lib.zones import known_zone
from journeys.forms.events import EventFilter, ZoneForm
from journeys.forms.registrations import RegisterForm
from journeys.models import Event
from journeys.selectors.calendars import event_address
from journeys.selectors.events import event_list as listed
from journeys.selectors.events import event_page, find_event, find_material, regions_with_events
from journeys.selectors.registrations import consent_words, own_key
from journeys.services.registrations import NotOpen, TooMany, register

COOKIE = "zone"  # set where it is chosen: cohes3ion/accounts/views.py
THANKS = gettext_lazy(
    "Thank you. We write to %(email)s at once: the mail says whether you have a place, and holds your "
    "personal link and the event for your calendar."
)


def reader_zone(request: HttpRequest) -> str:
    """Asked for in the address, kept in the account, or in this browser; nothing when never chosen."""
    chosen = request.GET.get("zone", "")
    account = getattr(request.user, "time_zone", "")
    return known_zone(chosen) or known_zone(account) or known_zone(request.COOKIES.get(COOKIE, ""))


def event_list(request: HttpRequest) -> HttpResponse:
    form = EventFilter(request.GET, regions=regions_with_events(user=request.user))
    zone = reader_zone(request)
    page = listed(
        user=request.user,
        wanted=form.wanted(),
        page=request.GET.get("page"),
        zone=zone,
        feed=reverse("journeys:event_feed"),
    )
    context = {
        "page": page,
        "filters": form,
        "problems": [error for errors in form.errors.values() for error in errors],
        "is_narrowed": any(form.wanted().values()),
        "zone_form": ZoneForm(initial={"zone": zone}),
        "may_add": request.user.is_authenticated and may_add_somewhere(request.user),
    }
    return render(request, "journeys/event_list.html", context)


def may_add_somewhere(user: Any) -> bool:
    return any(user.has_perm("journeys.add_event", place.project) for place in memberships(user))


def memberships(user: Any) -> list[Any]:
    return list(user.memberships.select_related("project"))


def found_event(request: HttpRequest, slug: str) -> Event:
    event = find_event(slug=slug, user=request.user)
    if event is None:
        raise Http404
    return event


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    return shown(request, found_event(request, slug))  # type: ignore[no-any-return]


def shown(request: HttpRequest, event: Event, form: Any = None, *, status: int = 200, **why: bool) -> Any:
    """The page of an event; `form` is the registration as it was typed."""
    zone = reader_zone(request)
    page = event_page(event=event, user=request.user, zone=zone)
    if form is None:
        user: Any = request.user
        initial = {"name": user.name, "email": user.email} if user.is_authenticated else None
        form = RegisterForm(initial=initial, consent=consent_words())
    context = {
        "page": page,
        "form": form,
        "zone": zone,
        "zone_form": ZoneForm(initial={"zone": zone}),
        "own_key": own_key(page.own) if page.own else "",
        "address": event_address(event),
        **why,
    }
    return render(request, "journeys/event_detail.html", context, status=status)


@writes("journeys.register")
@once
def event_register(request: HttpRequest, slug: str) -> HttpResponse:
    """What the page says is the same for an address that is registered already: only the mail says it."""
    event = found_event(request, slug)
    allow(request, "journeys.register", event)
    form = RegisterForm(request.POST, consent=consent_words())
    if not form.is_valid():
        return shown(request, event, form, status=422)
    try:
        register(
            event=event,
            values=form.values(),
            user=request.user,
            language=get_language() or "en",
            zone=reader_zone(request),
        )
    except NotOpen:
        return shown(request, event, form, status=409, is_refused=True)
    except TooMany:
        reply = shown(request, event, form, status=429, is_crowded=True)
        reply["Retry-After"] = "600"
        return reply
    messages.success(request, THANKS % {"email": form.cleaned_data["email"]})
    return redirect("journeys:event_detail", slug=event.slug)


@require_safe
def event_material(request: HttpRequest, pk: int) -> FileResponse:
    """The file as a download, never as a page: whatever is in it does not run here."""
    material = find_material(pk=pk, user=request.user)
    if material is None or not material.file.storage.exists(material.file.name):
        raise Http404
    return file_reply(material)
