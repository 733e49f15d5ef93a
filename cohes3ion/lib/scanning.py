"""Uploads checked by a clamd beside the site, when the operator runs one (CLAMD_ADDRESS)."""

import socket
from typing import Any

from django.conf import settings

CHUNK = 1 << 16
SECONDS = 20


class Infected(Exception):
    """The scanner refused the file."""


class ScannerAway(Exception):
    """A scanner is set up but does not answer: nothing is taken unchecked."""


def scan(upload: Any) -> None:
    """Send a file to clamd (INSTREAM). Nothing happens without an address. Raises Infected, ScannerAway."""
    if not settings.CLAMD_ADDRESS:
        return
    try:
        with connect(settings.CLAMD_ADDRESS) as line:
            line.sendall(b"zINSTREAM\0")
            upload.seek(0)
            for chunk in iter(lambda: upload.read(CHUNK), b""):
                line.sendall(len(chunk).to_bytes(4, "big") + chunk)
            line.sendall(bytes(4))
            answer = b"".join(iter(lambda: line.recv(4096), b"")).rstrip(b"\0\n")
    except OSError as error:
        raise ScannerAway from error
    finally:
        upload.seek(0)
    if answer.endswith(b"FOUND"):
        raise Infected
    if not answer.endswith(b"OK"):
        raise ScannerAway(answer.decode("utf-8", "replace"))


def connect(address: str) -> socket.socket:
    """A path of a socket, or host:port."""
    if address.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(address)
        return line
    host, _sep, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
