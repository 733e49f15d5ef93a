"""What somebody says in a discussion."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mapping.validators import storable_text, visible_words


class CommentForm(forms.Form):
    text = forms.CharField(
        label=_("Comment"),
        max_length=3000,
        validators=[storable_text, visible_words],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
