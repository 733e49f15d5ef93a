"""Questionnaires from files: XLSForm (by a process of its own) and our own JSON form."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from governance.asking.definitions import check_definition
from governance.asking.xlsform import Converted, convert_form
from governance.services.questionnaires import NotPublishable

XLSFORM = (".xlsx", ".xls", ".md")
MOST_BYTES = 25 * 1024 * 1024
MOST_SECONDS = 60
READER = "governance.services.xlsform_reader"


class FileRefused(Exception):
    """The file holds no questionnaire that can be taken in; the text says why."""


def read_questionnaire(*, path: Path) -> Converted:
    """The questionnaire a file holds, with what could not be kept. Raises FileRefused, NotPublishable."""
    if not path.is_file():
        raise FileRefused(f"There is no file {path}.")
    if not 0 < path.stat().st_size <= MOST_BYTES:
        raise FileRefused("The file is empty or larger than 25 MB.")
    if path.suffix.lower() == ".json":
        return Converted(definition=_read_json(path))
    if path.suffix.lower() in XLSFORM:
        return _read_xlsform(path)
    raise FileRefused("Give an XLSForm (.xlsx, .xls or .md) or a questionnaire exported as .json.")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        definition = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise FileRefused(f"The file is not JSON: {error}") from None
    problems = check_definition(definition)
    if problems:
        raise NotPublishable(problems)
    return dict(definition)


def _read_xlsform(path: Path) -> Converted:
    try:
        done = subprocess.run(
            [sys.executable, "-m", READER, str(path.resolve())],
            cwd=settings.BASE_DIR,
            capture_output=True,
            timeout=MOST_SECONDS,
            check=False,
        )
        found = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        raise FileRefused("The file needs too much time or memory to be read. Make it smaller.") from None
    if "refused" in found:
        raise FileRefused(f"The form is not accepted by the converter: {found['refused']}")
    return convert_form(found["form"], rows=found["rows"], sheets=found["sheets"], warnings=found["warnings"])
