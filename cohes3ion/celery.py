"""The Celery application. The job rows are the truth; the broker only rings the bell."""

import os
import resource
from typing import Any

from celery import Celery, Task
from celery.signals import worker_process_init
from django.conf import settings

from cohes3ion.lib.deep_calls import with_room

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cohes3ion.settings.dev")


class DeepTask(Task):
    """A document is drawn by calls as deep as those of a page."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return with_room(self.run)(*args, **kwargs)


app = Celery("cohes3ion", task_cls=DeepTask)
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["cohes3ion.accounts", "governance", "journeys"])


@worker_process_init.connect
def limit_memory(**_: Any) -> None:
    """Work that eats memory meets a MemoryError in its own process, and the machine never swaps for it."""
    most = settings.JOB_MEMORY_MIB * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
