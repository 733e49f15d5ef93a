"""Numbers with as many decimals as they need."""

from django import template
from django.utils.translation import gettext_lazy as _

from governance.selectors import thresholds

register = template.Library()
VERDICTS = {
    "pairs": _("Pairs of capabilities compared"),
    "common_strength": _("Common strength"),
    "complementarity": _("Complementarity"),
    "one_sided_need": _("One-sided need"),
    "none": _("No verdict"),
    "noise": _("Noise level"),
}


@register.filter
def short_number(value: float | None) -> str:
    """0.6667 as 0.667, 5.0 as 5; a dash for none."""
    if value is None:
        return "–"
    text = thresholds.short_number(value)
    return f"−{text[1:]}" if text.startswith("-") else text


@register.filter
def verdict_name(code: str) -> str:
    """A verdict of the synergy analysis, or a sanity figure, in words."""
    return str(VERDICTS.get(code, code))


@register.filter
def in_steps(part: float, whole: float) -> int:
    """How long a bar is, in steps of five of a hundred; only nothing at all has no bar."""
    share = 100 * part / whole if whole else 0
    return min(100, max(5, round(share / 5) * 5)) if share > 0 else 0


@register.filter
def on_scale(level: float) -> int:
    """Where a level of 1 to 5 stands on a line, in steps of five of a hundred."""
    return round((level - 1) * 5) * 5
