"""Reads what was typed into fields of a row: one of them when it is saved in place, several for a new row."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mapping.enums import AnswerKind
from mapping.forms.controls import control
from mapping.models import Code, RegionMap
from mapping.selectors.fields import Choices, field_choices, raw_value, spoken_value
from mapping.selectors.kinds import Change, RecordField, RecordKind
from mapping.selectors.twins import above, same_named, same_tie

PLAIN = (AnswerKind.NO_INFORMATION, AnswerKind.DOES_NOT_APPLY)


class RecordForm(forms.Form):
    def __init__(
        self,
        data: Any = None,
        *,
        kind: RecordKind,
        fields: list[RecordField],
        region_map: RegionMap,
        row: Any = None,
        choices: Choices | None = None,
    ) -> None:
        self.kind, self.specs, self.region_map, self.row = kind, fields, region_map, row
        initial = {field.name: raw_value(row, field=field) for field in fields} if row else None
        super().__init__(data, initial=initial, auto_id="%s")
        if choices is None:
            keys = self.code_keys(data, initial or {})
            choices = field_choices(region_map=region_map, fields=fields, keys=keys)
        for field in fields:
            made = control(kind=kind, field=field, choices=choices, region_map=region_map)
            if row is not None and field.target == kind.name:
                made.choices = [pair for pair in made.choices if pair[0] != str(row.pk)]  # type: ignore[attr-defined]
            self.fields[field.name] = made

    def code_keys(self, data: Any, initial: dict[str, Any]) -> list[str]:
        """Codes that a list must hold to be shown: the stored ones and those that were chosen."""
        names = [field.name for field in self.specs if field.shape == "codes"]
        chosen = [key for name in names if data is not None for key in data.getlist(name)]
        return [*chosen, *(key for name in names for key in initial.get(name, []))]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self.check_title(values)
        if self.kind.name == "tie":
            self.check_tie(values)
        if self.row is not None and values.get("parents"):
            self.check_parents(values["parents"])
        return values

    def check_title(self, values: dict[str, Any]) -> None:
        """Two rows of the same name would be one row twice."""
        title = self.kind.title
        if title not in values and self.kind.within not in values:
            return
        name = values.get(title) or getattr(self.row, title, "")
        place = values.get(self.kind.within) or getattr(self.row, f"{self.kind.within}_id", None)
        twin = same_named(kind=self.kind, region_map=self.region_map, name=name, place=place, but=self.row)
        if twin is not None:
            field = title if title in self.fields else self.kind.within
            self.add_error(
                field, ValidationError(_("There is already “%(name)s”."), params={"name": str(twin)})
            )

    def check_tie(self, values: dict[str, Any]) -> None:
        ends = {
            name: values.get(name) or getattr(self.row, f"{name}_id", "") for name in ("source", "target")
        }
        kind = values.get("kind") or getattr(self.row, "kind", "")
        shown = next((name for name in ("target", "source", "kind") if name in self.fields), None)
        if not all(ends.values()):
            return
        if str(ends["source"]) == str(ends["target"]):
            self.add_error(shown, _("A tie joins two different actors. Choose another one."))
        elif same_tie(region_map=self.region_map, ends=ends, kind=kind, but=self.row):
            self.add_error(shown, _("There is already a tie of this kind between the two."))

    def check_parents(self, parents: list[str]) -> None:
        """A unit may have several parents, but never lies inside itself."""
        for parent in parents:
            if self.row.pk in above(int(parent), region_map=self.region_map):
                self.add_error("parents", _("A unit cannot lie in itself, nor in a unit that lies in it."))
                return

    def change(self, field: RecordField) -> Change:
        """What this field's cleaned value writes."""
        value = self.cleaned_data[field.name]
        name = field.name
        if field.shape in ("nuts", "services", "mandates"):
            return Change(field=field, rows=value)
        if field.shape == "codes":
            return Change(
                field=field, links=list(Code.objects.filter(key__in=value).values_list("pk", flat=True))
            )
        if field.shape == "links":
            return Change(field=field, links=[int(pk) for pk in value])
        if field.shape in ("scale", "priority"):
            return Change(field=field, values=answered(field, value))
        if field.shape == "link":
            return Change(field=field, values={f"{name}_id": int(value) if value else None})
        if field.shape == "flag":
            return Change(field=field, values={name: {"yes": True, "no": False}.get(value)})
        return Change(field=field, values={name: value})

    def spoken(self, field: RecordField, raw: Any) -> str:
        """A value of this field in words, for the reader."""
        labels = {str(value): str(label) for value, label in getattr(self.fields[field.name], "choices", [])}
        return spoken_value(raw, labels={key: label for key, label in labels.items() if key})

    def typed(self, field: RecordField) -> Any:
        """What was sent for this field, accepted or not."""
        return self[field.name].value()


def answered(field: RecordField, value: str) -> dict[str, Any]:
    """The columns of a value with its answer: a number, a row, or why there is none."""
    column = field.name if field.shape == "scale" else f"{field.name}_id"
    answer = f"{field.name}_answer"
    if not value:
        return {answer: AnswerKind.UNANSWERED, column: None}
    if value in PLAIN:
        return {answer: value, column: None}
    return {answer: AnswerKind.VALUE, column: int(value)}
