"""What the page of thresholds sends: a number with a reason, or back to the method's own."""

import math
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cohes3ion.lib.typed_texts import lines
from governance.selectors.thresholds import ThresholdLine, short_number


class ThresholdForm(forms.Form):
    """`line`: the threshold as it stands. With `reset` sent, the value is None: the method's own."""

    value = forms.CharField(
        label=gettext_lazy("New value"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "w-s", "autocomplete": "off"}),
    )
    reason = lines(
        gettext_lazy("Why this exercise needs another value"),
        limit=2000,
        rows=2,
        required=gettext_lazy("Say why, in a sentence. It stands beside every result."),
    )

    def __init__(self, *args: Any, line: ThresholdLine, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{line.name}-%s", **kwargs)
        self.line = line

    @property
    def is_reset(self) -> bool:
        return "reset" in self.data

    def clean_value(self) -> float | None:
        """A number within the bounds; a comma or a point divides the decimals."""
        if self.is_reset:
            return None
        text = self.cleaned_data["value"].strip().replace(",", ".")
        try:
            number = float(text)
        except ValueError:
            raise forms.ValidationError(_("Enter a number, for example %(n)s.") % self._example()) from None
        line = self.line
        if not math.isfinite(number) or not line.lowest <= number <= line.highest:
            ends = {"low": short_number(line.lowest), "high": short_number(line.highest)}
            raise forms.ValidationError(_("Enter a number from %(low)s to %(high)s.") % ends)
        if line.is_whole and number != int(number):
            raise forms.ValidationError(_("Enter a whole number, for example %(n)s.") % self._example())
        return number

    def _example(self) -> dict[str, str]:
        return {"n": short_number(self.line.value)}
