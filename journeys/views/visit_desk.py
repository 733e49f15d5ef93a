"""Where a visit is described, and moved in its journey."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from cohes3ion.lib.decorators import allow, writes
from journeys.forms.journeys import HostVisitForm, VisitForm
from journeys.models import Visit
from journeys.selectors.visit_choices import visit_choices
from journeys.selectors.visits import partner_visits
from journeys.services.rows import move_row
from journeys.views.rows import Place, moved, save_row


def own_visit(request: HttpRequest, pk: int) -> Visit:
    visit: Visit = get_object_or_404(partner_visits(request.user), pk=pk)
    allow(request, "journeys.write_visit", visit)
    return visit


def visit_place(request: HttpRequest, visit: Visit) -> Place:
    """The host's team writes what was shown; who is visited is for those who run the partnership."""
    runs = request.user.has_perm("journeys.write_journey", visit.journey)

    def page(item: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        context = {"item": item, "refused": item, "visit": visit, "may_move": runs}
        return "journeys/visit_edit.html", context | {"project": visit.journey.exercise.project}

    return Place(
        row=visit,
        form_class=VisitForm if runs else HostVisitForm,
        key=f"visit-{visit.pk}",
        action=reverse("journeys:visit_save", args=[visit.pk]),
        back=reverse("journeys:visit_edit", args=[visit.pk]),
        page=page,
        choices=visit_choices(visit=visit, user=request.user),
    )


@login_required
def visit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    place = visit_place(request, own_visit(request, pk))
    template, context = place.page(place.shown())
    return render(request, template, context | {"refused": None})


@login_required
@writes("journeys.write_visit")
def visit_save(request: HttpRequest, pk: int) -> HttpResponse:
    """An event belongs to one visit: whoever comes second chooses again from what is left."""
    try:
        with transaction.atomic():
            return save_row(request, visit_place(request, own_visit(request, pk)))
    except IntegrityError:
        return save_row(request, visit_place(request, own_visit(request, pk)))


@login_required
@writes("journeys.write_journey")
def visit_move(request: HttpRequest, pk: int) -> HttpResponse:
    visit: Visit = get_object_or_404(partner_visits(request.user), pk=pk)
    allow(request, "journeys.write_journey", visit.journey)
    back = f"{reverse('journeys:journey_edit', args=[visit.journey.slug])}#visit-{visit.pk}"
    return moved(request, back, partial(move_row, row=visit, within="journey"))
