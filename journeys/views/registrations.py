"""One's own registration, by the personal link or signed in. Opening it changes nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import VersionMissing, parse_version
from journeys.forms.registrations import DetailsForm
from journeys.models import Registration
from journeys.selectors.registrations import find_registration, held_data, registration_page
from journeys.services.registrations import ChangedMeanwhile, change_registration, forget, withdraw
from journeys.views.events import reader_zone

Opened = Callable[[HttpRequest, Registration, str], HttpResponse]


def personal(view: Opened) -> Callable[..., HttpResponse]:
    """Altered, deleted, expired: one and the same page, 404. Nothing of it is kept by caches or found."""

    @wraps(view)
    def opened(request: HttpRequest, key: str) -> HttpResponse:
        registration = find_registration(key=key, user=request.user)
        if registration is None:
            reply = render(request, "journeys/registration_closed.html", status=404)
        else:
            reply = view(request, registration, key)
        patch_cache_control(reply, no_store=True, private=True)
        reply["X-Robots-Tag"] = "noindex, nofollow"
        return reply

    return opened


def shown(
    request: HttpRequest,
    registration: Registration,
    key: str,
    form: Any = None,
    *,
    status: int = 200,
    **why: Any,
) -> HttpResponse:
    page = registration_page(registration=registration, zone=reader_zone(request))
    if form is None:
        row = registration
        form = DetailsForm(initial={"name": row.name, "organisation": row.organisation, "helix": row.helix})
    context = {"page": page, "form": form, "key": key, "data": held_data(registration), **why}
    return render(request, "journeys/registration_detail.html", context, status=status)


@personal
def event_registration(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    return shown(request, registration, key)


@writes("journeys.register")
@personal
def event_registration_save(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    allow(request, "journeys.register", registration)
    form = DetailsForm(request.POST)
    if not form.is_valid():
        return shown(request, registration, key, form, status=422)
    try:
        version = parse_version(request.POST.get("version"))
        change_registration(registration=registration, values=form.cleaned_data, expected=version)
    except VersionMissing:
        return shown(request, registration, key, form, status=428, no_version=True)
    except ChangedMeanwhile:
        fresh = find_registration(key=key, user=request.user) or registration
        return shown(request, fresh, key, form, status=409, is_stale=True)
    messages.success(request, _("Saved."))
    return redirect("journeys:event_registration", key=key)


@writes("journeys.register")
@personal
def event_registration_withdraw(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    """Twice is once."""
    allow(request, "journeys.register", registration)
    withdraw(registration=registration)
    messages.success(request, _("You have withdrawn. Your place goes to the next person."))
    return redirect("journeys:event_registration", key=key)


@writes("journeys.register")
@personal
def event_registration_forget(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    allow(request, "journeys.register", registration)
    slug = registration.event.slug
    forget(registration=registration)
    messages.success(request, _("All that was stored about you for this event is deleted."))
    return redirect("journeys:event_detail", slug=slug)


@personal
def event_registration_data(request: HttpRequest, registration: Registration, key: str) -> HttpResponse:
    """Everything that is stored about the person, as a file."""
    reply = JsonResponse(held_data(registration), json_dumps_params={"ensure_ascii": False, "indent": 2})
    reply["Content-Disposition"] = 'attachment; filename="my-registration.json"'
    return reply
