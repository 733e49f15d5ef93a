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


def crash(page: Any) -> None:
    """The page is gone, and nothing that it sends with its last breath arrives.

    Offline alone is not enough: that ends with the page, while a last request may outlive both.
    """
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no line')); }")
    page.close(run_before_unload=False)
