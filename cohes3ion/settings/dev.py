"""The embedded default: one machine, no configuration, demonstration mode."""

from cohes3ion.settings.base import *  # noqa: F403  settings are layered by star import
from cohes3ion.settings.base import STORAGES, env

DEBUG = env.bool("DEBUG", False)
DEMONSTRATION = env.bool("DEMONSTRATION", True)
# Embedded use is bound to the loopback address; ./run keeps a random key under var/.
SECRET_KEY = env.str("SECRET_KEY", "embedded-default-on-loopback-only-never-for-a-public-address")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
