"""Rounds of mapping as their partners reach them."""

from typing import Any

from mapping.models import Exercise


def partners_exercise(*, slug: str, user: Any) -> Exercise | None:
    """The exercise of one of the person's partnerships."""
    rows = Exercise.objects.visible_to(user).filter(project__memberships__user=user)
    return rows.select_related("project").filter(slug=slug).first()
