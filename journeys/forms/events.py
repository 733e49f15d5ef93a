"""Forms about events: narrowing the list, the fields of an event, points of its programme, cancelling."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import WRONG_OPTION, line, lines, storable_text
from cohes3ion.lib.zones import ZONES, known_zone, local_moment
from journeys.enums import Audience, EventKind, Mode
from mapping.models import Region
from mapping.validators import web_address

ANY = ("", _("All"))
LINK = {"invalid": _("Enter an address like https://www.example.eu/meeting")}
TYPED = "%Y-%m-%dT%H:%M"


class EventFilter(forms.Form):
    """What a reader narrows the list by. A choice that does not exist is said and narrows nothing."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=100,
        validators=[storable_text],
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    region = forms.ChoiceField(label=_("Region"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ANY, *EventKind.choices])
    mode = forms.ChoiceField(label=_("Where"), required=False, choices=[ANY, *Mode.choices])
    audience = forms.ChoiceField(label=_("Open to"), required=False, choices=[ANY, *Audience.choices])

    def __init__(self, *args: Any, regions: list[Region], **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["region"].choices = [ANY, *((region.slug, region.name) for region in regions)]
        for name in ("region", "kind", "mode", "audience"):
            fields[name].error_messages["invalid_choice"] = _("“%(value)s” is not one of the choices.")

    def wanted(self) -> dict[str, str]:
        self.is_valid()
        return {name: str(value) for name, value in self.cleaned_data.items()}


class ZoneForm(forms.Form):
    """In which zone the reader wants to see times."""

    zone = forms.ChoiceField(
        label=_("Show times also in the zone of"),
        choices=[("", _("No zone chosen")), *((zone, zone) for zone in ZONES)],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        zone = self.initial.get("zone")
        if zone and zone not in ZONES and known_zone(zone):
            field: Any = self.fields["zone"]
            field.choices = [*field.choices, (zone, zone)]


def url_field(label: Any, *, hint: Any = "") -> forms.URLField:
    return forms.URLField(
        label=label,
        help_text=hint,
        required=False,
        max_length=600,
        assume_scheme="https",
        validators=[web_address],
        error_messages=LINK,
    )


def count_field(label: Any, *, least: int, hint: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=least,
        max_value=100_000,
        widget=forms.NumberInput(attrs={"class": "w-xs"}),
        error_messages={
            "invalid": _("Enter a whole number, or leave it empty."),
            "min_value": _("Enter a number from %(limit_value)s."),
            "max_value": _("Enter a number up to %(limit_value)s."),
        },
    )


class EventForm(RowForm):
    """All fields of an event but its times, which are one thing and have a form of their own."""

    joinable = ("summary", "outputs")

    title = line(_("Title"), limit=200, required=_("Write a title, for example “Peer review of plans”."))
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices)
    summary = lines(_("What it is about"), rows=4)
    mode = forms.ChoiceField(
        label=_("Where"), choices=[("", _("Not said yet")), *Mode.choices], required=False
    )
    place = line(_("Place"), limit=300, hint=_("Street and town, and how to get in without steps."))
    online_url = url_field(
        _("Link to take part"), hint=_("Shown to those who have a place, and to organisers. Never public.")
    )
    organiser = line(_("Organiser"), limit=200)
    audience = forms.ChoiceField(label=_("Open to"), choices=Audience.choices)
    takes_registrations = forms.BooleanField(label=_("People can register here"), required=False)
    capacity = count_field(_("Places"), least=1, hint=_("Empty: as many as come."))
    registration_until = forms.CharField(
        label=_("Registration until"),
        required=False,
        help_text=_("In the zone of the event. Empty: until it ends."),
        widget=forms.TextInput(attrs={"type": "datetime-local", "class": "w-m"}),
    )
    recording_url = url_field(_("Recording"))
    captions_note = line(
        _("Captions of the recording"),
        limit=200,
        hint=_("In which languages there are captions, or that there are none."),
    )
    outputs = lines(_("What came out of it"), rows=4)
    people_reached = count_field(_("People who took part"), least=0, hint=_("Empty: not known."))

    def clean_registration_until(self) -> dt.datetime | None:
        typed = self.cleaned_data["registration_until"].strip()
        if not typed:
            return None
        try:
            moment = dt.datetime.fromisoformat(typed)
        except ValueError as error:
            raise forms.ValidationError(_("Enter a day and a time, for example 2026-11-30 18:00.")) from error
        if not 1990 <= moment.year <= 2100:
            raise forms.ValidationError(_("Enter a year between 1990 and 2100."))
        return local_moment(moment.date(), moment.time().replace(second=0, microsecond=0), self.row.time_zone)

    @classmethod
    def held(cls, row: Any, name: str) -> Any:
        value = super().held(row, name)
        if name == "registration_until" and value is not None:
            return value.astimezone(ZoneInfo(row.time_zone)).strftime(TYPED)
        return value


class PointForm(RowForm):
    starts = forms.TimeField(
        label=_("From"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time, for example 09:30.")},
    )
    title = line(_("What"), limit=300, required=_("Write what happens at this point."))
    speakers = line(_("Who"), limit=300)

    @classmethod
    def held(cls, row: Any, name: str) -> Any:
        value = super().held(row, name)
        return value.strftime("%H:%M") if name == "starts" and value is not None else value


class DayPointForm(PointForm):
    """Of an event of several days; the days come with the row's choices."""

    day = forms.TypedChoiceField(label=_("Day"), coerce=int, error_messages=WRONG_OPTION)
    field_order = ("day", "starts", "title", "speakers")


class CancelForm(forms.Form):
    reason = lines(
        _("Why it is cancelled"),
        limit=1000,
        required=_("Write why, so that people understand. It goes into the mail."),
    )
