"""Tests: the same parts as in earnest, quicker password hashes, mail kept in memory."""

import dj_database_url

from cohes3ion.settings.base import *  # noqa: F403  settings are layered by star import
from cohes3ion.settings.base import DATABASES, STORAGES, VAR_DIR, env

SECRET_KEY = "tests-only-" + "x" * 50
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
DEMONSTRATION = True
# Tests ask hundreds of times within a minute; those of the limits set them.
SEARCHES_PER_MINUTE = ORDERS_PER_MINUTE = 0
if env.str("TEST_DATABASE_URL", ""):
    DATABASES["default"] = dj_database_url.parse(env.str("TEST_DATABASE_URL"))
if env.str("TEST_DATABASE_TEMPLATE", ""):
    DATABASES["default"]["TEST"] = {"TEMPLATE": env.str("TEST_DATABASE_TEMPLATE"), "MIGRATE": False}
REDIS_URL = env.str("TEST_REDIS_URL", f"redis+socket://{VAR_DIR / 'redis.sock'}")
CELERY_BROKER_URL = REDIS_URL
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Found when they are asked for: every new test client would list all files first, a sixth of the suite.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
