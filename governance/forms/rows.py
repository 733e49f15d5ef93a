"""A form for one row whose fields are versioned one by one: what was typed, what is stored, what to write."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.versions import parse_version
from governance.forms.answers import Change, one_kind_of_line_end


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A field as the page shows it: its control, the version it is based on, and what stood there."""

    field: Any
    name: str
    version: str
    was: str
    # Sent with boxes, of which a browser sends only those that are ticked.
    boxes: bool


class RowForm(forms.Form):
    """Fields of one row. Only what the person changed is written, each field on its own version."""

    # Texts of which two may be kept, one below the other.
    joinable: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, *, row: Any = None, key: str = "new", units: Iterable[Any] = ()
    ) -> None:
        self.row, self.key, self.units = row, key, list(units)
        initial = {name: held(row, name) for name in self.base_fields} if row is not None else None
        super().__init__(data, initial=initial, auto_id=f"{key}-%s", use_required_attribute=False)
        if "units" in self.fields:
            self.fields["units"].choices = [(unit.pk, unit.name) for unit in self.units]  # type: ignore[attr-defined]

    def clean_units(self) -> list[int]:
        return sorted(self.cleaned_data["units"])

    def add_prefix(self, field_name: str) -> str:
        return field_name

    def sent(self, name: str) -> bool:
        return name in self.data

    def typed(self, name: str) -> str:
        """What was typed, in one text."""
        if name == "units":
            return ",".join(sorted(filter(None, self.data.getlist(name))))
        return one_kind_of_line_end(self.data.get(name, ""))

    def left_alone(self, name: str) -> bool:
        before = self.data.get(f"was_{name}")
        return before is not None and one_kind_of_line_end(before) == self.typed(name)

    def touched(self) -> list[str]:
        """The fields that were sent and that the person changed."""
        return [name for name in self.fields if self.sent(name) and not self.left_alone(name)]

    def version_text(self, name: str) -> str | None:
        alone = self.data.get("version") if self.data.get("field") == name else None
        return self.data.get(f"version_{name}") or alone or None

    def changes(self) -> list[Change]:
        """What is accepted, in page order. Raises VersionMissing."""
        return [
            Change(field=name, values=self.columns(name), version=parse_version(self.version_text(name)))
            for name in self.touched()
            if name in self.cleaned_data
        ]

    def columns(self, name: str) -> dict[str, Any]:
        value = self.cleaned_data[name]
        if name == "is_chosen":
            day = getattr(self.row, "chosen_on", None) or timezone.localdate()
            return {name: value, "chosen_on": day if value else None}
        return {name: value}

    def problems(self) -> dict[str, str]:
        """Why fields were not accepted; those that were not sent are not missed."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if self.sent(name)}

    def again(self, row: Any) -> Self:
        """The form with what was typed, over what is stored now."""
        data = self.data.copy()
        for name in set(self.fields) - set(self.touched()):
            data.setlist(name, as_sent(row, name))
        return type(self)(data, row=row, key=self.key, units=self.units)

    def parts(self) -> list[ShownPart]:
        return [self.part(name) for name in self.fields]

    def part(self, name: str) -> ShownPart:
        was = stored_text(self.row, name)
        kept = self.is_bound and self.typed(name) != was
        version = self.version_text(name) or "" if kept else str(self.row.version_of(name))
        return ShownPart(
            field=self[name], name=name, version=version, was=was, boxes=name in ("units", "is_chosen")
        )

    def spoken(self, name: str, text: str) -> str:
        """A value in words, for the choice between two of them."""
        labels = {str(value): str(label) for value, label in getattr(self.fields[name], "choices", [])}
        if name == "is_chosen":
            labels = {"on": str(_("Yes")), "": str(_("No"))}
        words = [labels.get(word, word) for word in text.split(",")] if labels else [text]
        return ", ".join(words) or str(_("(empty)"))


def held(row: Any, name: str) -> Any:
    """A stored field as Django's controls take it."""
    return [unit.pk for unit in row.units.all()] if name == "units" else getattr(row, name)


def as_sent(row: Any, name: str) -> list[str]:
    """A stored field as a browser would send it."""
    value = held(row, name)
    if isinstance(value, bool):
        return ["on"] if value else [""]
    if isinstance(value, list):
        return sorted(str(pk) for pk in value)
    return ["" if value is None else str(value)]


def stored_text(row: Any, name: str) -> str:
    return ",".join(as_sent(row, name))
