"""When an event is: days, hours and a zone, checked together, with hours that clocks skip or show twice."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import line
from cohes3ion.lib.zones import ZONES, known_zone, local_moment
from journeys.enums import Audience, EventKind
from journeys.models import Event
from journeys.selectors.event_times import days_of, local_span

MIDNIGHT = dt.time(0, 0)
LONGEST = dt.timedelta(days=60)
YEARS = (1990, 2100)


def day_field(label: Any, *, required: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required is not None,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": _("Enter a date, for example 2026-11-30."),
            **({"required": required} if required else {}),
        },
    )


def time_field(label: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        required=False,
        widget=forms.TimeInput(attrs={"type": "time", "class": "w-s"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time, for example 09:30.")},
    )


class TimesForm(forms.Form):
    is_all_day = forms.BooleanField(label=_("Whole days, without hours"), required=False)
    first_day = day_field(_("First day"), required=_("Enter the first day, for example 2026-11-30."))
    starts = time_field(_("From"))
    last_day = day_field(_("Last day"), required=None)
    ends = time_field(_("Until"))
    time_zone = forms.ChoiceField(
        label=_("Time zone of the place"),
        choices=[(zone, zone) for zone in ZONES],
        initial="Europe/Brussels",
        error_messages={"invalid_choice": _("Choose one of the time zones shown.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **kwargs)
        fields: dict[str, Any] = self.fields
        zone = self.initial.get("time_zone")
        if zone and zone not in ZONES and known_zone(zone):
            fields["time_zone"].choices = [*fields["time_zone"].choices, (zone, zone)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first = data.get("first_day")
        if first is None or "time_zone" not in data or {"last_day", "starts", "ends"} & set(self.errors):
            return data
        if not YEARS[0] <= first.year <= YEARS[1]:
            self.add_error("first_day", _("Enter a year between 1990 and 2100."))
            return data
        last = data.get("last_day") or first
        if last < first:
            self.add_error("last_day", _("The last day lies before the first one."))
        elif last - first > LONGEST:
            self.add_error("last_day", _("An event lasts 60 days at most. Make several of it."))
        elif data["is_all_day"]:
            self.starts_at = self._midnight(first)
            self.ends_at = self._midnight(last + dt.timedelta(days=1))
        else:
            self._check_hours(first, last)
        return data

    def _midnight(self, day: dt.date) -> dt.datetime:
        """Whole days are days; a zone whose clocks skip midnight begins its day a little later."""
        return dt.datetime.combine(day, MIDNIGHT, tzinfo=ZoneInfo(self.cleaned_data["time_zone"]))

    def _check_hours(self, first: dt.date, last: dt.date) -> None:
        data, zone = self.cleaned_data, self.cleaned_data["time_zone"]
        for name in ("starts", "ends"):
            if data.get(name) is None:
                self.add_error(name, _("Enter a time, for example 09:30, or tick “Whole days”."))
        if {"starts", "ends"} & set(self.errors):
            return
        moments = {}
        for name, day in (("starts", first), ("ends", last)):
            try:
                moments[name] = local_moment(day, data[name], zone)
            except ValidationError as refusal:
                self.add_error(name, refusal)
        if len(moments) == 2:
            self.starts_at, self.ends_at = moments["starts"], moments["ends"]
            if self.ends_at.astimezone(dt.UTC) <= self.starts_at.astimezone(dt.UTC):
                self.add_error("ends", _("The end lies before the start. Change the time or the last day."))

    def moments(self) -> dict[str, Any]:
        """The columns of the event."""
        return {
            "starts_at": self.starts_at,
            "ends_at": self.ends_at,
            "is_all_day": self.cleaned_data["is_all_day"],
            "time_zone": self.cleaned_data["time_zone"],
        }


def shown_times(event: Event) -> dict[str, Any]:
    """An event's times as the form shows them."""
    (first, end), days = local_span(event), days_of(event)
    return {
        "is_all_day": event.is_all_day,
        "first_day": days[0],
        "starts": None if event.is_all_day else first.time(),
        "last_day": days[1] if event.is_all_day else end.date(),
        "ends": None if event.is_all_day else end.time(),
        "time_zone": event.time_zone,
    }


class NewEventForm(TimesForm):
    """What an event needs to exist; the rest is written on its own page."""

    title = line(_("Title"), limit=200, required=_("Write a title, for example “Peer review of plans”."))
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices, initial=EventKind.MEETING)
    place = forms.ChoiceField(
        label=_("Hosted by"),
        error_messages={
            "required": _("Choose who hosts it."),
            "invalid_choice": _("Choose one of the places shown."),
        },
    )
    audience = forms.ChoiceField(
        label=_("Open to"),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        initial=Audience.PUBLIC,
        error_messages={"required": _("Say who may come.")},
    )
    field_order = ("title", "kind", "place", "audience", "is_all_day")
    copied = ("title", "kind", "audience")

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["place"].choices = places
