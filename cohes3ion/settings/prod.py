"""Deployment. Refuses to start insecure: every problem is one clear line."""

import sys
from urllib.parse import urlsplit

from cohes3ion.settings.base import *  # noqa: F403  settings are layered by star import
from cohes3ion.settings.base import (
    ALLOWED_HOSTS,
    BEHIND_PROXY,
    DATABASES,
    DEMONSTRATION,
    SECRET_KEY,
    SITE_URL,
    env,
)


def refuse(sentence: str) -> None:
    """One line, no traceback. At the code 3 gunicorn gives up instead of starting the worker again."""
    print(f"Not started: {sentence}", file=sys.stderr)
    raise SystemExit(3)


if env.bool("DEBUG", False):
    refuse("DEBUG is on. Remove DEBUG from the environment.")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    refuse("SECRET_KEY is missing or too short. Set SECRET_KEY to at least 50 random characters.")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    refuse("ALLOWED_HOSTS must name the hosts this site answers to, and never *.")
if urlsplit(SITE_URL).scheme != "https":
    refuse("SITE_URL must start with https:// and be the address people type.")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    refuse("DATABASE_URL must name a PostgreSQL database.")
if DEMONSTRATION and not env.bool("DEMONSTRATION_IN_PUBLIC", False):
    refuse("DEMONSTRATION offers sign-in without a password. Remove it, or set DEMONSTRATION_IN_PUBLIC too.")

SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_SSL_REDIRECT = env.bool("SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_NAME = "__Host-session"
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
CSRF_COOKIE_SECURE = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
