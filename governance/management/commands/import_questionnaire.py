from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cohes3ion.lib.command_files import FileCommand, check_source
from governance.asking.xlsform import Converted
from governance.asking.xlsform_texts import Difference
from governance.models import QuestionnaireVersion
from governance.selectors.problems import placed
from governance.services.carrying import attach_version
from governance.services.questionnaire_files import FileRefused, read_questionnaire
from governance.services.questionnaires import NotPublishable, draft_from_dict, publish_version
from mapping.models import Exercise, Project


class Command(FileCommand):
    help = "Take in a questionnaire from an XLSForm (.xlsx, .xls, .md) or a .json export, as a draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="say what would come, write nothing")
        parser.add_argument("--project", default="", help="whose coordinators get the draft")
        parser.add_argument("--exercise", default="", help="publish it and ask it in this exercise at once")

    def handle(self, *args: Any, **options: Any) -> None:
        exercise = Exercise.objects.filter(slug=options["exercise"]).select_related("project").first()
        if options["exercise"] and exercise is None:
            self.refuse([f"There is no exercise {options['exercise']!r}."])
        project = exercise.project if exercise else self.project_of(options)
        check_source(options["file"])
        try:
            found = read_questionnaire(path=options["file"])
        except FileRefused as refused:
            self.refuse([str(refused)])
        except NotPublishable as refused:
            self.refuse([placed(problem) for problem in refused.problems])
        self.tell(found)
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")
            return
        try:
            version = take_in(found, project=project, exercise=exercise)
        except NotPublishable as refused:
            self.refuse([placed(problem) for problem in refused.problems])
        owner = f"a draft of {project.slug}" if project else "a draft that no partnership sees yet"
        state = f"asked in {exercise.slug}" if exercise else owner
        self.stdout.write(f"{version.questionnaire.key}: version {version.number}, {state}")

    def project_of(self, options: dict[str, Any]) -> Project | None:
        """The partnership that gets the draft: the one that is named, or the only one there is."""
        rows = Project.objects.order_by("slug")
        if options["project"]:
            found = rows.filter(slug=options["project"]).first()
            if found is None:
                self.refuse([f"There is no partnership {options['project']!r}. Known: {names_of(rows)}."])
            return found
        if rows.count() > 1 and not options["dry_run"]:
            self.refuse([f"Say whose it is with --project or --exercise. Known: {names_of(rows)}."])
        return rows.first()

    def tell(self, found: Converted) -> None:
        sections = found.definition["sections"]
        questions = sum(len(section["questions"]) for section in sections)
        size = f"{counted(len(sections), 'section')}, {counted(questions, 'question')}"
        self.stdout.write(f"{found.definition['title']}: {size}")
        for difference in found.differences:
            self.stdout.write(f"  {line_of(difference)}")


@transaction.atomic
def take_in(found: Converted, *, project: Project | None, exercise: Exercise | None) -> QuestionnaireVersion:
    version = draft_from_dict(definition=found.definition, project=project, by=None)
    if exercise is not None:
        attach_version(version=publish_version(version=version), exercise=exercise, by=None)
    return version


def names_of(projects: QuerySet[Project]) -> str:
    return ", ".join(projects.values_list("slug", flat=True)) or "none"


def counted(n: int, word: str) -> str:
    return f"{n} {word}" if n == 1 else f"{n} {word}s"


def line_of(difference: Difference) -> str:
    """Sheet and row, what became of it, and why."""
    row = f" row {difference.row}" if difference.row else ""
    text = _(difference.text) % {"name": difference.name, **difference.params}
    return f"{difference.sheet}{row}, {difference.kind.replace('_', ' ')}: {text}"
