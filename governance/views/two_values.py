"""A row of a page whose field two people wrote: theirs, mine, or both kept and a talk about them opened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow
from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.row_pages import Place, outcome, refused, settled
from cohes3ion.lib.versions import StaleVersion, VersionMissing
from mapping.services.records import MapClosed

Written = tuple[Any, list[StaleVersion]]


@dataclass(frozen=True, kw_only=True)
class Talked:
    """How such a row is written. `subject`: what the person must be allowed to discuss."""

    subject: Any
    # Takes row, changes and by.
    save: Callable[..., Written]
    # Takes row, change, told, is_joined and by.
    keep_both: Callable[..., Written]
    # Takes row, field and by.
    end_talk: Callable[..., None]


def save_talked(request: HttpRequest, place: Place, talked: Talked) -> HttpResponse:
    """Save the fields that were sent; one that is stale or not accepted never keeps the others back."""
    form = place.form(request.POST)
    sentence = _without_writing(request, place, form, talked)
    if sentence:
        return settled(request, place.back, sentence)
    form.is_valid()
    try:
        row, stale = _write(request, place, form, talked)
    except VersionMissing:
        return refused(request, place, form, status=428, no_version=True)
    except MapClosed:
        return refused(request, place, form, status=409, closed=True)
    return outcome(request, place, form, row=row, stale=stale, sentence=_words_of_saving(request, form))


def _write(request: HttpRequest, place: Place, form: RowForm, talked: Talked) -> Written:
    """Raises VersionMissing, and as `talked`."""
    changes, field = form.changes(), request.POST.get("field", "")
    if _is_both(request) and changes:
        allow(request, "governance.discuss", talked.subject)
        mine = place.form_class(request.POST, row=place.row, choices=form.choices)
        told = {
            "theirs": form.spoken(field, form.stored_text(place.row, field)),
            "mine": form.spoken(field, mine.typed(field)),
        }
        joined = field in form.joinable
        return talked.keep_both(
            row=place.row, change=changes[0], told=told, is_joined=joined, by=request.user
        )
    row, stale = talked.save(row=place.row, changes=changes, by=request.user)
    if changes and not stale and request.POST.get("choice") == "mine":
        _end_talk(request, place, talked)
    return row, stale


def _without_writing(request: HttpRequest, place: Place, form: RowForm, talked: Talked) -> str:
    """What is said of a choice that changes no field: for the other answer, or one that came without mine."""
    choice, field = request.POST.get("choice"), request.POST.get("field", "")
    if choice == "theirs":
        _end_talk(request, place, talked)
        return _("The other text stands. Yours was not saved.")
    is_there = field in form.fields and field in request.POST
    if choice in ("mine", "both") and not is_there:
        return _("Your own answer is missing. Load the page again.")
    return ""


def _is_both(request: HttpRequest) -> bool:
    return request.POST.get("choice") == "both"


def _end_talk(request: HttpRequest, place: Place, talked: Talked) -> None:
    field = request.POST.get("field", "")
    if field in place.form_class.base_fields:
        talked.end_talk(row=place.row, field=field, by=request.user)


def _words_of_saving(request: HttpRequest, form: RowForm) -> str:
    if not _is_both(request):
        return _("Saved.")
    if request.POST.get("field") in form.joinable:
        return _("Both texts stand now, one below the other. Talk about them in the discussion.")
    return _("The other answer stands for now. Yours is kept beside it in the discussion.")
