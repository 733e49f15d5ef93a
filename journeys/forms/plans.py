"""What the pages of action plans send: fields of a row, each with the version it was based on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.file_forms import TakenFileForm
from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import WRONG_OPTION, line, lines, links
from journeys.enums import ActionState
from journeys.forms.lists import ListedForm, addresses, not_found
from journeys.models import Action, ActionPlan
from mapping.validators import web_address

NO_DAY = _("Write the day as it is on a calendar, for example 2026-03-31.")
NO_NUMBER = _("Write a number in digits, for example 12.5.")
TOO_LARGE = _("Write a smaller number: at most 14 digits before the point and 4 behind it.")


def day(label: Any, *, hint: Any = "", required: Any = None) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=required is not None,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": NO_DAY, **({"required": required} if required else {})},
    )


def number(label: Any, *, hint: Any = "", required: Any = None) -> forms.DecimalField:
    sizes = dict.fromkeys(("max_digits", "max_decimal_places", "max_whole_digits"), TOO_LARGE)
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=required is not None,
        max_digits=18,
        decimal_places=4,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages={"invalid": NO_NUMBER, **sizes, **({"required": required} if required else {})},
    )


class PlanForm(ListedForm):
    many = named = ("unknown",)
    joinable = ("policy_context", "background", "instrument_change", "sources")
    title = line(_("Title"), limit=200, required=_("Give the plan a title."))
    organisation = line(_("Partner organisation"), limit=200)
    policy_instrument = line(
        _("Policy instrument"), limit=300, hint=_("The programme or fund that the plan wants to improve.")
    )
    policy_context = lines(_("Policy context"), limit=10000, rows=5)
    background = lines(
        _("Background"), limit=10000, rows=5, hint=_("How the plan came about: the map, the visits.")
    )
    instrument_change = lines(
        _("What changed in the instrument"),
        hint=_("Later: a call, a criterion, money. Empty: not known."),
    )
    signed_on = day(_("Signed on"))
    signed_by = line(_("Signed by"), limit=200, hint=_("The body, not the person."))
    sources = addresses()
    unknown = not_found(ActionPlan, ("policy_instrument", "policy_context", "background", "signed_on"))


class ActionForm(ListedForm):
    joinable = ("background", "description", "players", "funding", "progress", "result", "sources")
    linked = ("areas", "practices", "takeaways")
    named = ("unknown",)
    many = (*linked, *named)
    title = line(_("Title"), limit=300, required=_("Give the action a title."))
    areas = links(_("Areas of improvement it answers"))
    background = lines(_("Background"), hint=_("What was learned, and where."))
    description = lines(_("Action"), rows=5, hint=_("What will be done, step by step."))
    players = lines(_("Players involved"), hint=_("Bodies and what each of them does."))
    timeframe = line(_("Timeframe"), limit=120, hint=_("For example: January 2021 to June 2022."))
    due_on = day(_("Due on"))
    costs = line(_("Indicative costs"), limit=200)
    funding = lines(_("Indicative funding sources"), limit=2000, rows=2)
    practices = links(_("Practices it builds on"))
    takeaways = links(_("Takeaways it comes from"))
    progress = lines(_("Progress in words"))
    result = lines(_("Result"), hint=_("What is different now, and how one can see it."))
    sources = addresses()
    unknown = not_found(Action, ("description", "players", "timeframe", "costs", "funding", "result"))

    def __init__(self, *words: Any, **named: Any) -> None:
        super().__init__(*words, **named)
        for name in self.linked:
            if not self.choices.get(name):  # nothing to tick: a heading without boxes would only puzzle
                del self.fields[name]


class MilestoneForm(RowForm):
    title = line(_("Milestone"), limit=300, required=_("Say what will be reached."))
    due_on = day(_("Due on"))
    done_on = day(_("Done on"))


class IndicatorForm(RowForm):
    name = line(_("Indicator"), limit=300, required=_("Say what is counted or measured."))
    unit = line(_("Unit"), limit=40, hint=_("For example: firms, %, million EUR."))
    baseline = number(_("Baseline"), hint=_("Empty: not known. That is no zero."))
    baseline_on = day(_("Baseline from"))
    target = number(_("Target"))
    target_on = day(_("Target for"))

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or self.cleaned_data
        before = found.get("baseline_on", getattr(self.row, "baseline_on", None))
        after = found.get("target_on", getattr(self.row, "target_on", None))
        if before and after and after < before:
            self.add_error("target_on", _("The target is before the baseline. Choose a later day."))
        return found


class ReadingForm(RowForm):
    on = day(_("Day of the value"), required=_("Say on which day this value was true."))
    value = number(_("Value"), required=_("Write the value as a number."))
    note = lines(_("Note"), limit=2000, rows=2)
    evidence_title = line(_("Evidence"), limit=300, hint=_("The report, table or page that shows it."))
    evidence_url = forms.CharField(
        label=_("Link to the evidence"),
        required=False,
        max_length=600,
        validators=[web_address],
        widget=forms.URLInput(),
        error_messages={"invalid": _("Write a whole web address, beginning with https://.")},
    )


class ReadingFileForm(TakenFileForm):
    """A file that proves a value."""

    kind = "file"

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, use_required_attribute=False, **named)


class StateForm(forms.Form):
    """Where an action goes on the board."""

    state = forms.ChoiceField(label=_("Move to"), choices=ActionState.choices, error_messages=WRONG_OPTION)


class NewPlanForm(forms.Form):
    title = line(_("Title"), limit=200, required=_("Give the plan a title."))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="new-plan-%s", use_required_attribute=False)


class NewActionForm(forms.Form):
    title = line(_("Title"), limit=300, required=_("Give the action a title."))
    areas = links(_("Areas of improvement it answers"))

    def __init__(self, data: Any = None, *, areas: Any) -> None:
        super().__init__(data, auto_id="new-action-%s", use_required_attribute=False)
        self.fields["areas"].choices = areas  # type: ignore[attr-defined]


PART_FORMS: dict[str, type[RowForm]] = {
    "milestone": MilestoneForm,
    "indicator": IndicatorForm,
    "reading": ReadingForm,
}


def part_form(kind: str) -> type[RowForm]:
    return PART_FORMS[kind]
