"""People at their browsers."""

from typing import Any

from django.conf import settings
from django.test import Client


def sign_in(context: Any, user: Any, *, at: str) -> None:
    """Give a browser the session of a person; the sign-in page has tests of its own."""
    client = Client()
    client.force_login(user)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": at}])
