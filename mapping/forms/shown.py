"""The fields of a row as its page shows them: each a form of its own, stored or as typed after a refusal."""

from dataclasses import dataclass
from typing import Any

from mapping.forms.records import RecordForm
from mapping.models import Code
from mapping.selectors.codes import suggested_codes
from mapping.selectors.fields import field_choices, raw_value
from mapping.selectors.kinds import RecordField
from mapping.selectors.records import RecordPage


@dataclass(frozen=True, kw_only=True)
class ShownField:
    spec: RecordField
    bound: Any
    version: str
    writable: bool
    spoken: str
    provenance: str
    suggestions: list[Code]


def shown_fields(page: RecordPage, *, typed: RecordForm | None = None) -> list[ShownField]:
    """All fields of a row; a refused one keeps what was typed and the version it was based on."""
    fields = list(page.kind.fields)
    keys = [key for field in fields if field.shape == "codes" for key in raw_value(page.row, field=field)]
    choices = field_choices(region_map=page.region_map, fields=fields, keys=keys)
    stored = RecordForm(
        kind=page.kind, fields=fields, region_map=page.region_map, row=page.row, choices=choices
    )
    return [shown_field(page, stored=stored, spec=field, typed=typed) for field in fields]


def shown_field(
    page: RecordPage, *, stored: RecordForm, spec: RecordField, typed: RecordForm | None
) -> ShownField:
    form = typed if typed is not None and spec.name in typed.fields else stored
    raw = raw_value(page.row, field=spec)
    version = str(page.row.version_of(spec.name))
    if form is typed and typed is not None:
        version = typed.data.get("version") or ""
    return ShownField(
        spec=spec,
        bound=form[spec.name],
        version=version,
        writable=page.writable and (page.may_edit_whole or not spec.whole),
        spoken=stored.spoken(spec, raw),
        provenance=page.row.field_provenance.get(spec.name, ""),
        suggestions=suggestions(page, spec=spec, chosen=raw) if spec.lists and page.writable else [],
    )


def suggestions(page: RecordPage, *, spec: RecordField, chosen: list[str]) -> list[Code]:
    """Codes that the row's own words bring to mind, as long as it has none."""
    if chosen or spec.name == "policy":
        return []
    words = f"{page.row} {getattr(page.row, 'description', '')}"
    return suggested_codes(lists=spec.lists, text=words)
