"""Numbers with as many decimals as they need."""

from django import template

from governance.selectors import thresholds

register = template.Library()


@register.filter
def short_number(value: float | None) -> str:
    """0.6667 as 0.667, 5.0 as 5; a dash for none."""
    return "–" if value is None else thresholds.short_number(value).replace("-", "−")
