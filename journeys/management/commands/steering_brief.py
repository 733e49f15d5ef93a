import datetime as dt
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone

from cohes3ion.lib.command_files import FileCommand, check_target, write_file
from cohes3ion.lib.waiting import wait_for
from journeys.jobs import start_brief
from mapping.models import RegionMap


class Command(FileCommand):
    help = "Make the steering brief of a region in the worker, two pages, and write the PDF."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exercise", required=True, help="the exercise's short name")
        parser.add_argument("--region", required=True, help="a region's short name")
        parser.add_argument("--since", type=dt.date.fromisoformat, help="tell changes from this day on")
        parser.add_argument("--output", required=True, type=Path, help="where the PDF is written")
        parser.add_argument("--timeout", type=int, default=180, help="seconds to wait for the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        place = {"exercise__slug": options["exercise"], "region__slug": options["region"]}
        rows = RegionMap.objects.select_related("region", "exercise__project")
        region_map = rows.filter(**place).first()
        if region_map is None:
            raise CommandError(
                f"There is no region {options['region']!r} in {options['exercise']!r}.", returncode=2
            )
        target: Path = options["output"]
        check_target(target, example="brief.pdf")
        since = options["since"] or timezone.localdate() - dt.timedelta(days=30)
        row, _is_new = start_brief(region_map=region_map, since=since, by=None)
        done = wait_for(row, seconds=options["timeout"])
        with done.file.open("rb") as pdf:
            write_file(target, pdf.read())
        self.stdout.write(f"{target}: {done.pages} pages, {done.size // 1024} KiB")
