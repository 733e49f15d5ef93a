"""The control of each shape of field. A refusal says in one sentence what to do."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import NOT_OFFERED, Area
from mapping.enums import AnswerKind
from mapping.forms.parts import AddressesField, MandatesField, NutsField, ServicesField
from mapping.models import RegionMap
from mapping.selectors.fields import Choices
from mapping.selectors.kinds import RecordField, RecordKind
from mapping.validators import storable_text, visible_text, web_address


def plain_choices(*, does_not_apply: Any = None) -> list[Any]:
    """The answers that are no value: never a zero."""
    return [
        ("", _("Not answered yet")),
        (AnswerKind.NO_INFORMATION, _("No information")),
        (AnswerKind.DOES_NOT_APPLY, does_not_apply or _("Does not apply")),
    ]


def text_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    limit = {"max_length": _("Shorten this to %(limit_value)d characters. It has %(show_value)d.")}
    area = field.shape == "long"
    return forms.CharField(
        max_length=5000 if area else stored.max_length,
        validators=[storable_text, *(check for check in stored.validators if check is visible_text)],
        widget=Area(attrs={"rows": 4}) if area else forms.TextInput(),
        error_messages=limit,
    )


def address_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    wrong = {"invalid": _("Enter a web address like https://region.eu/strategy.")}
    return forms.URLField(
        max_length=600, validators=[web_address], assume_scheme="https", error_messages=wrong
    )


def one_of(choices: Any, **options: Any) -> forms.Field:
    return forms.ChoiceField(
        choices=choices,
        error_messages={"invalid_choice": NOT_OFFERED, **options.pop("messages", {})},
        **options,
    )


def choice_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    empty = [] if field.required else [("", _("Not known"))]
    return one_of([*empty, *stored.choices])


def flag_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    empty = [] if field.required else [("", _("Not known"))]
    return one_of([*empty, ("yes", _("Yes")), ("no", _("No"))])


def scale_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    steps = [(str(value), f"{value} · {label}") for value, label in stored.choices]
    first, *others = plain_choices()
    return one_of([first, *steps, *others])


def priority_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    first, *others = plain_choices(does_not_apply=_("None, on purpose"))
    return one_of([first, *choices.links["priority"], *others])


def link_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    return one_of([("", _("Choose one") if field.required else _("None")), *choices.links[field.target]])


def many_control(field: RecordField, stored: Any, choices: Choices) -> forms.Field:
    """Boxes to tick, or for codes a list one types into."""
    offered = field.target.choices if field.shape == "choices" else choices.links.get(field.target or "", [])
    widget: forms.Widget = forms.CheckboxSelectMultiple()
    messages = {"invalid_choice": NOT_OFFERED}
    if field.shape == "codes":
        offered = choices.of_lists(field.lists)
        widget = forms.SelectMultiple(attrs={"data-combobox": ""})
        messages = {"invalid_choice": _("There is no code “%(value)s” in this list.")}
    return forms.MultipleChoiceField(choices=offered, widget=widget, error_messages=messages)


CONTROLS: dict[str, Callable[..., forms.Field]] = {
    "text": text_control,
    "long": text_control,
    "address": address_control,
    "choice": choice_control,
    "flag": flag_control,
    "scale": scale_control,
    "priority": priority_control,
    "link": link_control,
    "links": many_control,
    "choices": many_control,
    "codes": many_control,
    "addresses": lambda field, stored, choices: AddressesField(max_length=5000, validators=[storable_text]),
    "services": lambda field, stored, choices: ServicesField(),
    "number": lambda field, stored, choices: forms.IntegerField(
        min_value=0, max_value=1000, error_messages={"invalid": _("Write a whole number, for example 4.")}
    ),
}


def control(*, kind: RecordKind, field: RecordField, choices: Choices, region_map: RegionMap) -> forms.Field:
    """The form field for one field of a row, with its label and hint."""
    columns = {column.name: column for column in kind.model._meta.get_fields()}
    stored = columns.get(field.name)
    made: forms.Field
    if field.shape == "nuts":
        made = NutsField(version=region_map.region.nuts_version)
    elif field.shape == "mandates":
        roles = stored.related_model._meta.get_field("role").choices  # type: ignore[union-attr]
        made = MandatesField(topics=choices.links["priority"], roles=roles)
    else:
        made = CONTROLS[field.shape](field, stored, choices)
    label = str(field.label or getattr(stored, "verbose_name", field.name))
    made.label = label[:1].upper() + label[1:]
    made.help_text = field.hint
    made.required = field.required
    made.error_messages["required"] = _("Fill in “%(label)s”.") % {"label": made.label}
    if hasattr(made.widget, "is_required"):
        made.widget.is_required = field.required
    return made
