"""The history of what a region concludes, field by field."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow
from cohes3ion.lib.history_pages import history_page
from governance.views.synthesis import Part, found_part, reached_map
from mapping.selectors.conflicts import sent_again
from mapping.selectors.field_changes import Wording, field_history
from mapping.selectors.records import is_open
from mapping.services.field_changes import as_sent


@login_required
def synthesis_history(request: HttpRequest, pk: int, kind: str, name: str) -> HttpResponse:
    place = found_part(request, reached_map(request, pk), kind, name)
    allow(request, "governance.change_synthesis", place.region_map)
    may_write = is_open(place.region_map) and (
        kind != "target" or request.user.has_perm("governance.change_target", place.region_map)
    )
    ids = [place.row.pk] if place.row.pk else []
    history = field_history(
        kind=kind, ids=ids, wording=lambda _changes: synthesis_wording(place, may_write=may_write)
    )
    back = {"address": place.back, "label": _("Back to the synthesis")}
    return history_page(request, history, title=title_of(place), back=back)


def title_of(place: Part) -> str:
    if place.kind == "target":
        return f"{_('Needed level')}: {place.row.get_dimension_display()}"
    return _("Conclusions") if place.kind == "conclusions" else str(place.row)


def synthesis_wording(place: Part, *, may_write: bool) -> Wording:
    form = place.form()

    def inputs(name: str, value: Any) -> list[dict[str, str]] | None:
        if not may_write or name not in form.fields:
            return None
        about = [
            {"name": "field", "value": name},
            {"name": "version", "value": str(place.row.version_of(name))},
        ]
        return [*about, *(sent_again(value, name=name) or [{"name": name, "value": ""}])]

    def spoken(name: str, value: Any) -> str:
        words = form.spoken(name, ",".join(value) if isinstance(value, list) else value)
        return "" if words == _("(empty)") else words

    return Wording(
        label=lambda name: str(form.fields[name].label) if name in form.fields else "",
        spoken=spoken,
        now=lambda name: as_sent(place.row, field=name),
        action=lambda _name: place.action,
        inputs=inputs,
    )
