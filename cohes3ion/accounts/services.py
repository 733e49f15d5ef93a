"""Writes about people."""

from typing import Any

from cohes3ion.accounts.models import User


def demo_account(*, role: str) -> User | None:
    """The invented account of a role; None when the demonstration is not loaded."""
    return User.objects.filter(
        is_demo=True, is_active=True, email=f"{role.replace('_', '-')}@demo.invalid"
    ).first()


def remember_time_zone(*, user: Any, zone: str) -> None:
    User.objects.filter(pk=user.pk).update(time_zone=zone)


def remember_language(*, user: Any, language: str) -> None:
    User.objects.filter(pk=user.pk).update(language=language)
