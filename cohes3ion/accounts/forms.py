"""What people type on the pages of their account."""

from django import forms
from django.utils.translation import gettext_lazy as _

DAYS = [(30, _("30 days")), (90, _("90 days")), (365, _("one year"))]


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        help_text=_("What the token is for, for example “Reports on our server”."),
        max_length=80,
        error_messages={
            "required": _("Write what the token is for, so that you know later which one to revoke.")
        },
    )
    days = forms.TypedChoiceField(label=_("Valid for"), choices=DAYS, coerce=int, initial=90)
    may_write = forms.BooleanField(
        label=_("May also write answers and send them"),
        help_text=_("Without this the token only reads."),
        required=False,
    )
