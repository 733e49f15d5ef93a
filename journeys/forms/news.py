"""What is typed about news."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import WRONG_OPTION, line, lines
from governance.selectors.languages import language_choices
from journeys.forms.lists import ListedForm, addresses, provenance_choice

TITLE = _("Give it a title.")
MARKED = _("An empty line begins a paragraph. **Bold**, [a link](https://region.eu), “- ” begins a point.")


class ArticleTextForm(RowForm):
    joinable = ("lead", "body")
    title = line(_("Title"), limit=200, required=TITLE)
    lead = lines(_("In two sentences"), limit=600, rows=2, hint=_("Stands in lists and in the newsletter."))
    body = lines(_("Text"), limit=20_000, rows=12, hint=MARKED)


class ArticleForm(ListedForm):
    """Where an article comes from; readers see its sources below it."""

    provenance = provenance_choice()
    sources = addresses()


def languages(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=language_choices, error_messages=WRONG_OPTION)


class NewTextForm(forms.Form):
    title = line(_("Title"), limit=200, required=TITLE)
    language = languages(_("Language"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="new-%s", use_required_attribute=False, **kwargs)


class OfProjectForm(forms.Form):
    """A new row of one of the partnerships that the person writes for."""

    project = forms.TypedChoiceField(
        label=_("Partnership"),
        coerce=int,
        error_messages={"required": _("Choose the partnership."), **WRONG_OPTION},
    )

    def __init__(self, *args: Any, projects: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, auto_id="new-%s", use_required_attribute=False, **kwargs)
        field: Any = self.fields["project"]
        field.choices = [(project.pk, project.acronym) for project in projects]
        if len(projects) == 1:
            field.widget, field.initial = forms.HiddenInput(), projects[0].pk


class NewArticleForm(OfProjectForm):
    title = line(_("Title"), limit=200, required=TITLE)
    language = languages(_("Language"))
    field_order = ("title", "language", "project")
