"""Commenting on a draft map, answering a comment, saying what came of it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import Area, LinesField
from governance.enums import Verdict
from governance.selectors.consultations import CommenterPage
from governance.selectors.draft_parts import WHOLE, groups_with
from mapping.validators import storable_text, visible_words

TOO_LONG = _("Write at most %(limit_value)d characters (you wrote %(show_value)d).")


class MapCommentForm(forms.Form):
    about = forms.ChoiceField(
        label=_("What is it about?"),
        error_messages={
            "required": _("Choose what the comment is about."),
            "invalid_choice": _(
                "This part is not on the map any more. Choose another, or the map as a whole."
            ),
        },
    )
    text = LinesField(
        label=_("Your comment"),
        max_length=3000,
        widget=Area(attrs={"rows": 4}),
        validators=[storable_text, visible_words],
        error_messages={"required": _("Write your comment."), "max_length": TOO_LONG},
    )
    name_shown = forms.BooleanField(label=_("The regional team may see our name with it"), required=False)

    def __init__(self, *args: Any, page: CommenterPage, **more: Any) -> None:
        """To choose from: what the page shows of the map, and what was chosen already."""
        super().__init__(*args, **more)
        fields: dict[str, Any] = self.fields
        chosen = str(self["about"].value() or "")
        groups = groups_with(shown=page.draft.groups, groups=page.groups, key=chosen)
        fields["about"].choices = [
            (WHOLE, _("The map as a whole")),
            *((group.title, [(part.key, part.title[:120]) for part in group.parts]) for group in groups),
        ]


class ReplyForm(forms.Form):
    verdict = forms.ChoiceField(
        choices=Verdict,
        error_messages={
            "required": _("Choose what you did with the comment."),
            "invalid_choice": _("Choose one of the three."),
        },
    )
    reply = LinesField(
        max_length=3000,
        validators=[storable_text, visible_words],
        error_messages={"required": _("Write what you changed, or why not."), "max_length": TOO_LONG},
    )


class OutcomeForm(forms.Form):
    outcome = LinesField(
        label=_("What came of the consultation"),
        required=False,
        max_length=5000,
        widget=Area(attrs={"rows": 5}),
        help_text=_("Everybody who commented reads this. Name no person and no organisation."),
        validators=[storable_text],
        error_messages={"max_length": TOO_LONG},
    )
