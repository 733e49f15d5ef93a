"""What the pages of the synthesis send: fields of a row, each with the version it was based on."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import WRONG_OPTION, line, lines, links
from governance.enums import Dimension, Importance, Level
from mapping.enums import Provenance

FEASIBILITY = [
    (1, _("Very hard to do")),
    (2, _("Hard")),
    (3, _("Possible")),
    (4, _("Fairly easy")),
    (5, _("Easy")),
]


def steps(label: Any, choices: Any, *, empty: Any, hint: Any = "") -> forms.TypedChoiceField:
    """A step of a scale, or nothing: never a zero."""
    shown = [("", empty), *((value, f"{value} · {name}") for value, name in choices)]
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        choices=shown,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages=WRONG_OPTION,
    )


def dimension_field() -> forms.ChoiceField:
    named = [(code, f"{code} {name}") for code, name in Dimension.choices]
    return forms.ChoiceField(
        label=_("Dimension"),
        choices=[("", _("None in particular")), *named],
        required=False,
        error_messages=WRONG_OPTION,
    )


def origin_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Where it comes from"),
        choices=Provenance.choices,
        help_text=_("Sourced: a document says so. Agreed: the people concerned said so together."),
        error_messages=WRONG_OPTION,
    )


class StrengthForm(RowForm):
    many = ("units",)
    joinable = ("text",)
    text = lines(_("Strength"), limit=2000, required=_("Write the strength in a sentence."))
    dimension = dimension_field()
    units = links(_("Units concerned"))
    provenance = origin_field()


class AreaForm(RowForm):
    many = ("units",)
    joinable = ("text", "response_intended")
    text = lines(
        _("Area of improvement"), limit=2000, required=_("Write what should improve, in a sentence.")
    )
    dimension = dimension_field()
    importance = steps(_("Importance"), Importance.choices, empty=_("Not rated yet"))
    feasibility = steps(_("Feasibility"), FEASIBILITY, empty=_("Not rated yet"))
    response_intended = lines(_("Intended response"), hint=_("What the region means to do about it."))
    responsible_body = line(_("Responsible body"), limit=200)
    horizon = line(_("Horizon"), limit=60, hint=_("For example 2027, or within two years."))
    inspiring_practice = line(
        _("Inspiring practice"), limit=300, hint=_("A practice seen elsewhere, with its region.")
    )
    units = links(_("Units concerned"))
    is_chosen = forms.BooleanField(label=_("Chosen for action"), required=False)
    provenance = origin_field()

    def columns(self, name: str) -> dict[str, Any]:
        found = super().columns(name)
        if name == "is_chosen":
            day = getattr(self.row, "chosen_on", None) or timezone.localdate()
            found["chosen_on"] = day if found[name] else None
        return found


class TargetForm(RowForm):
    joinable = ("reason",)
    level = steps(_("Needed level"), Level.choices, empty=_("Not set yet"))
    reason = lines(_("Reason"), limit=2000, rows=2)


class ConclusionsForm(RowForm):
    joinable = ("conclusions",)
    conclusions = lines(
        _("Conclusions"), limit=10000, rows=8, hint=_("What the map and the assessment say together.")
    )


class ChallengeForm(RowForm):
    joinable = ("narrative",)
    title = line(_("Challenge"), limit=200, required=_("Give the challenge a name."))
    narrative = lines(
        _("Narrative"),
        limit=20000,
        rows=4,
        hint=_("What the regions have in common here. It is printed above their areas in the document."),
    )
