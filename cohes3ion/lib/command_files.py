"""Files that a person names on the command line: whatever is wrong with the path is a sentence and exit 2."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

REFUSED = 2
LONGEST_SHOWN = 200  # letters


class PathRefused(Exception):
    """Nothing can be read from, or written to, what was named; the text says why."""


class FileCommand(BaseCommand):
    """A command that reads or writes a file somebody names."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except PathRefused as refused:
            self.refuse([str(refused)])

    def refuse(self, reasons: list[str]) -> NoReturn:
        """The reasons on standard error, and the exit code of a wrong call."""
        for reason in reasons:
            self.stderr.write(reason)
        sys.exit(REFUSED)


def shown(path: Path) -> str:
    """A path as a sentence names it: of a very long one both ends."""
    name = str(path).replace("\0", "?")
    return name if len(name) <= LONGEST_SHOWN else f"{name[:100]}…{name[-99:]}"


@contextmanager
def told(what: str) -> Iterator[None]:
    """What the system says about a path, as a sentence. A NUL in it is a ValueError, no OSError."""
    try:
        yield
    except OSError as error:
        raise PathRefused(f"{what}: {error.strerror or error}.") from None
    except ValueError:
        raise PathRefused(f"{what}: this is no name of a file.") from None


def check_target(path: Path, *, example: str) -> None:
    """Whether a file could be written there; asked before the work, which may take minutes."""
    with told(f"{shown(path)} cannot be written"):
        if path.is_dir():
            raise PathRefused(f"{shown(path)} is a folder. Name a file, for example {shown(path / example)}.")
        try:
            path.lstat()
            place = path
        except FileNotFoundError:
            place = next(folder for folder in path.parents if folder.exists())
        if not os.access(place, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def write_file(path: Path, content: bytes) -> None:
    """Write it, with the folders above it. Raises PathRefused."""
    with told(f"{shown(path)} cannot be written"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def found_at(path: Path) -> os.stat_result:
    """What the system knows of a file that must be there."""
    try:
        return path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise PathRefused(f"There is no file {shown(path)}.") from None


def check_source(path: Path) -> None:
    """Whether it is a file that can be opened. Raises PathRefused."""
    with told(f"{shown(path)} cannot be read"):
        if not stat.S_ISREG(found_at(path).st_mode):
            raise PathRefused(f"{shown(path)} is a folder or a device. Name a file.")
        path.open("rb").close()


def read_file(path: Path, *, most: int) -> bytes:
    """All that is in a file, a pipe or a device. Raises PathRefused, also beyond `most` bytes."""
    with told(f"{shown(path)} cannot be read"):
        found = found_at(path)
        if stat.S_ISDIR(found.st_mode):
            raise PathRefused(f"{shown(path)} is a folder. Name a file.")
        if found.st_size > most:
            size = f"{found.st_size / 1024**2:.1f}"
            raise PathRefused(f"{shown(path)} cannot be read: larger than {most // 1024**2} MB ({size} MB).")
        with path.open("rb") as stream:  # a pipe or a device says no size beforehand
            content = stream.read(most + 1)
    if len(content) > most:
        raise PathRefused(f"{shown(path)} cannot be read: larger than {most // 1024**2} MB.")
    return content
