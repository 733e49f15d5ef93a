"""What somebody says in a discussion."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import Area
from mapping.validators import storable_text, visible_words

LONGEST_VALUE = 10_000  # of a field of a row


def comment_field(*, limit: int) -> forms.CharField:
    return forms.CharField(
        label=_("Comment"),
        max_length=limit,
        validators=[storable_text, visible_words],
        widget=Area(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )


class CommentForm(forms.Form):
    text = comment_field(limit=3000)

    def said(self) -> str:
        return str(self.cleaned_data["text"])


class BothForm(CommentForm):
    """From a choice between two answers: both are kept in the talk, whole, as mine stands nowhere else."""

    text = comment_field(limit=LONGEST_VALUE)
    theirs = forms.CharField(
        required=False, max_length=LONGEST_VALUE, validators=[storable_text], widget=forms.HiddenInput
    )

    def said(self) -> str:
        sentence = gettext("Two answers: %(theirs)s, and mine: %(mine)s")
        return sentence % {"theirs": self.cleaned_data["theirs"] or "–", "mine": super().said()}
