from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cohes3ion.lib.waiting import wait_for
from governance.jobs import start_analysis
from governance.selectors.evidence_inputs import kinds_of
from governance.selectors.input_tables import sanity_figures
from governance.services.analyses import publish_analysis
from mapping.models import Exercise


class Command(BaseCommand):
    help = "Run the analyses of an exercise in the worker, and wait for them."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exercise", required=True, help="the exercise's short name")
        parser.add_argument(
            "--publish", action="store_true", help="make the results public when they are done"
        )
        parser.add_argument("--timeout", type=int, default=120, help="seconds to wait for the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        exercise = Exercise.objects.filter(slug=options["exercise"]).first()
        if exercise is None:
            known = ", ".join(Exercise.objects.values_list("slug", flat=True)) or "none"
            raise CommandError(f"There is no exercise {options['exercise']!r}. Known: {known}.", returncode=2)
        started = [
            start_analysis(exercise=exercise, kind=kind, by=None) for kind in kinds_of(exercise=exercise)
        ]
        for row, is_new in started:
            done = wait_for(row, seconds=options["timeout"])
            if options["publish"]:
                publish_analysis(analysis=done, by=None)
            how = "computed" if is_new else "reused, inputs unchanged"
            findings = done.findings.count()
            self.stdout.write(
                f"{done.get_kind_display()}: {findings} findings, {how}, inputs {done.fingerprint[:12]}"
            )
            if done.result and done.result.get("counts"):
                told = (
                    f"{name} {'–' if value is None else f'{value:.3g}'}"
                    for name, value in sanity_figures(done.result)
                )
                self.stdout.write(f"  {', '.join(told)}")
