"""The style guide: every component in every state, with invented content. Wired in development only."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.list_pages import list_pages
from cohes3ion.lib.typed_texts import Area

CONTENT = Path(__file__).with_suffix(".json")
FIELDS = [("c10", "C10 Food products"), ("c21", "C21 Pharmaceutical products"), ("j62", "J62 Programming")]
TOPICS = [
    ("making", "Advanced manufacturing"),
    ("health", "Health"),
    ("energy", "Energy"),
    ("water", "Water"),
]
HELICES = [("business", _("Business")), ("knowledge", _("Knowledge")), ("government", _("Government"))]
COMBOBOX = {"data-combobox": "", "data-results": _("{n} found"), "data-remove": _("Remove {label}")}


class ExampleForm(forms.Form):
    name = forms.CharField(label=_("Name of the body"), help_text=_("As it calls itself."))
    code = forms.ChoiceField(
        label=_("Economic field (NACE)"),
        required=False,
        choices=[("", ""), *FIELDS],
        widget=forms.Select(attrs=COMBOBOX),
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        required=False,
        choices=TOPICS,
        initial=["health"],
        widget=forms.SelectMultiple(attrs=COMBOBOX),
    )
    helix = forms.MultipleChoiceField(
        label=_("Who takes part"), required=False, choices=HELICES, widget=forms.CheckboxSelectMultiple
    )
    since = forms.DateField(
        label=_("Since"), required=False, widget=forms.DateInput(attrs={"type": "date", "class": "w-s"})
    )
    evidence = forms.FileField(label=_("Evidence"), required=False, help_text=_("A PDF or a picture."))
    text = forms.CharField(label=_("Explain"), required=False, max_length=1500, widget=Area)
    checked = forms.BooleanField(label=_("I checked this with the team"), required=False)


class WrongForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the body"), error_messages={"required": _("Write the name of the body")}
    )
    now = forms.ChoiceField(
        label=_("What is in place now?"),
        choices=[("1", _("Not in place")), ("2", _("Starting"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is in place now")},
    )


class FilterForm(forms.Form):
    q = forms.CharField(label=_("Name"), required=False)
    helix = forms.ChoiceField(label=_("Group"), required=False, choices=[("", _("All")), *HELICES])


def guide_content() -> dict[str, Any]:
    """The examples of the JSON file, with what JSON cannot hold."""
    guide: dict[str, Any] = json.loads(CONTENT.read_text(encoding="utf-8"))
    at = dt.datetime(2022, 3, 14, 14, 31, tzinfo=dt.UTC)
    guide["conflict"]["at"] = at
    for comment in guide["comments"]:
        comment["at"] = at
    return guide | {
        "page": Paginator(range(200), 10).page(6),
        "part": list_pages(range(200), per_page=10, number=6, key="lines", anchor="sg-controls", kept={}),
        "form": ExampleForm(),
        "bad_form": WrongForm({}, prefix="wrong"),
        "filter_form": FilterForm(prefix="filter"),
        "saved_at": at,
        "autosave_url": "#sg-team",
        "svg": format_html(
            '<svg class="chart" viewBox="0 0 600 110" role="img" aria-label="{}">'
            '<rect class="cf-c1" y="10" width="300" height="34"/>'
            '<rect class="cf-c2" y="60" width="430" height="34"/></svg>',
            _("Two bars: 2.8 and 4.0"),
        ),
    }


def styleguide(request: HttpRequest) -> HttpResponse:
    return render(request, "components/styleguide.html", {"guide": guide_content()})
