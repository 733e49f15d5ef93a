"""Pictures without what cameras write into them: place, time, device. The pixels stay byte for byte."""

import io

from PIL import Image

# JPEG segments that only describe: Exif and XMP (APP1), Photoshop and IPTC (APP13), comments.
DESCRIBING = {0xE1, 0xED, 0xFE}
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_DESCRIBING = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}
ORIENTATION = 0x0112


def without_traces(data: bytes) -> bytes:
    """The same picture without describing parts; anything that is no JPEG or PNG comes back as it is.

    A JPEG that must be turned to be seen upright keeps that one number. Damaged pictures come back unchanged:
    whether a file is whole is judged elsewhere.
    """
    if data.startswith(b"\xff\xd8"):
        return plain_jpeg(data)
    return plain_png(data) if data.startswith(PNG_HEAD) else data


def plain_jpeg(data: bytes) -> bytes:
    kept, at = [data[:2], turned(data)], 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xDA:  # the pixels begin
            return b"".join([*kept, data[at:]])
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if marker not in DESCRIBING:
            kept.append(data[at:end])
        at = end
    return data


def turned(data: bytes) -> bytes:
    """A segment with the orientation alone, when it is not upright."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as picture:
            orientation = picture.getexif().get(ORIENTATION, 1)
    except Exception:  # Pillow's decoders raise whatever they stumble over
        return b""
    if orientation not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    body = exif.tobytes()
    return b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body


def plain_png(data: bytes) -> bytes:
    kept, at = [PNG_HEAD], len(PNG_HEAD)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] not in PNG_DESCRIBING:
            kept.append(data[at:end])
        at = end
    return b"".join(kept) if at == len(data) else data
