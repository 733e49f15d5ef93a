"""Database, reference data and demonstration, in one process: loading Django once is enough."""

import io
import os
import sys

import django
from django.core.management import CommandError, call_command

from cohes3ion.launcher.steps import step


def main(demonstration: bool) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cohes3ion.settings.dev")
    django.setup()
    work = [
        ("database up to date", "migrate", {"verbosity": 0}),
        ("reference data: territories, outlines, code lists", "load_reference", {}),
    ]
    if demonstration:
        work.append(("demonstration: COHES3ION, eight regions, invented answers", "create_demo", {}))
    for text, command, options in work:
        said = io.StringIO()
        try:
            with step(text):
                call_command(command, stdout=said, **options)
        except CommandError as error:
            print(f"{said.getvalue()}{error}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main("--demonstration" in sys.argv))
