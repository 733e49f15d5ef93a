"""The history of a row of a map, field by field; an old version is sent again by the form of its field."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow
from cohes3ion.lib.history_pages import history_page
from mapping.forms.records import RecordForm
from mapping.models import FieldChange
from mapping.selectors.conflicts import sent_again
from mapping.selectors.field_changes import Wording, field_history
from mapping.selectors.fields import field_choices, raw_value
from mapping.selectors.records import RecordPage, merged_into
from mapping.views.records import visible_record


@login_required
def record_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    page = visible_record(request, kind, pk)
    allow(request, "mapping.change_matrix", page.row)
    ids = [pk, *merged_into(page.kind, row=page.row)]
    history = field_history(kind=kind, ids=ids, wording=lambda changes: record_wording(page, changes))
    back = {"address": reverse("mapping:record_edit", args=[kind, pk]), "label": _("Back to the row")}
    return history_page(request, history, title=str(page.row), back=back)


def record_wording(page: RecordPage, changes: list[FieldChange]) -> Wording:
    """Codes and rows are named as they are called now."""
    fields = list(page.kind.fields)
    coded = {field.name for field in fields if field.shape == "codes"}
    keys = {key for change in changes if change.field in coded for key in [*change.before, *change.after]}
    choices = field_choices(region_map=page.region_map, fields=fields, keys=keys)
    form = RecordForm(
        kind=page.kind, fields=fields, region_map=page.region_map, row=page.row, choices=choices
    )

    def inputs(name: str, value: Any) -> list[dict[str, str]] | None:
        spec = page.kind.field(name)
        if not page.writable or spec is None or (spec.whole and not page.may_edit_whole):
            return None
        version = {"name": "version", "value": str(page.row.version_of(name))}
        return [version, {"name": "back", "value": "history"}, *sent_again(value, name=name)]

    return Wording(
        label=lambda name: str(form.fields[name].label) if name in form.fields else "",
        spoken=lambda name, value: spoken(form, name, value),
        now=lambda name: raw_value(page.row, field=page.kind.field(name)),
        action=lambda name: reverse("mapping:field_save", args=[page.kind.name, page.row.pk, name]),
        inputs=inputs,
    )


def spoken(form: RecordForm, name: str, value: Any) -> str:
    """A row that was removed since has no name any more."""
    spec = form.kind.field(name)
    if spec is None:
        return str(value)
    if spec.shape in ("link", "links", "priority"):
        known = {str(key) for key, _label in getattr(form.fields[name], "choices", [])}
        keys = value if isinstance(value, list) else [value]
        words = [form.spoken(spec, key) if str(key) in known else _("(removed)") for key in keys if key]
        return "; ".join(words)
    return form.spoken(spec, value)
