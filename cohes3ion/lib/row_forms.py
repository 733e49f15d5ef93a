"""A form for one row whose fields are versioned one by one: what was typed, what is stored, what to write."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.versions import parse_version

# What may be chosen in a field: (value, words).
Choices = Mapping[str, Sequence[tuple[Any, Any]]]


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field of a row as it is to stand: its columns, and the version the person saw."""

    field: str
    values: dict[str, Any]
    version: int

    def with_values(self, **values: Any) -> "Change":
        return replace(self, values=values)


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A field as the page shows it: its control, the version it is based on, and what stood there."""

    field: Any
    name: str
    version: str
    was: str
    # Sent with boxes, of which a browser sends only those that are ticked.
    boxes: bool


def one_kind_of_line_end(text: str) -> str:
    """Browsers send other line ends with a form than from a script; the text is the same."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def sent_text(value: Any) -> str:
    """A value as a browser would send it; a number without the zeros of its column."""
    if isinstance(value, bool):
        return "on" if value else ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    return "" if value is None else str(value)


def one_below_the_other(*, theirs: str, mine: str, between: str = "\n\n") -> str:
    """Theirs first, then mine; one that is part of the other is not repeated."""
    return theirs if mine in theirs else mine if theirs in mine else f"{theirs}{between}{mine}"


class RowForm(forms.Form):
    """Fields of one row. Only what the person changed is written, each field on its own version.

    `choices` fills fields whose choices depend on the row, such as the units of a map.
    """

    # Texts of which two may be kept, one below the other.
    joinable: ClassVar[tuple[str, ...]] = ()
    # Links to other rows; their form fields are boxes and their values keys.
    many: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self, data: Any = None, *, row: Any = None, key: str = "new", choices: Choices | None = None
    ) -> None:
        self.row, self.key, self.choices = row, key, dict(choices or {})
        initial = {name: self.held(row, name) for name in self.base_fields} if row is not None else None
        super().__init__(data, initial=initial, auto_id=f"{key}-%s", use_required_attribute=False)
        for name in self.choices.keys() & self.fields.keys():
            self.fields[name].choices = self.choices[name]  # type: ignore[attr-defined]

    def add_prefix(self, field_name: str) -> str:
        return field_name

    def sent(self, name: str) -> bool:
        return name in self.data

    def typed(self, name: str) -> str:
        """What was typed, in one text."""
        if name in self.many:
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
        """The columns a field writes; those of a link are the keys it leads to."""
        value = self.cleaned_data[name]
        return {name: sorted(value) if name in self.many else value}

    def problems(self) -> dict[str, str]:
        """Why fields were not accepted; those that were not sent are not missed."""
        return {name: str(errors[0]) for name, errors in self.errors.items() if self.sent(name)}

    def again(self, row: Any) -> Self:
        """The form with what was typed, over what is stored now."""
        data = self.data.copy()
        for name in set(self.fields) - set(self.touched()):
            data.setlist(name, self.as_sent(row, name))
        return type(self)(data, row=row, key=self.key, choices=self.choices)

    def parts(self) -> list[ShownPart]:
        return [self.part(name) for name in self.fields]

    def part(self, name: str) -> ShownPart:
        was = self.stored_text(self.row, name)
        kept = self.is_bound and self.typed(name) != was
        version = self.version_text(name) or "" if kept else str(self.row.version_of(name))
        is_box = name in self.many or isinstance(self.fields[name], forms.BooleanField)
        return ShownPart(field=self[name], name=name, version=version, was=was, boxes=is_box)

    def spoken(self, name: str, text: str) -> str:
        """A value in words, for the choice between two of them."""
        labels = {str(value): str(label) for value, label in getattr(self.fields[name], "choices", [])}
        if isinstance(self.fields[name], forms.BooleanField):
            labels = {"on": str(_("Yes")), "": str(_("No"))}
        words = [labels.get(word, word) for word in text.split(",")] if labels else [text]
        return ", ".join(words) or str(_("(empty)"))

    @classmethod
    def both_kept(cls, data: Any, *, row: Any) -> Any:
        """What was sent; when both texts of a field are to be kept, below or beside each other."""
        name = data.get("field", "")
        if data.get("choice") != "both" or name not in cls.joinable:
            return data
        joined = data.copy()
        theirs, mine = cls.stored_text(row, name), one_kind_of_line_end(data.get(name, ""))
        between = "\n\n" if isinstance(cls.base_fields[name].widget, forms.Textarea) else " / "
        joined[name] = one_below_the_other(theirs=theirs, mine=mine, between=between)
        return joined

    @classmethod
    def held(cls, row: Any, name: str) -> Any:
        """A stored field as Django's controls take it; a number without the zeros of its column."""
        if name in cls.many:
            return [linked.pk for linked in getattr(row, name).all()]
        value = getattr(row, name)
        return sent_text(value) if isinstance(value, Decimal) else value

    @classmethod
    def as_sent(cls, row: Any, name: str) -> list[str]:
        """A stored field as a browser would send it."""
        value = cls.held(row, name)
        return sorted(str(pk) for pk in value) if isinstance(value, list) else [sent_text(value)]

    @classmethod
    def stored_text(cls, row: Any, name: str) -> str:
        return ",".join(cls.as_sent(row, name))
