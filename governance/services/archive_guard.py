"""What a packed file says about itself, judged before anything in it is opened."""

import zipfile
from pathlib import Path, PurePosixPath

from django.utils.translation import gettext as _

MOST_BYTES = 25 * 1024 * 1024
MOST_UNPACKED = 80 * 1024 * 1024
MOST_PARTS = 2000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"


class SheetsRefused(Exception):
    """The file holds no tables of answers that can be read; the text says why."""


def not_utf8() -> str:
    return _(
        "The text is not in UTF-8. Save it again from a text editor, with the encoding UTF-8, and try again."
    )


def check_size(path: Path) -> None:
    """Raises SheetsRefused for a file that is missing, empty or too large."""
    if not path.is_file():
        raise SheetsRefused(_("There is no file %(path)s.") % {"path": path})
    size = path.stat().st_size
    if size == 0:
        raise SheetsRefused(_("The file is empty."))
    if size > MOST_BYTES:
        raise SheetsRefused(_("Larger than 25 MB (%(size)s MB).") % {"size": f"{size / 1024 / 1024:.1f}"})


def check_archive(path: Path, *, name: str) -> set[str]:
    """The names of its parts. Raises SheetsRefused."""
    with path.open("rb") as stream:
        start = stream.read(4)
    if start == OLD_OFFICE:
        raise SheetsRefused(
            _("This is an old or a password-protected Office file. Save it as .xlsx without a password.")
        )
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        text = _("Not a valid %(ending)s file: it is damaged, incomplete, or something else under this name.")
        raise SheetsRefused(text % {"ending": PurePosixPath(name).suffix}) from None
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        text = _("Too large when unpacked (%(size)s MB; at most %(most)s MB).")
        raise SheetsRefused(text % {"size": unpacked // 1024**2, "most": MOST_UNPACKED // 1024**2})
    if len(parts) > MOST_PARTS:
        raise SheetsRefused(_("The file holds %(n)s parts, far more than a table needs.") % {"n": len(parts)})
    if any(part.flag_bits & 1 for part in parts):
        raise SheetsRefused(_("The file is protected by a password. Save it without one."))
    names = {part.filename for part in parts}
    if any(is_outside(name) for name in names):
        raise SheetsRefused(_("The file is damaged: a part of it has a path that leads out of it."))
    return names


def is_outside(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in PurePosixPath(name.replace("\\", "/")).parts


def check_workbook(path: Path, *, name: str) -> None:
    """An .xlsx by its content, without macros. Raises SheetsRefused."""
    names = check_archive(path, name=name)
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        raise SheetsRefused(_("The file holds macros. Save it as .xlsx, without macros."))
    if "mimetype" in names or "content.xml" in names:
        raise SheetsRefused(_("This is an OpenDocument file. Save it as .xlsx."))
    if "xl/workbook.bin" in names:
        raise SheetsRefused(_("This is a binary workbook (.xlsb). Save it as .xlsx."))
    if "xl/workbook.xml" not in names:
        raise SheetsRefused(_("Not a valid .xlsx file: it holds no workbook."))
    if "[Content_Types].xml" not in names:
        raise SheetsRefused(_("Not a valid .xlsx file: it is damaged or incomplete."))
