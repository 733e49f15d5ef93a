"""What is written about a practice and its use, and how the list of practices is narrowed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import TOO_LONG, WRONG_OPTION, line, lines, links
from governance.enums import Dimension
from journeys.enums import ImplementationLevel, Theme, UseState
from journeys.forms.lists import ListedForm, addresses, not_found, provenance_choice, some_of
from journeys.models import Practice
from journeys.selectors.practice_work import ASKED
from journeys.selectors.practices import Choices
from mapping.validators import web_address

DIMENSIONS = [(code, f"{code} {name}") for code, name in Dimension.choices]
WRONG_ADDRESS = _("Enter a web address like https://region.eu/practice.")


def one_of(label: Any, choices: Any, *, empty: Any, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        help_text=hint,
        choices=[("", empty), *choices],
        required=False,
        error_messages=WRONG_OPTION,
    )


class PracticeForm(ListedForm):
    """Fields in the order of the Interreg Europe form."""

    many = ("dimensions", "codes", "unknown")
    named = ("dimensions", "unknown")
    joinable = (
        *("summary", "description", "resources", "evidence", "difficulties", "transfer", "conditions"),
        "keywords",
    )
    title = line(_("Title"), limit=200, required=_("Give the practice a title."))
    summary = line(_("In one line"), limit=300, hint=_("What is done, and for whom. It stands on the card."))
    description = lines(
        _("Description"), rows=8, hint=_("The problem, what was done about it, who takes part, and how.")
    )
    institution = line(_("Main institution"), limit=200)
    location = line(_("Location"), limit=200)
    timescale = line(_("Timescale"), limit=120, hint=_("For example since 2016, or 2014-2020."))
    resources = lines(_("Resources needed"), hint=_("Money, people, time."))
    evidence = lines(_("Evidence of success"), hint=_("Results that can be counted or shown."))
    difficulties = lines(_("Difficulties met"), hint=_("What was hard, and what you would do differently."))
    transfer = lines(_("Potential for transfer"), hint=_("Why it could work elsewhere."))
    conditions = lines(
        _("Conditions to copy it"), hint=_("What another region must have first. One condition on each line.")
    )
    level = one_of(_("Implementation level"), ImplementationLevel.choices, empty=_("Not known"))
    theme = one_of(_("Focus area"), Theme.choices, empty=_("Not known"))
    dimensions = some_of(
        _("Dimensions it helps with"), DIMENSIONS, hint=_("By these it is suggested for a gap.")
    )
    codes = links(
        _("Domains"), hint=_("Only where the practice belongs to a field of the economy or of policy.")
    )
    keywords = line(_("Keywords"), limit=300, hint=_("With commas between them."))
    website = forms.URLField(
        label=_("Further link"),
        required=False,
        max_length=600,
        validators=[web_address],
        assume_scheme="https",
        error_messages={"invalid": WRONG_ADDRESS, "max_length": TOO_LONG},
    )
    provenance = provenance_choice()
    sources = addresses()
    unknown = not_found(Practice, ASKED)


class UseForm(RowForm):
    """How far a region is with a practice, and what came of it."""

    joinable = ("plan", "result")
    state = forms.ChoiceField(label=_("How far"), choices=UseState.choices, error_messages=WRONG_OPTION)
    plan = lines(_("What we plan"), hint=_("What you take over, and what you do differently."))
    result = lines(_("What came of it"), hint=_("Also when it was given up: others learn from that."))


class NewPracticeForm(forms.Form):
    region = forms.TypedChoiceField(
        label=_("Region"),
        coerce=int,
        error_messages={"required": _("Choose the region that does it."), **WRONG_OPTION},
    )
    title = line(_("Title"), limit=200, required=_("Give the practice a title."))

    def __init__(self, *args: Any, regions: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [(region.pk, region.name) for region in regions]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = lines(_("Reason"), limit=2000, required=_("Write the reason, so that others understand it."))


class OpinionForm(forms.Form):
    text = lines(
        _("Expert opinion"), rows=5, hint=_("It stands apart from the record, and without your name.")
    )


class PlanForm(forms.Form):
    """A practice for an area of a map; both are looked up by the view."""

    practice = forms.SlugField(max_length=100)
    area = forms.IntegerField(required=False, min_value=1)


class PracticeFilter(forms.Form):
    """What narrows the list; an option that is not there narrows nothing."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    dimension = one_of(_("Dimension"), DIMENSIONS, empty=_("All"))
    theme = one_of(_("Focus area"), Theme.choices, empty=_("All"))
    domain = one_of(_("Domain"), [], empty=_("All"))
    level = one_of(_("Level"), ImplementationLevel.choices, empty=_("All"))
    country = one_of(_("Country"), [], empty=_("All"))

    def __init__(self, data: Any, *, domains: Choices, countries: Choices) -> None:
        super().__init__(data)
        self.fields["domain"].choices = [("", _("All")), *domains]  # type: ignore[attr-defined]
        self.fields["country"].choices = [("", _("All")), *countries]  # type: ignore[attr-defined]
