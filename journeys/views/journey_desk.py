"""Where journeys are made: their texts, what visits they have, and whether everybody sees them."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from journeys.forms.journeys import JourneyForm, VisitForm
from journeys.models import Journey
from journeys.selectors.visit_choices import NONE, host_choices
from journeys.selectors.visits import journey_desk, partner_exercise, partner_journeys
from journeys.services import journeys as services
from journeys.views.rows import Place, released, save_row

FIRST = {"title", "host_id"}  # what a new visit is asked for


def new_visit_form(journey: Journey, data: Any = None) -> VisitForm:
    form = VisitForm(data, key="new-visit", choices={"host_id": [*NONE, *host_choices(journey.exercise)]})
    for name in set(form.fields) - FIRST:
        del form.fields[name]
    return form


def desk_context(request: HttpRequest, journey: Journey, item: dict[str, Any]) -> dict[str, Any]:
    """The page; `item` is the journey's form when it could not be saved, with why."""
    return {
        "page": journey_desk(journey=journey, user=request.user),
        "item": item or journey_place(request, journey).shown(),
        "refused": item,
        "new": new_visit_form(journey),
        "project": journey.exercise.project,
    }


def journey_place(request: HttpRequest, journey: Journey) -> Place:
    return Place(
        row=journey,
        form_class=JourneyForm,
        key=f"journey-{journey.pk}",
        action=reverse("journeys:journey_save", args=[journey.slug]),
        back=reverse("journeys:journey_edit", args=[journey.slug]),
        page=lambda item: ("journeys/journey_edit.html", desk_context(request, journey, item)),
    )


def own_journey(request: HttpRequest, slug: str) -> Journey:
    journey: Journey = get_object_or_404(partner_journeys(request.user), slug=slug)
    allow(request, "journeys.write_journey", journey)
    return journey


@login_required
def journey_add(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = partner_exercise(slug=slug, user=request.user)
    if exercise is None:
        raise Http404
    allow(request, "journeys.write_journey", exercise)
    context = {"exercise": exercise, "form": JourneyForm(key="new"), "project": exercise.project}
    return render(request, "journeys/journey_add.html", context)


@login_required
@writes("journeys.write_journey")
@once
def journey_create(request: HttpRequest, slug: str) -> HttpResponse:
    exercise = partner_exercise(slug=slug, user=request.user)
    if exercise is None:
        raise Http404
    allow(request, "journeys.write_journey", exercise)
    form = JourneyForm(request.POST, key="new")
    if not form.is_valid():
        context = {"exercise": exercise, "form": form, "project": exercise.project}
        return render(request, "journeys/journey_add.html", context, status=422)
    journey = services.add_journey(exercise=exercise, values=form.cleaned_data, by=request.user)
    messages.success(request, _("The journey is made. Only partners see it until you make it public."))
    return redirect("journeys:journey_edit", slug=journey.slug)


@login_required
def journey_edit(request: HttpRequest, slug: str) -> HttpResponse:
    journey = own_journey(request, slug)
    return render(request, "journeys/journey_edit.html", desk_context(request, journey, {}))


@login_required
@writes("journeys.write_journey")
def journey_save(request: HttpRequest, slug: str) -> HttpResponse:
    return save_row(request, journey_place(request, own_journey(request, slug)))


@login_required
@writes("journeys.write_journey")
def journey_publish(request: HttpRequest, slug: str) -> HttpResponse:
    journey = own_journey(request, slug)
    return released(
        request,
        reverse("journeys:journey_edit", args=[slug]),
        partial(services.publish_journey, journey=journey),
        shown=_("Everybody sees this journey now."),
        hidden=_("Only partners see this journey now."),
    )


@login_required
@writes("journeys.write_journey")
@once
def visit_add(request: HttpRequest, slug: str) -> HttpResponse:
    """Only title and host are asked; the rest unfolds on the page of the visit."""
    journey = own_journey(request, slug)
    form = new_visit_form(journey, request.POST)
    if not form.is_valid():
        context = desk_context(request, journey, {}) | {"new": form, "form": form}
        return render(request, "journeys/journey_edit.html", context, status=422)
    visit = services.add_visit(journey=journey, values=form.cleaned_data, by=request.user)
    messages.success(request, _("The visit is added. Fill in what you know of it."))
    return redirect("journeys:visit_edit", pk=visit.pk)
