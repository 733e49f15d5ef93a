"""Files as people, mistakes and mischief make them, by the names used in uploads.yaml."""

import base64
import io
import struct
import zipfile
import zlib
from typing import Any

from PIL import Image

from tests.lib.test_scanning import EICAR

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str, size: tuple[int, int] = (4, 4)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, kind)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png_of(side: int) -> bytes:
    """A PNG whose head says how large it is; there are no such pixels in it."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def archive(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, b"x")
    return out.getvalue()


BUILD = {
    "nothing": lambda: b"",
    "pdf": lambda: PDF,
    "pdf with a script": lambda: PDF.replace(
        b"/Catalog", b"/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
    ),
    "half a pdf": lambda: PDF[:40],
    "large": lambda: PDF[:-7] + b"x" * (1024**2 * 3 // 2) + b"%%EOF\n",
    "html": lambda: b"<!doctype html><script>alert(1)</script>",
    "svg": lambda: SVG,
    "png": lambda: picture("PNG"),
    "half a jpeg": lambda: picture("JPEG")[:-40],
    "half a workbook": lambda: archive("[Content_Types].xml", "xl/workbook.xml")[:60],
    "gif and script": lambda: b"GIF89a/*" + b"x" * 40 + b"*/=1;alert(1)",
    "program": lambda: b"MZ" + bytes(200),
    "huge picture": lambda: png_of(30_000),
    "workbook with macros": lambda: archive("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
    "archive that climbs": lambda: archive("../../etc/passwd"),
    "virus": lambda: EICAR,
}


def make(case: dict[str, Any]) -> bytes:
    if "base64" in case:
        return base64.b64decode(case["base64"])
    return BUILD[case["file"]]()
