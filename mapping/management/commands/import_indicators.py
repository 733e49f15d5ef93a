from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.utils.text import slugify

from cohes3ion.lib.command_files import FileCommand, PathRefused, read_file
from mapping.analysis.counted_units import counted_by
from mapping.models import Exercise
from mapping.services.indicator_files import MOST_BYTES, READERS, FileRefused
from mapping.services.indicators import (
    ImportChoices,
    ImportReport,
    import_indicators,
    prepare_import,
)


class Command(FileCommand):
    help = (
        "Read a file of regional statistics. Exit 2, with the reasons on standard error, when it is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help="the file, as text")
        parser.add_argument("--source", required=True, choices=sorted(READERS), help="the form of the file")
        parser.add_argument("--exercise", help="the exercise's short name; not needed when there is only one")
        parser.add_argument("--dry-run", action="store_true", help="say what would be read; write nothing")
        parser.add_argument("--title", help="what is counted; by default the name of the file")
        parser.add_argument("--from", dest="origin", help="who publishes it, as it must be quoted")
        parser.add_argument("--licence", help="by default CC BY 4.0 for the forms of Eurostat")
        parser.add_argument("--unit", default="", help="for example: persons employed")
        parser.add_argument("--year", type=int, default=0, help="by default the newest of the file")
        parser.add_argument("--vintage", default="", help="NUTS version: 2013, 2016, 2021 or 2024")
        parser.add_argument("--level", type=int, default=2, choices=(0, 1, 2, 3), help="level of NUTS")
        parser.add_argument("--only", action="append", default=[], metavar="NAME=VALUE", help="such as sex=T")
        parser.add_argument("--zero-is-missing", action="store_true", help="0 also stands for not available")
        parser.add_argument(
            "--invented", action="store_true", help="the figures are made up for a demonstration"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            self.read(options)
        except FileRefused as refused:
            self.refuse([*refused.problems, "Nothing was imported."])
        except PathRefused as refused:
            self.refuse([str(refused), "Nothing was imported."])

    def read(self, options: dict[str, Any]) -> None:
        exercise = self.exercise(options["exercise"])
        content, choices = read_file(Path(options["file"]), most=MOST_BYTES), self.choices(options)
        if options["dry_run"]:
            _values, report = prepare_import(content=content, source=options["source"], choices=choices)
            self.tell(report)
            self.stdout.write("Dry run: nothing was written.")
            return
        table = import_indicators(
            exercise=exercise, content=content, source=options["source"], choices=choices
        )
        self.tell(ImportReport(**table.report))
        self.stdout.write(f"Imported: {table}")

    def exercise(self, slug: str | None) -> Exercise:
        rows = list(Exercise.objects.filter(slug=slug) if slug else Exercise.objects.all()[:2])
        if len(rows) != 1:
            known = ", ".join(Exercise.objects.values_list("slug", flat=True)) or "none"
            raise FileRefused(f"Say which exercise: --exercise. Known: {known}.")
        return rows[0]

    def choices(self, options: dict[str, Any]) -> ImportChoices:
        stem, from_eurostat = Path(options["file"]).stem, options["source"] != "table"
        wrong = [text for text in options["only"] if "=" not in text]
        if wrong:
            raise FileRefused(f"--only {wrong[0]}: write NAME=VALUE, such as sex=T.")
        pairs = (text.partition("=") for text in options["only"])
        return ImportChoices(
            key=slugify(stem)[:60] or "table",
            title=(options["title"] or stem)[:200],
            origin=options["origin"] or ("Eurostat" if from_eurostat else stem),
            licence=options["licence"] or ("CC BY 4.0" if from_eurostat else "not stated"),
            unit=options["unit"],
            year=options["year"],
            vintage=options["vintage"],
            level=options["level"],
            zero_is_missing=options["zero_is_missing"],
            provenance="invented" if options["invented"] else "sourced",
            only=tuple((name, value) for name, _sign, value in pairs),
        )

    def tell(self, report: ImportReport) -> None:
        self.stdout.write(
            f"{report.values} values of {report.regions} regions and {report.domains} codes, "
            f"{report.missing} not available; year {report.year}, unit {report.unit}, NUTS {report.vintage}"
        )
        each = counted_by(report.unit)
        if each is None:
            self.stdout.write(
                f"Test against noise: none, {report.unit} is no count that is known here; "
                'if it is one, say so with --unit, such as "persons" or "thousand persons"'
            )
        elif each != 1:
            self.stdout.write(f"Test against noise: each number is taken times {each:,.0f}")
        for why, number in report.left_out.items():
            self.stdout.write(f"Left out: {number} values, {why}")
        for how, codes in (
            ("recoded to 2021", report.recoded),
            ("split since, kept whole", report.split),
            ("parts of one region of 2021, to be added up", report.merged),
            ("not matched: not in NUTS 2021 and no recorded change", report.unmatched),
            ("not matched either, and without any figure this year", report.without_figures),
        ):
            if codes:
                self.stdout.write(f"{len(codes)} regions {how}: {', '.join(codes)}")
        if report.flags:
            told = ", ".join(f"{flag} {number}" for flag, number in sorted(report.flags.items()))
            self.stdout.write(f"Flags kept: {told}")
