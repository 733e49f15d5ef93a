"""What an uploaded file is, judged by its content; its name is only shown."""

import unicodedata
import zipfile
from typing import Any

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
KINDS = {
    "pdf": "application/pdf",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "pptx": f"{OFFICE}.presentationml.presentation",
    "odt": f"{OPEN_DOCUMENT}.text",
    "ods": f"{OPEN_DOCUMENT}.spreadsheet",
    "odp": f"{OPEN_DOCUMENT}.presentation",
    "png": "image/png",
    "jpg": "image/jpeg",
    "csv": "text/csv",
    "txt": "text/plain",
}
OFFICE_PARTS = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
# An office file is a ZIP archive of some dozens of parts; nothing in it is ever unpacked.
MAX_PARTS = 10_000
MAX_PIXELS = 10_000  # along one side
NAME_LENGTH = 120
DEVICE_NAMES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}

DAMAGED = _("The file is damaged or incomplete. Open it on your computer, save it again and add it.")
NOT_TAKEN = _(
    "Files of this kind are not taken. Use PDF, Word, Excel, PowerPoint, OpenDocument, PNG, JPEG or text."
)
MACROS = _("The file contains macros. Save a copy without them and add that.")


def size_over_limit(size: int) -> ValidationError:
    return ValidationError(
        _("The file is larger than %(limit)d MB (%(size)s MB)."),
        code="too_large",
        params={"limit": settings.EVIDENCE_MAX_BYTES // 1024**2, "size": f"{size / 1024**2:.1f}"},
    )


def kind_of_file(upload: Any) -> str:
    """The extension that fits the content, a key of KINDS. Raises ValidationError with what to do."""
    if not upload.size:
        raise ValidationError(_("The file is empty."), code="empty")
    if upload.size > settings.EVIDENCE_MAX_BYTES:
        raise size_over_limit(upload.size)
    named = extension_of(upload.name)
    if named and named not in KINDS:
        raise ValidationError(NOT_TAKEN, code="kind")
    kind = kind_of_content(upload, named)
    if named and named != kind:
        raise ValidationError(
            _("The content is not what the name says: it is not a %(name)s file."),
            code="mismatch",
            params={"name": named.upper()},
        )
    return kind


def extension_of(name: str) -> str:
    stem, dot, extension = name.rpartition(".")
    extension = extension.strip().lower() if dot and stem else ""
    return "jpg" if extension == "jpeg" else extension


def kind_of_content(upload: Any, named: str) -> str:
    upload.seek(0)
    guess = filetype.guess(upload.read(8192))
    found = guess.extension if guess else ""
    if found == "pdf":
        return check_pdf(upload)
    if found in ("png", "jpg"):
        return check_image(upload, found)
    if found in ("zip", "docx", "xlsx", "pptx", "odt", "ods", "odp"):
        return kind_of_archive(upload)
    if found or not is_text(upload):
        raise ValidationError(NOT_TAKEN, code="kind")
    return named if named in ("csv", "txt") else "txt"


def tail(upload: Any, length: int) -> bytes:
    upload.seek(max(0, upload.size - length))
    return bytes(upload.read(length))


def check_pdf(upload: Any) -> str:
    if b"%%EOF" not in tail(upload, 4096):
        raise ValidationError(DAMAGED, code="damaged")
    return "pdf"


def check_image(upload: Any, found: str) -> str:
    """Reads the head of the picture only: its pixels are never unpacked."""
    upload.seek(0)
    try:
        with Image.open(upload, formats=["PNG", "JPEG"]) as picture:
            too_large = max(picture.size) > MAX_PIXELS
            if not too_large:
                picture.verify()
    except Image.DecompressionBombError:
        too_large = True
    except Exception as error:  # Pillow's decoders raise whatever they stumble over
        raise ValidationError(DAMAGED, code="damaged") from error
    if too_large:
        raise ValidationError(
            _("The image is larger than %(side)d × %(side)d pixels. Save a smaller copy and add that."),
            code="pixels",
            params={"side": MAX_PIXELS},
        )
    if found == "jpg" and b"\xff\xd9" not in tail(upload, 65536):
        raise ValidationError(DAMAGED, code="damaged")
    return found


def kind_of_archive(upload: Any) -> str:
    end = tail(upload, 66_000)
    record = end.rfind(b"PK\x05\x06")
    if record < 0 or len(end) < record + 22:
        raise ValidationError(DAMAGED, code="damaged")
    if int.from_bytes(end[record + 10 : record + 12], "little") > MAX_PARTS:
        raise ValidationError(NOT_TAKEN, code="kind")
    upload.seek(0)
    try:
        with zipfile.ZipFile(upload) as archive:
            return kind_of_parts(archive)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError) as error:
        raise ValidationError(DAMAGED, code="damaged") from error


def kind_of_parts(archive: zipfile.ZipFile) -> str:
    names = set(archive.namelist())
    if any(name.lower().endswith(("vbaproject.bin", "macros/")) for name in names):
        raise ValidationError(MACROS, code="macros")
    if "[Content_Types].xml" in names:
        kind = next((kind for part, kind in OFFICE_PARTS.items() if part in names), "")
    elif "mimetype" in names:
        with archive.open("mimetype") as part:
            declared = part.read(100).decode("ascii", "replace").strip()
        kind = next((key for key, value in KINDS.items() if value == declared), "")
    else:
        kind = ""
    if not kind:
        raise ValidationError(NOT_TAKEN, code="kind")
    return kind


def is_text(upload: Any) -> bool:
    """Text holds no NUL, unless it says at its beginning that it is UTF-16."""
    upload.seek(0)
    if upload.read(2) in (b"\xff\xfe", b"\xfe\xff"):
        return True
    upload.seek(0)
    return all(b"\0" not in chunk for chunk in iter(lambda: upload.read(1 << 20), b""))


def shown_name(name: str, extension: str) -> str:
    """A file's name as people see it: no folders, no invisible or turning marks, the right ending."""
    last = name.replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem = visible.rpartition(".")[0] if extension_of(visible) else visible
    stem = unicodedata.normalize("NFC", stem).strip(" .")[: NAME_LENGTH - len(extension) - 1] or "file"
    if stem.partition(".")[0].lower() in DEVICE_NAMES:
        stem = f"_{stem}"
    return f"{stem}.{extension}"
