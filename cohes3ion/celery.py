"""The Celery application. The job rows are the truth; the broker only rings the bell."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cohes3ion.settings.dev")

app = Celery("cohes3ion")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["cohes3ion.accounts", "governance", "journeys"])
