"""What is asked before something is taken off the public pages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.typed_texts import lines


class WithdrawForm(forms.Form):
    reason = lines(
        _("Why do you withdraw it?"),
        limit=2000,
        required=_("Write the reason, so that your partners understand it."),
        hint=_("Your partners read it here. The public does not."),
    )
