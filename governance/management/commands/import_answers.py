from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cohes3ion.accounts.models import User
from cohes3ion.lib.command_files import FileCommand, check_source
from governance.selectors.import_findings import Finding
from governance.selectors.import_steps import Plan
from governance.services.answer_imports import ImportRefused, import_answers, open_file, try_import
from governance.services.archive_guard import SheetsRefused


class Command(FileCommand):
    help = (
        "Take in answers from a file of export_answers that was filled in. All of it or nothing: exit 2, "
        "with the reasons on standard error, when it is refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=".xlsx, .csv, a .zip of .csv, or .json")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument(
            "--as",
            dest="email",
            default="",
            help="what this person may fill in; without it all answers but stakeholders' single ratings",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first() if options["email"] else None
        if options["email"] and user is None:
            self.refuse([f"Nobody has the address {options['email']!r}."])
        check_source(options["file"])
        try:
            sheets, found = open_file(path=options["file"], name=options["file"].name)
            run = try_import if options["dry_run"] else import_answers
            plan = run(sheets=sheets, found=found, user=user)
        except SheetsRefused as refused:
            self.refuse([str(refused)])
        except ImportRefused as refused:
            self.refuse_plan(refused.plan.findings)
        if plan.problems:
            self.refuse_plan(plan.findings)
        self.tell(plan)
        self.stdout.write("Nothing was written." if options["dry_run"] else "All of it was written.")

    def tell(self, plan: Plan) -> None:
        for finding in plan.findings:
            self.stdout.write(finding.line())
        for write in plan.writes:
            place = f"{write.line.sheet.name}, row {write.line.number}, {write.column}"
            self.stdout.write(f"{place}: “{write.before}” becomes “{write.after}”")
        new = sum(step.is_new for step in plan.entries)
        self.stdout.write(
            f"{plan.rows} rows read, {len(plan.writes)} answers to change, {new} entries to add, "
            f"{len(plan.entries) - new} to remove."
        )

    def refuse_plan(self, findings: list[Finding]) -> None:
        self.refuse([*(finding.line() for finding in findings), "Nothing was written."])
