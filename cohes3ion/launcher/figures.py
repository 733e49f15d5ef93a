"""What a process and its children used, read from /proc. Zero where the system has no /proc."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def processor_seconds(session: int) -> float:
    """Time of the leader, its living children and those that already ended."""
    ticks = sum(sum(map(int, fields[11:15])) for fields in _processes_of(session))
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_mebibytes(session: int) -> float:
    """The most memory any one living process of the session ever held."""
    peaks = [0]
    for fields in _processes_of(session):
        with suppress(OSError):
            status = Path(f"/proc/{fields[-1]}/status").read_text()
            peaks += [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")]
    return max(peaks) / 1024


def _processes_of(session: int) -> Iterator[list[str]]:
    """The fields of /proc/PID/stat after the name, then the process id; one list a process of the session."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                yield [*fields, folder.name]
