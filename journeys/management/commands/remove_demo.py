from typing import Any

from django.core.management.base import BaseCommand

from journeys.services.demonstration import remove_demo


class Command(BaseCommand):
    help = "Take the demonstration away, and nothing else."

    def handle(self, *args: Any, **options: Any) -> None:
        found = remove_demo()
        self.stdout.write("Removed the demonstration." if found else "There is no demonstration.")
