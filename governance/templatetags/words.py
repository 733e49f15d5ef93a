"""Stored codes as words, for templates that read frozen content."""

from django import template

from governance import enums as governance_enums
from mapping import enums as mapping_enums

register = template.Library()


@register.filter
def word(value: object, kind: str) -> str:
    """The label of a stored code: {{ unit.kind|word:"UnitKind" }}. A dash for an empty one."""
    choices = getattr(mapping_enums, kind, None) or getattr(governance_enums, kind)
    if value in (None, ""):
        return "–"
    return str(choices(value).label) if value in choices.values else str(value)
