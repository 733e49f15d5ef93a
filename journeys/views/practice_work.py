"""Practices on the partners' side: written together, handed in, returned or published, withdrawn."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.accounts.sent_forms import once
from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.scripts import is_script
from journeys.forms.practices import NewPracticeForm, OpinionForm, PracticeForm, ReasonForm
from journeys.models import Practice
from journeys.selectors import practice_work as selectors
from journeys.selectors.practice_pages import find_practice
from journeys.services import practices as services
from journeys.services.rows import remove_row
from journeys.views.rows import Place, removed, save_row

EDIT = "journeys/practice_edit.html"
KEY = "practice"


def reached(request: HttpRequest, slug: str) -> Practice:
    practice = find_practice(slug=slug, user=request.user)
    if practice is None:
        raise Http404
    return practice


@login_required
def practice_desk(request: HttpRequest) -> HttpResponse:
    page = selectors.practice_desk(user=request.user)
    form = NewPracticeForm(regions=page.regions)
    return render(request, "journeys/practice_desk.html", {"page": page, "form": form})


@login_required
@writes("journeys.add_practice")
@once
def practice_add(request: HttpRequest) -> HttpResponse:
    page = selectors.practice_desk(user=request.user)
    if not page.regions:
        raise PermissionDenied
    form = NewPracticeForm(request.POST, regions=page.regions)
    if not form.is_valid():
        context = {"page": page, "form": form}
        return render(request, "journeys/practice_desk.html", context, status=422)
    region = next(row for row in page.regions if row.pk == form.cleaned_data["region"])
    practice = services.start_practice(region=region, title=form.cleaned_data["title"], by=request.user)
    messages.success(request, _("Your draft is made. Only your region and who runs the round see it."))
    return redirect("journeys:practice_edit", slug=practice.slug)


def place_of(request: HttpRequest, practice: Practice) -> Place:
    return Place(
        row=practice,
        form_class=PracticeForm,
        key=KEY,
        action=reverse("journeys:practice_save", args=[practice.slug]),
        back=reverse("journeys:practice_edit", args=[practice.slug]),
        page=lambda item: (EDIT, edit_context(request, practice, item=item)),
        choices={"codes": selectors.code_choices(practice)},
    )


def edit_context(request: HttpRequest, practice: Practice, **more: Any) -> dict[str, Any]:
    """The page; `item` is the form as it could not be saved, `problems` what keeps a step back."""
    return {
        "page": selectors.practice_work(practice=practice, user=request.user),
        "project": practice.project,
        "item": place_of(request, practice).shown() if "item" not in more else None,
        "opinion": OpinionForm(initial={"text": practice.expert_opinion}, auto_id="opinion-%s"),
        "return_form": ReasonForm(auto_id="return-%s"),
        "withdraw_form": ReasonForm(auto_id="withdraw-%s"),
        **more,
    }


def shown_again(request: HttpRequest, practice: Practice, status: int = 200, **more: Any) -> HttpResponse:
    return render(request, EDIT, edit_context(request, practice, **more), status=status)


@login_required
def practice_edit(request: HttpRequest, slug: str) -> HttpResponse:
    practice = reached(request, slug)
    if not selectors.may_work(practice, user=request.user):
        raise PermissionDenied
    return shown_again(request, practice)


@login_required
@writes("journeys.write_practice")
def practice_save(request: HttpRequest, slug: str) -> HttpResponse:
    practice = reached(request, slug)
    allow(request, "journeys.write_practice", practice)
    place = place_of(request, practice)
    if selectors.is_open_to(practice, user=request.user):
        return save_row(request, place)
    form = PracticeForm(request.POST, row=practice, key=KEY, choices=place.choices)
    typed = [(form.fields[name].label, form.spoken(name, form.typed(name))) for name in form.touched()]
    if is_script(request):
        return render(request, "journeys/_practice_closed.html", {"typed": typed}, status=409)
    return shown_again(request, practice, 409, closed=True, typed=typed)


@login_required
@writes("journeys.write_practice")
def practice_remove(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft that was never published; what was published is withdrawn instead."""
    practice = reached(request, slug)
    allow(request, "journeys.write_practice", practice)
    if not selectors.practice_work(practice=practice, user=request.user).may_remove:
        raise PermissionDenied
    back, after = reverse("journeys:practice_edit", args=[slug]), reverse("journeys:practice_desk")
    return removed(
        request, partial(remove_row, row=practice), back=back, after=after, said=_("The draft is removed.")
    )
