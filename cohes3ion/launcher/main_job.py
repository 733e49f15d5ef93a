"""Schema, reference data, demonstration, analyses and documents, in one process: Django is loaded once.

The analyses and documents themselves are made by the worker; these commands ask for them and wait.
"""

import io
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import django
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connections

from cohes3ion.launcher.embedded import EXERCISE, REGION, WITHOUT_DOCUMENTS, document_paths
from cohes3ion.launcher.steps import step


class NoDocuments(Exception):
    """The analyses are there, the PDF files are not."""


def main() -> int:
    """The words are the parts to do. SCHEMA_READY names a file to touch once workers may start.

    STARTED_AT says when: what was taken before then is free again if `resume` is among them.
    """
    parts = {"prepare": prepare, "resume": resume, "demonstrate": demonstrate}
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cohes3ion.settings.dev")
    django.setup()
    try:
        for word in sys.argv[1:]:
            parts[word]()
    except NoDocuments as error:
        print(f"\nNo documents were made. {error}", file=sys.stderr)
        return WITHOUT_DOCUMENTS
    except (CommandError, DatabaseError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def prepare() -> None:
    with step("database up to date"):
        say("migrate", "--verbosity", "0")
    ready = os.environ.get("SCHEMA_READY")
    if ready:
        Path(ready).touch()
    with step("reference data: territories, outlines, code lists"):
        say("load_reference")


def resume() -> None:
    print(say("resume_work", "--taken-before", os.environ["STARTED_AT"]), end="", flush=True)


def demonstrate() -> None:
    whole, region = (os.path.relpath(path) for path in document_paths())
    # What the newcomer sees is public from the start; later, publishing is the coordinator's decision.
    publish = [] if Path(whole).exists() else ["--publish"]
    with step("demonstration: COHES3ION, eight regions, invented answers"):
        say("create_demo")
    job = ["--exercise", EXERCISE, "--timeout", "600", *publish]
    with step("scores, gap analysis, synergy analysis (in the worker)"):
        made = say("analyse", *job)
    # Two documents, two processes of the worker: asked for together, they are made side by side.
    with step("Policy Learning Documents: exercise, Mazovia (in the worker)"), ThreadPoolExecutor(2) as pool:
        asked = [
            pool.submit(say, "render_document", *job, "--output", whole),
            pool.submit(say, "render_document", *job, "--region", REGION, "--output", region),
        ]
        try:
            made += "".join(document.result() for document in asked)
        except CommandError as error:
            # A machine without Pango draws no PDF. Everything else works, so it is served all the same.
            raise NoDocuments(error) from error
    print("\nMade:")
    for line in made.splitlines():
        print(f"  {line}", flush=True)


def say(command: str, *words: str) -> str:
    """What the command says. When it fails, its words go into the error."""
    said = io.StringIO()
    try:
        call_command(command, *words, stdout=said)
    except CommandError as error:
        raise CommandError(f"{said.getvalue()}{command}: {error}") from error
    finally:
        connections.close_all()
    return said.getvalue()


if __name__ == "__main__":
    sys.exit(main())
