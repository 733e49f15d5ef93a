from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.selectors.boards import progress_board
from mapping.models import Exercise


class Command(BaseCommand):
    help = "Show how far each region of an exercise is, those who need help first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exercise", required=True, help="the exercise's short name")

    def handle(self, *args: Any, **options: Any) -> None:
        exercise = Exercise.objects.filter(slug=options["exercise"]).first()
        if exercise is None:
            raise CommandError(f"There is no exercise {options['exercise']!r}.", returncode=2)
        for row in progress_board(exercise=exercise).rows:
            state = row.region_map.get_state_display()
            blocks = ", ".join(row.obstacles).replace("_", " ") or "nothing"
            name = row.region_map.region.name
            self.stdout.write(f"{name:32} {row.answered:4} of {row.asked:4}  {state:16} blocks: {blocks}")
