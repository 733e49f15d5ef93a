from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from journeys.selectors.disclosures import audit_exercise
from mapping.models import Exercise


class Command(BaseCommand):
    help = "Try to work out withheld scores from everything an exercise publishes. Exit 1 when one can be."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exercise", required=True, help="the exercise's short name")

    def handle(self, *args: Any, **options: Any) -> None:
        exercise = Exercise.objects.filter(slug=options["exercise"]).first()
        if exercise is None:
            known = ", ".join(Exercise.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no exercise {options['exercise']!r}. Known: {known}.", returncode=2)
        found = audit_exercise(exercise=exercise)
        for row in found.regions:
            narrowest = "-" if row.narrowest is None else f"{row.narrowest:.2f} levels"
            self.stdout.write(
                f"{row.region}: {row.cells} scores, {row.shown} shown, {row.withheld} rest on too few, "
                f"narrowest range {narrowest}"
            )
        faults = [
            f"{cell.region}: {cell.code} of {cell.group} ({cell.n} respondents) "
            f"lies between {cell.lower:.2f} and {cell.upper:.2f}"
            for row in found.regions
            for cell in row.exposed
        ]
        for line in (*faults, *found.strays, *found.differences):
            self.stdout.write(line)
        self.stdout.write(
            f"Checked {len(found.regions)} results of published runs, {found.public} regions with a "
            f"public map, and {found.places} published values: "
            + (
                "nothing withheld can be worked out."
                if found.is_clean
                else "withheld scores can be worked out."
            )
        )
        if not found.is_clean:
            raise CommandError("Withdraw the analysis, or raise k_public, and publish it again.")
