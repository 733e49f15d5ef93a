"""Text files as people have them."""

OTHER_KINDS = (b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x1f\x8b")


class Unreadable(Exception):
    """No text: another kind of file, or letters in an encoding nobody named."""


def decoded(content: bytes) -> str:
    """UTF-8, or the code page that Excel writes in Central Europe. Raises Unreadable."""
    if b"\0" in content or content.startswith(OTHER_KINDS):
        raise Unreadable
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable
