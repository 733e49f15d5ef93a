from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cohes3ion.accounts.models import User
from cohes3ion.lib.command_files import FileCommand, check_target, write_file
from governance.services.answer_files import FORMATS, write_answers
from mapping.models import Exercise


class Command(FileCommand):
    help = "Write the answers of an exercise as they stand now. Exit 2, with the reason, when it is refused."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exercise", required=True, help="the exercise's short name")
        parser.add_argument("--format", required=True, choices=FORMATS, help="csv is a ZIP of tables")
        parser.add_argument("--output", required=True, type=Path, help="where the file is written")
        parser.add_argument(
            "--as",
            dest="email",
            default="",
            help="what this person may see; without it all answers but stakeholders' single ratings",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        exercise = Exercise.objects.filter(slug=options["exercise"]).first()
        if exercise is None:
            known = ", ".join(Exercise.objects.values_list("slug", flat=True)) or "none"
            self.refuse([f"There is no exercise {options['exercise']!r}. Known: {known}."])
        user = User.objects.filter(email__iexact=options["email"]).first() if options["email"] else None
        if options["email"] and user is None:
            self.refuse([f"Nobody has the address {options['email']!r}."])
        target: Path = options["output"]
        check_target(target, example="answers.xlsx")
        data, rows = write_answers(exercise=exercise, user=user, form=options["format"])
        write_file(target, data)
        self.stdout.write(f"{target}: {rows} rows, {len(data) // 1024 + 1} KiB")
