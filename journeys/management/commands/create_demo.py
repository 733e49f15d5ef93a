from typing import Any

from django.core.management.base import BaseCommand, CommandError

from journeys.services.demonstration import ReferenceMissing, create_demo, demo_exists


class Command(BaseCommand):
    help = "Make the COHES3ION demonstration: real units, strategies and bodies; all answers are invented."

    def handle(self, *args: Any, **options: Any) -> None:
        if demo_exists():
            self.stdout.write("The demonstration is already there.")
            return
        try:
            project = create_demo()
        except ReferenceMissing:
            raise CommandError("The code lists are missing. Run load_reference first.") from None
        self.stdout.write(f"Made the demonstration {project.acronym} with {project.regions.count()} regions.")
