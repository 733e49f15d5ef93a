"""Questionnaires from files: XLSForm (by a process of its own) and our own JSON form, judged by content."""

import codecs
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.apart import read_apart
from cohes3ion.lib.decoding import WIDE
from governance.asking.definitions import check_definition
from governance.asking.plain_values import check_values
from governance.asking.xlsform import Converted, convert_form
from governance.services.archive_guard import OLD_OFFICE, SheetsRefused, check_size, check_workbook, not_utf8
from governance.services.questionnaires import NotPublishable

MOST_SECONDS = 60
READER = "governance.services.xlsform_reader"
ZIP = b"PK"
TEXTS = (".md", ".json")


class FileRefused(Exception):
    """The file holds no questionnaire that can be taken in; the text says why."""


def read_questionnaire(*, path: Path, seconds: int = MOST_SECONDS) -> Converted:
    """The questionnaire a file holds, with what could not be kept. Raises FileRefused, NotPublishable."""
    try:
        check_size(path)
        kind = kind_of(path)
    except SheetsRefused as refused:
        raise FileRefused(str(refused)) from None
    if kind == ".json":
        return Converted(definition=_read_json(path))
    # The converter goes by the ending, and the name is the form's where it has none in its settings. It knows
    # no mark at the beginning, as editors of Windows write one.
    with tempfile.TemporaryDirectory() as folder:
        named = Path(folder) / f"{path.stem if path.suffix else 'form'}{kind}"
        if kind == ".md":
            named.write_bytes(path.read_bytes().removeprefix(codecs.BOM_UTF8))
        else:
            shutil.copyfile(path, named)
        return _read_xlsform(named, seconds)


def kind_of(path: Path) -> str:
    """ ".xlsx", ".xls", ".md" or ".json" by what is in it. Raises FileRefused, SheetsRefused."""
    content = path.read_bytes()
    if content.startswith(OLD_OFFICE):
        return ".xls"
    if content.startswith(ZIP):
        check_workbook(path, name="form.xlsx")
        return ".xlsx"
    if b"\0" in content and path.suffix.lower() not in TEXTS and not is_wide(content):
        raise FileRefused(what_is_taken())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(not_utf8()) from None
    if "\0" in text:
        raise FileRefused(not_utf8())
    if text.lstrip().startswith(("{", "[")):
        return ".json"
    if any(line.lstrip().startswith("|") for line in text.splitlines()):
        return ".md"
    raise FileRefused(what_is_taken())


def is_wide(content: bytes) -> bool:
    """Text of two bytes a letter: it says so at its beginning, or about every other byte is 0."""
    zeros = content.count(0)
    return content.startswith(WIDE) or len(content) < 3 * zeros < 2 * len(content)


def what_is_taken() -> str:
    return _("Give an XLSForm (.xlsx, .xls or .md) or a questionnaire exported as .json.")


def _read_json(path: Path) -> dict[str, Any]:
    try:
        definition = json.loads(path.read_text(encoding="utf-8-sig"))
    except RecursionError:
        text = _("The values in the file stand inside each other too deeply. Take a file from the export.")
        raise FileRefused(text) from None
    except ValueError as error:
        raise FileRefused(_("The file is not JSON: %(reason)s") % {"reason": error}) from None
    problems = check_values(definition) or check_definition(definition)
    if problems:
        raise NotPublishable(problems)
    # One scale for all statements is the short form of shipped packages; here each question says its type.
    return {name: value for name, value in definition.items() if name != "scale"}


def _read_xlsform(path: Path, seconds: int) -> Converted:
    found = read_apart(READER, path, seconds=seconds)
    if found is None:
        raise FileRefused(_("The file needs too much time or memory to be read. Make it smaller."))
    if "damaged" in found:
        text = _("The file is damaged or incomplete. Open it, save it anew as .xlsx and send that.")
        raise FileRefused(text)
    if "refused" in found:
        text = _("The form is not accepted by the converter: %(reason)s")
        raise FileRefused(text % {"reason": found["refused"]})
    made = convert_form(found.pop("form"), **found)
    problems = check_values(made.definition) or check_definition(made.definition)
    if problems:
        raise NotPublishable(problems)
    return made
