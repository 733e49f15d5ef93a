import gc
import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from cohes3ion.lib.deep_calls import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cohes3ion.settings.dev")
# What is imported stays: to look for garbage in it would copy the memory that gunicorn's workers share.
gc.disable()
application = with_room(get_wsgi_application())
# Before gunicorn forks (--preload): once for all workers, and nobody's first page waits for it.
import_module(settings.ROOT_URLCONF)
gc.freeze()
gc.enable()
