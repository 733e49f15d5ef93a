"""How every row of the exchange is saved from a page: field by field, by script or as a whole form."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.ordered import OrderChanged
from cohes3ion.lib.row_forms import Choices, RowForm
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import VersionMissing, parse_version
from governance.selectors.synthesis import part_conflict
from journeys.services.rows import save_changes

STATE = "rows/_state.html"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A row on a page: its form, where the form is sent, and how the page is shown again.

    `page(item)` gives the whole page with `item` (place, form, parts, row, and what went wrong) in the
    place of the row; `back` is the address to return to.
    """

    row: Any
    form_class: type[RowForm]
    key: str
    action: str
    back: str
    page: Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]
    choices: Choices = field(default_factory=dict)

    def shown(self) -> dict[str, Any]:
        """What templates show of the row when nothing went wrong: rows/_parts.html."""
        form = self.form_class(row=self.row, key=self.key, choices=self.choices)
        return {"place": self, "form": form, "parts": form.parts(), "row": self.row}


def save_row(request: HttpRequest, place: Place) -> HttpResponse:
    """Save the fields that were sent; one that is stale or not accepted never keeps the others back."""
    if request.POST.get("choice") == "theirs":
        return settled(request, place.back, _("The other text stands. Yours was not saved."))
    data = _with_both(request, place)
    form = place.form_class(data, row=place.row, key=place.key, choices=place.choices)
    form.is_valid()
    try:
        row, stale = save_changes(row=place.row, changes=form.changes(), by=request.user)
    except VersionMissing:
        return refused(request, place, form, status=428, no_version=True)
    if stale or form.problems():
        return refused(request, place, form, status=409 if stale else 422, row=row, stale=stale)
    if not is_script(request):
        return settled(request, place.back, _("Saved."))
    reply = render(request, STATE, {"saved": True})
    reply["X-Version"] = str(row.version_of(next((name for name in form.fields if form.sent(name)), "")))
    return reply


def _with_both(request: HttpRequest, place: Place) -> Any:
    """The posted values; when both texts are to be kept, one below the other."""
    name = request.POST.get("field", "")
    if request.POST.get("choice") != "both" or name not in place.form_class.joinable:
        return request.POST
    data = request.POST.copy()
    texts = (place.form_class.stored_text(place.row, name), data.get(name, ""))
    data[name] = "\n\n".join(text for text in texts if text.strip())
    return data


def moved(request: HttpRequest, back: str, move: Callable[..., bool]) -> HttpResponse:
    """One place up or down by `move` (up, seen, by); an order that was not seen is not changed."""
    up = request.POST.get("direction") == "up"
    try:
        done = move(up=up, seen=parse_version(request.POST.get("version")), by=request.user)
    except (OrderChanged, VersionMissing):
        messages.warning(request, _("The order changed meanwhile, so nothing was moved. Look at it again."))
        return redirect(back)
    return settled(request, back, _("Moved.") if done else _("It stands at the end of the list already."))


def settled(request: HttpRequest, back: str, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect(back)


def refused(
    request: HttpRequest,
    place: Place,
    form: RowForm,
    *,
    status: int,
    row: Any = None,
    stale: Any = (),
    **reason: bool,
) -> HttpResponse:
    """Say why something was not saved, with all that was typed: a fragment for a script, else the page."""
    item = _refused_item(place, form, row or place.row, stale) | reason
    if is_script(request):
        return render(request, STATE, item, status=status)
    item["parts"] = item["form"].parts()
    template, context = place.page(item)
    return render(request, template, context, status=status)


def _refused_item(place: Place, form: RowForm, row: Any, stale: Any) -> dict[str, Any]:
    """The row as the page shows it again: what was typed, what is wrong with it, and what others wrote."""
    again = form.again(row)
    again.is_valid()
    conflicts = [
        part_conflict(
            late.row,
            field=late.field,
            form=form,
            action=place.action,
            stored=form.stored_text(late.row, late.field),
        )
        for late in stale
    ]
    problems = [{"text": text, "href": f"#{place.key}-{name}"} for name, text in again.problems().items()]
    return {
        "place": place,
        "form": again,
        "row": row,
        "is_refused": True,
        "conflicts": conflicts,
        "problems": problems,
    }
