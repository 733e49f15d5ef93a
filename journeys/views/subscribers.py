"""Who asked for the newsletter: counts and addresses for coordinators, and removal on request."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from journeys.enums import SubscriberState
from journeys.selectors.reports import find_project
from journeys.selectors.subscribers import find_subscriber, subscribers_of
from journeys.selectors.subscriptions import DAYS
from journeys.services.subscriptions import STOPPED_DAYS, forget


@login_required
def subscriber_list(request: HttpRequest, slug: str) -> HttpResponse:
    """404 outside the partnership, 403 for those of it who do not coordinate it."""
    project = find_project(slug=slug, user=request.user)
    if project is None:
        raise Http404
    allow(request, "journeys.see_subscribers", project)
    state, wanted = request.GET.get("state", ""), request.GET.get("q", "").strip()[:254].replace("\0", "")
    found = subscribers_of(project=project, state=state, wanted=wanted, number=request.GET.get("page"))
    context = {
        "found": found,
        "page": found.page,
        "state": state if state in SubscriberState.values else "",
        "wanted": wanted,
        "project": project,
        "days": DAYS,
        "stopped_days": STOPPED_DAYS,
    }
    return render(request, "journeys/subscriber_list.html", context)


@login_required
@writes("journeys.see_subscribers")
def subscriber_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """The address and every mail to it, when its owner asks for it."""
    subscriber = find_subscriber(pk=pk, user=request.user)
    if subscriber is None:
        raise Http404
    allow(request, "journeys.see_subscribers", subscriber)
    forget(subscriber=subscriber)
    messages.success(request, _("The address and all mails to it are deleted."))
    back, kept = reverse("journeys:subscriber_list", args=[subscriber.project.slug]), request.GET.urlencode()
    return redirect(f"{back}?{kept}" if kept else back)
