"""What is written about a need or an offer, and what two sides say to each other."""

from typing import Any

from django import forms
from django.conf.locale import LANG_INFO
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.row_forms import RowForm
from cohes3ion.lib.typed_texts import WRONG_OPTION, line, lines, links
from journeys.enums import Maturity, MeetingResult, PostKind, Reach
from journeys.forms.practices import one_of
from mapping.enums import ChainRole

# In these somebody may write; the first seven have concepts.
WRITTEN = (
    *("en", "es", "de", "pl", "it", "ro", "sv", "bg", "ca", "cs", "cy", "da", "el", "et", "eu", "fi", "fr"),
    *("ga", "hr", "hu", "lt", "lv", "nl", "pt", "sk", "sl", "uk"),
)
LANGUAGES = [(code, str(LANG_INFO[code]["name_local"])) for code in WRITTEN]


class PostForm(RowForm):
    joinable = ("text",)
    many = ("codes",)
    title = line(_("Title"), limit=200, required=_("Give it a title."))
    text = lines(
        _("What you need or offer"),
        rows=7,
        required=_("Say what you need or offer."),
        hint=_("In any language. Everybody reads it: no names, no addresses."),
    )
    language = forms.ChoiceField(
        label=_("Language of the text"), choices=LANGUAGES, error_messages=WRONG_OPTION
    )
    codes = links(_("Domains"), hint=_("Two or three. By them partners in other languages are found."))
    stage = one_of(_("Place in the value chain"), ChainRole.choices, empty=_("Not said"))
    maturity = one_of(_("Maturity"), Maturity.choices, empty=_("Not said"))
    reach = forms.ChoiceField(label=_("Partners from"), choices=Reach.choices, error_messages=WRONG_OPTION)
    valid_until = forms.DateField(
        label=_("Valid until"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "required": _("Enter the last day."),
            "invalid": _("Enter a date like 2027-03-31."),
        },
    )
    organisation = line(
        _("Organisation"),
        limit=200,
        required=_("Name your organisation."),
        hint=_("Hidden until both sides say that they are interested. So are the next two."),
    )
    contact_name = line(_("Person to talk to"), limit=150)
    contact_email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=254,
        error_messages={"invalid": _("Enter an address like name@example.eu.")},
    )

    def clean_valid_until(self) -> Any:
        day = self.cleaned_data["valid_until"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("Choose a day that is still to come."))
        return day


class NewPostForm(forms.Form):
    kind = forms.ChoiceField(label=_("Need or offer"), choices=PostKind.choices, error_messages=WRONG_OPTION)
    region = forms.TypedChoiceField(
        label=_("Region"), coerce=int, error_messages={"required": _("Choose a region."), **WRONG_OPTION}
    )
    title = line(_("Title"), limit=200, required=_("Give it a title."))

    def __init__(self, *args: Any, regions: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["region"].choices = [(region.pk, region.name) for region in regions]  # type: ignore[attr-defined]


class ReturnForm(forms.Form):
    reason = lines(
        _("Reason"), limit=2000, required=_("Write the reason, so that the author understands it.")
    )


class NotForUsForm(forms.Form):
    reason = line(_("Why?"), limit=300, hint=_("Only we read it, to make matching better."))


class MessageForm(forms.Form):
    text = lines(_("Message"), limit=4000, required=_("Write a message."))


class ResultForm(forms.Form):
    result = forms.ChoiceField(
        label=_("What came of it"),
        choices=MeetingResult.choices,
        error_messages={"required": _("Choose what came of it."), **WRONG_OPTION},
    )
    text = lines(_("In your words"), limit=2000)


class BoardFilter(forms.Form):
    """What narrows the board; an option that is not there narrows nothing."""

    q = forms.CharField(
        label=_("Words"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = one_of(_("Need or offer"), PostKind.choices, empty=_("Both"))
    region = one_of(_("Region"), [], empty=_("All"))
    domain = one_of(_("Domain"), [], empty=_("All"))

    def __init__(self, data: Any, *, regions: Any, domains: Any) -> None:
        super().__init__(data)
        self.fields["region"].choices = [("", _("All")), *regions]  # type: ignore[attr-defined]
        self.fields["domain"].choices = [("", _("All")), *domains]  # type: ignore[attr-defined]
