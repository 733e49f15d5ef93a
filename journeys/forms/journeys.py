"""What the pages of journeys send: fields of a row, each with the version it was based on."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import WRONG_OPTION, line, lines, links
from journeys.forms.lists import NOT_FOUND, ListedForm, ListField, addresses
from mapping.enums import Provenance


def one_of(label: Any, *, required: Any = None, hint: Any = "") -> forms.TypedChoiceField:
    """A link to another row, or a number out of a list; the form is given the choices."""
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        coerce=int,
        empty_value=None,
        required=required is not None,
        error_messages={**WRONG_OPTION, **({"required": required} if required else {})},
    )


class JourneyForm(RowForm):
    joinable = ("aim",)
    title = line(_("Title"), limit=200, required=_("Give the journey a name."))
    aim = lines(_("Aim"), limit=5000, hint=_("What the regions want to learn from each other."))


class HostVisitForm(ListedForm):
    """What the team of the region that is visited writes about it."""

    many = ("practices",)
    listed = ("sources", "unknown")
    joinable = ("summary", "experts", *listed)
    field_order = ("title", "host_id", "event_id", "when_words", "semester", "summary", "experts")
    title = line(_("Title"), limit=200, required=_("Give the visit a name."))
    event_id = one_of(
        _("Event"),
        hint=_("Its date, place, agenda, materials and participants are those of the visit."),
    )
    when_words = line(
        _("Time in words"), limit=80, hint=_("While there is no event. For example: autumn 2020, online.")
    )
    semester = one_of(_("Semester of the project"), hint=_("Half years from the start of the project."))
    summary = lines(_("What was shown"), rows=5)
    experts = lines(
        _("Experts"), limit=2000, hint=_("People who spoke in public, one on each line, with what they do.")
    )
    practices = links(_("Practices shown"))
    provenance = forms.ChoiceField(
        label=_("Where it comes from"), choices=Provenance.choices, error_messages=WRONG_OPTION
    )
    sources = addresses()
    unknown = ListField(
        label=NOT_FOUND,
        help_text=_("What nobody could find out, one on each line. For example: the agenda."),
    )


class VisitForm(HostVisitForm):
    """The same with the region that is visited: only who runs the partnership changes it."""

    host_id = one_of(_("Region visited"), required=_("Choose the region that is visited."))


class QuestionForm(RowForm):
    joinable = ("text",)
    text = lines(_("Question"), limit=2000, required=_("Write your question."))


class AnswerForm(RowForm):
    joinable = ("answer",)
    answer = lines(_("Answer"))


class TakeawayForm(RowForm):
    joinable = ("learned", "will_do")
    learned = lines(_("What we learned"), required=_("Write in a sentence what you learned."))
    will_do = lines(_("What we will do"))
    area_id = one_of(_("Area of improvement it concerns"))
    practice_id = one_of(_("Practice it concerns"))
    is_released = forms.BooleanField(
        label=_("Released for the public"),
        required=False,
        help_text=_("Everybody can read it as soon as your map is published; it is in the next document."),
    )
