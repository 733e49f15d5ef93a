"""What is typed to put a newsletter together, and to subscribe to it."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import WRONG_OPTION, line, lines
from journeys.forms.news import MARKED, OfProjectForm, languages
from journeys.forms.registrations import email_field

SUBJECT = _("Write the subject that readers see in their mailbox.")


class NewsletterForm(RowForm):
    joinable = ("intro",)
    subject = line(_("Subject"), limit=160, required=SUBJECT)
    intro = lines(_("First words"), rows=4, hint=MARKED)


class ItemForm(RowForm):
    """Empty fields: the words that stand on the site."""

    joinable = ("text",)
    title = line(_("Title"), limit=200)
    text = lines(_("Text"), rows=3, limit=5000, hint=MARKED)


class NewsletterStartForm(OfProjectForm):
    subject = line(_("Subject"), limit=160, required=SUBJECT)
    language = languages(_("Language"))
    number = forms.TypedChoiceField(
        label=_("Number"), required=False, coerce=int, empty_value=None, error_messages=WRONG_OPTION
    )
    field_order = ("subject", "language", "number", "project")

    def __init__(self, *args: Any, numbers: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["number"]
        field.choices = [("", _("The next one"))]
        field.choices += [(n, _("Number %(n)d in another language") % {"n": n}) for n in numbers]
        if not numbers:
            field.widget = forms.HiddenInput()


class WordsForm(forms.Form):
    title = line(_("Title"), limit=200, required=_("Give it a title."))
    text = lines(_("Text"), rows=3, limit=5000, hint=MARKED)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="words-%s", use_required_attribute=False, **kwargs)


class SubscribeForm(forms.Form):
    email = email_field()
    language = forms.ChoiceField(
        label=_("Language"),
        choices=settings.LANGUAGES,
        error_messages=WRONG_OPTION,
        help_text=_("A number that is not written in it comes in another language."),
    )
    project = forms.TypedChoiceField(label=_("Partnership"), coerce=int, error_messages=WRONG_OPTION)
    consent = forms.BooleanField(
        error_messages={
            "required": _("Without your consent the address cannot be stored. Tick the box to subscribe.")
        }
    )
    field_order = ("email", "language", "project", "consent")

    def __init__(self, *args: Any, projects: list[Any], consent: str, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="subscribe-%s", use_required_attribute=False, **kwargs)
        field: Any = self.fields["project"]
        field.choices = [(project.pk, project.acronym) for project in projects]
        if len(projects) == 1:
            field.widget, field.initial = forms.HiddenInput(), projects[0].pk
        self.fields["consent"].label = consent
