import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from cohes3ion.lib.command_files import FileCommand, check_target, write_file
from governance.models import QuestionnaireVersion
from governance.selectors.definitions import version_to_dict


class Command(FileCommand):
    help = "Write the newest version of a questionnaire as JSON, as import_questionnaire reads it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the questionnaire's short name")
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        version = (
            QuestionnaireVersion.objects.filter(questionnaire__key=options["slug"]).order_by("number").last()
        )
        if version is None:
            keys = QuestionnaireVersion.objects.values_list("questionnaire__key", flat=True).distinct()
            known = ", ".join(keys.order_by("questionnaire__key")) or "none"
            self.refuse([f"There is no questionnaire {options['slug']!r}. Known: {known}."])
        target: Path = options["output"]
        check_target(target, example=f"{options['slug']}.json")
        text = json.dumps(version_to_dict(version), ensure_ascii=False, indent=1)
        write_file(target, f"{text}\n".encode())
        self.stdout.write(f"{version}: {target}")
