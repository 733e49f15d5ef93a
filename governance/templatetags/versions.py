"""The version of a field, for forms that send it back."""

from django import template

from cohes3ion.lib.versions import Versioned

register = template.Library()


@register.filter
def version_of(row: Versioned, field: str) -> int:
    """{{ area|version_of:"challenge" }}"""
    return row.version_of(field)
