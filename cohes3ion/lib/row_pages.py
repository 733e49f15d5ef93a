"""How a row is saved from a page: field by field, by a script or as a whole form.

What is stale or not accepted never keeps the rest back, and comes back with all that was typed.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cohes3ion.lib.row_conflicts import part_conflict
from cohes3ion.lib.row_forms import Choices, RowForm
from cohes3ion.lib.scripts import is_script
from cohes3ion.lib.versions import StaleVersion, VersionMissing

STATE = "rows/_state.html"
# Writes the changes of a row (row, changes, by); gives the row as it stands now, and what was stale.
Save = Callable[..., tuple[Any, list[StaleVersion]]]


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
    # Of two values both can be kept, whatever the field: a talk about them is opened.
    is_discussed: bool = False
    # The page with every version of its fields; none: what comes too late is kept on this page only.
    history: str = ""

    def form(self, data: Any = None) -> RowForm:
        """With `data`: what was sent; when both texts are to be kept, one below the other."""
        joined = None if data is None else self.form_class.both_kept(data, row=self.row)
        return self.form_class(joined, row=self.row, key=self.key, choices=self.choices)

    def shown(self) -> dict[str, Any]:
        """What templates show of the row when nothing went wrong: rows/_parts.html."""
        form = self.form()
        return {"place": self, "form": form, "parts": form.parts(), "row": self.row}


def save_row(request: HttpRequest, place: Place, *, save: Save) -> HttpResponse:
    """Save the fields that were sent; one that is stale or not accepted never keeps the others back."""
    if request.POST.get("choice") == "theirs":
        return settled(request, place.back, _("The other text stands. Yours was not saved."))
    form = place.form(request.POST)
    form.is_valid()
    try:
        row, stale = save(row=place.row, changes=form.changes(), by=request.user)
    except VersionMissing:
        return refused(request, place, form, status=428, no_version=True)
    return outcome(request, place, form, row=row, stale=stale, sentence=_("Saved."))


def outcome(
    request: HttpRequest, place: Place, form: RowForm, *, row: Any, stale: list[StaleVersion], sentence: str
) -> HttpResponse:
    """What came of saving: `sentence`, for a script the new version, or why something was not saved."""
    if stale or form.problems():
        return refused(request, place, form, status=409 if stale else 422, row=row, stale=stale)
    if not is_script(request):
        return settled(request, place.back, sentence)
    reply = render(request, STATE, {"saved": True})
    reply["X-Version"] = str(row.version_of(next((name for name in form.fields if form.sent(name)), "")))
    return reply


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
    about = {"form": form, "action": place.action, "is_discussed": place.is_discussed}
    about["history"] = place.history
    problems = [{"text": text, "href": f"#{place.key}-{name}"} for name, text in again.problems().items()]
    return {
        "place": place,
        "form": again,
        "row": row,
        "is_refused": True,
        "conflicts": [part_conflict(late.row, field=late.field, **about) for late in stale],
        "problems": problems,
        "typed": [(form.fields[name].label, form.spoken(name, form.typed(name))) for name in form.touched()],
    }
