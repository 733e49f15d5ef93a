from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from cohes3ion.lib.command_files import FileCommand, check_target, write_file
from cohes3ion.lib.waiting import wait_for
from journeys.jobs import start_document
from journeys.services.documents import NothingReleased, publish_document
from mapping.models import Exercise, Region


class Command(FileCommand):
    help = "Render the Policy Learning Document of an exercise or a region in the worker, and write the PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exercise", required=True, help="the exercise's short name")
        parser.add_argument("--region", help="a region's short name; without it the whole exercise")
        parser.add_argument("--output", required=True, type=Path, help="where the PDF is written")
        parser.add_argument("--draft", action="store_true", help="put a DRAFT mark on each page")
        parser.add_argument("--publish", action="store_true", help="make the document public")
        parser.add_argument("--timeout", type=int, default=180, help="seconds to wait for the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        exercise = Exercise.objects.select_related("project").filter(slug=options["exercise"]).first()
        if exercise is None:
            raise CommandError(f"There is no exercise {options['exercise']!r}.", returncode=2)
        region = None
        if options["region"]:
            region = Region.objects.filter(slug=options["region"], maps__exercise=exercise).first()
            if region is None:
                raise CommandError(f"The exercise has no region {options['region']!r}.", returncode=2)
        target: Path = options["output"]
        check_target(target, example="document.pdf")
        try:
            row, is_new = start_document(exercise=exercise, region=region, is_draft=options["draft"], by=None)
        except NothingReleased:
            who = f"{region} has not" if region else "No region has"
            raise CommandError(f"{who} released its map yet, so there is nothing to put in.") from None
        done = wait_for(row, seconds=options["timeout"])
        if options["publish"]:
            publish_document(document=done, by=None)
        with done.file.open("rb") as pdf:
            write_file(target, pdf.read())
        how = "rendered" if is_new else "reused, content unchanged"
        memory = f", peak memory {done.peak_memory_mib} MiB" if done.peak_memory_mib else ""
        self.stdout.write(f"{target}: {done.pages} pages, {done.size // 1024} KiB, {how}{memory}")
