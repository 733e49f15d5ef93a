"""Setting up a round: its name, its dates in a time zone, its questionnaire, its regions."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.zones import ZONES
from governance.models import QuestionnaireVersion
from mapping.models import Exercise
from mapping.validators import storable_text, visible_text

PAST = _(
    "This moment has passed, so the round would be closed at once. Choose a later day; to close the round "
    "now, press “Close the round”."
)


class RoundForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the round"),
        max_length=120,
        validators=[storable_text, visible_text],
        error_messages={"required": _("Enter a name, for example “Round 2027”.")},
    )
    slug = forms.SlugField(
        label=_("Short name in addresses"),
        max_length=60,
        help_text=_("Small letters, numbers and hyphens. It cannot be changed later."),
        error_messages={
            "required": _("Enter a short name, for example my-partnership-2027."),
            "invalid": _("Use only letters without accents, numbers, hyphens and underscores."),
        },
    )
    questionnaire = forms.ModelChoiceField(
        label=_("Questionnaire"),
        queryset=QuestionnaireVersion.objects.none(),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose a published questionnaire."),
            "invalid_choice": _("Choose one of the published questionnaires."),
        },
    )
    opens_on = forms.DateField(
        label=_("Opens on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date, for example 2026-11-30.")},
    )
    due_on = forms.DateField(
        label=_("Due on"),
        required=False,
        help_text=_("Lists of work and reminders go by it. It closes nothing."),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date, for example 2026-11-30.")},
    )
    closes_on = forms.DateField(
        label=_("Last day for answers"),
        required=False,
        help_text=_("After it nobody can write. Empty: until you close the round."),
        widget=forms.DateInput(attrs={"type": "date", "class": "w-s"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date, for example 2026-11-30.")},
    )
    closes_time = forms.TimeField(
        label=_("Until"),
        required=False,
        initial=dt.time(18, 0),
        widget=forms.TimeInput(attrs={"type": "time", "class": "w-s"}, format="%H:%M"),
        error_messages={"invalid": _("Enter a time, for example 18:00.")},
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[(zone, zone) for zone in ZONES], initial=settings.TIME_ZONE
    )

    def __init__(self, *args: Any, versions: Any, exercise: Exercise | None = None, **more: Any) -> None:
        super().__init__(*args, **more)
        self.exercise = exercise
        fields: dict[str, Any] = self.fields
        fields["questionnaire"].queryset = versions
        if exercise is None:
            fields["due_on"].help_text = _("Lists of work and reminders go by it. Empty: the last day.")
            return
        del fields["slug"]
        if exercise.time_zone not in ZONES:
            fields["time_zone"].choices = [(zone, zone) for zone in (exercise.time_zone, *ZONES)]

    def clean_slug(self) -> str:
        slug = str(self.cleaned_data["slug"]).lower()
        if Exercise.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("This short name is taken. Choose another one."))
        return slug

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        opens, due, last = (data.get(name) for name in ("opens_on", "due_on", "closes_on"))
        if opens and last and last < opens:
            self.add_error("closes_on", _("The last day lies before the first one."))
        if opens and due and due < opens:
            self.add_error("due_on", _("This day lies before the first one."))
        if self.errors:
            return data
        closes = self.closes_at()
        if closes and closes != self.stored_end() and closes <= timezone.now():
            self.add_error("closes_on", PAST)
        return data

    def stored_end(self) -> dt.datetime | None:
        return self.exercise.closes_at if self.exercise else None

    def closes_at(self) -> dt.datetime | None:
        """The last moment for answers. Without a time the last day ends at midnight.

        The form shows minutes: a moment that was not touched stays what it is, to the second.
        """
        data = self.cleaned_data
        if self.exercise is not None:
            shown = round_values(self.exercise, version_id=None)
            if all(data[name] == shown[name] for name in ("closes_on", "closes_time", "time_zone")):
                return self.exercise.closes_at
        if not data["closes_on"]:
            return None
        moment = dt.datetime.combine(data["closes_on"], data["closes_time"] or dt.time(23, 59, 59))
        return moment.replace(tzinfo=ZoneInfo(data["time_zone"]))

    def values(self) -> dict[str, Any]:
        """The columns of the round. What is due and what closes are two days; a new round may name one."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "opens_on": data["opens_on"],
            "due_on": data["due_on"] or (data["closes_on"] if self.exercise is None else None),
            "closes_at": self.closes_at(),
            "time_zone": data["time_zone"],
        }


def round_values(exercise: Exercise, *, version_id: int | None) -> dict[str, Any]:
    """A round as its form shows it."""
    closes = exercise.closes_at
    local = closes.astimezone(ZoneInfo(exercise.time_zone)) if closes else None
    return {
        "name": exercise.name,
        "questionnaire": version_id,
        "opens_on": exercise.opens_on,
        "due_on": exercise.due_on,
        "closes_on": local.date() if local else None,
        "closes_time": local.time().replace(second=0, microsecond=0) if local else None,
        "time_zone": exercise.time_zone,
    }


def round_differences(form: RoundForm, stored: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """Both sides of each field that reads differently: its label, what stands there, what was sent."""
    sent = form.cleaned_data
    return [
        (str(form.fields[name].label), value, sent.get(name))
        for name, value in stored.items()
        if value != sent.get(name)
    ]


class RegionForm(forms.Form):
    """A region of the partnership that takes part, or a new one by its NUTS code."""

    region = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    code = forms.CharField(required=False, max_length=5)
    name = forms.CharField(required=False, max_length=120, validators=[storable_text])
