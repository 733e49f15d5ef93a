"""Work that an interrupted run left lying is sent again at once, without waiting for its leases."""

import datetime as dt
from typing import Any

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from cohes3ion.lib.jobs import Job


class Command(BaseCommand):
    help = "Send again what workers had taken that are surely dead. `./run` does it at every start."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--taken-before", type=dt.datetime.fromisoformat, required=True)

    def handle(self, *args: Any, taken_before: dt.datetime, **options: Any) -> None:
        kinds = [model for model in apps.get_models() if issubclass(model, Job)]
        freed = sum(kind.free(taken_before=taken_before) for kind in kinds)
        if not freed:
            return
        self.stdout.write(f"  work of an interrupted run, sent again: {freed}")
        for entry in settings.CELERY_BEAT_SCHEDULE.values():
            if entry["task"].endswith(".sweep_jobs"):
                current_app.send_task(entry["task"])
