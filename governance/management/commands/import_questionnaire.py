import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from governance.asking.xlsform import Converted
from governance.asking.xlsform_texts import Difference
from governance.selectors.problems import spoken
from governance.services.carrying import attach_version
from governance.services.questionnaire_files import FileRefused, read_questionnaire
from governance.services.questionnaires import NotPublishable, draft_from_dict, publish_version
from mapping.models import Exercise

REFUSED = 2


class Command(BaseCommand):
    help = "Take in a questionnaire from an XLSForm (.xlsx, .xls, .md) or a .json export, as a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would come, write nothing")
        parser.add_argument("--exercise", default="", help="publish it and ask it in this exercise at once")

    def handle(self, *args: Any, **options: Any) -> None:
        exercise = Exercise.objects.filter(slug=options["exercise"]).select_related("project").first()
        if options["exercise"] and exercise is None:
            self.refuse([f"There is no exercise {options['exercise']!r}."])
        try:
            found = read_questionnaire(path=options["file"])
        except FileRefused as refused:
            self.refuse([str(refused)])
        except NotPublishable as refused:
            self.refuse([f"{problem.path}: {spoken(problem)}" for problem in refused.problems])
        self.tell(found)
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")
            return
        with transaction.atomic():
            project = exercise.project if exercise else None
            version = draft_from_dict(definition=found.definition, project=project, by=None)
            if exercise is not None:
                attach_version(version=publish_version(version=version), exercise=exercise, by=None)
        state = f"asked in {exercise.slug}" if exercise else "a draft"
        self.stdout.write(f"{version.questionnaire.key}: version {version.number}, {state}")

    def tell(self, found: Converted) -> None:
        sections = found.definition["sections"]
        questions = sum(len(section["questions"]) for section in sections)
        self.stdout.write(f"{found.definition['title']}: {len(sections)} sections, {questions} questions")
        for difference in found.differences:
            self.stdout.write(f"  {line_of(difference)}")

    def refuse(self, reasons: list[str]) -> None:
        for reason in reasons:
            self.stderr.write(reason)
        sys.exit(REFUSED)


def line_of(difference: Difference) -> str:
    """Sheet and row, what became of it, and why."""
    row = f" row {difference.row}" if difference.row else ""
    text = _(difference.text) % {"name": difference.name, **difference.params}
    return f"{difference.sheet}{row}, {difference.kind.replace('_', ' ')}: {text}"
