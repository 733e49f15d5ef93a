"""Start processes and be sure to stop them: on Ctrl-C, on a failing start, when the launcher itself dies."""

import contextlib
import ctypes
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Self

PR_SET_PDEATHSIG = 1
MEMORY = Path("/dev/shm")
PLENTY = 8 * 1024**3  # bytes: the databases of the tests take one of them


class StartError(Exception):
    """A sentence for the person at the terminal."""


@dataclass(kw_only=True)
class Running:
    name: str
    popen: subprocess.Popen[bytes]
    stop_signal: signal.Signals
    log: Path | None
    serves_others: bool = False  # a database or a broker: the last to stop

    def last_lines(self, count: int = 15) -> str:
        if self.log is None or not self.log.exists():
            return ""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-count:])


def memory_is_plenty() -> bool:
    return MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > PLENTY


class Processes:
    """Every process gets a group of its own, so that a signal reaches all its children and nothing else."""

    def __init__(self) -> None:
        self.running: list[Running] = []
        self.folders: list[Path] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop_all()

    def folder(self, *, user: str | None = None, in_memory: bool = False) -> Path:
        """A private temporary folder that goes with the processes. Another user may only reach into /tmp.

        `in_memory`: instead of on a disk, where there is plenty. A database is a thousand files, and ext4
        looks for the place of each among those that were deleted in the minutes before.
        """
        place = str(MEMORY) if in_memory and memory_is_plenty() else "/tmp" if user else None
        made = Path(tempfile.mkdtemp(prefix="stm-", dir=place))
        if user:
            shutil.chown(made, user, user)
        self.folders.append(made)
        return made

    def start(
        self,
        name: str,
        command: Sequence[str],
        *,
        env: Mapping[str, str] | None = None,
        log: Path | None = None,
        user: str | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
    ) -> Running:
        """A word of the command like fd://5 names an open file that the process gets as well."""
        with _output(log) as output:
            popen = subprocess.Popen(
                list(command),
                env=dict(env) if env is not None else None,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT if log else None,
                user=user,
                group=user,
                extra_groups=[] if user else None,
                start_new_session=True,
                pass_fds=[int(word.removeprefix("fd://")) for word in command if word.startswith("fd://")],
                preexec_fn=_die_with_parent(stop_signal),
            )
        started = Running(name=name, popen=popen, stop_signal=stop_signal, log=log)
        self.running.append(started)
        return started

    def stop(self, process: Running, *, grace: float = 8.0) -> None:
        """Ask the leader to stop, then kill whatever is left of its group."""
        self._ask(process)
        self._finish(process, deadline=time.monotonic() + grace)

    def stop_all(self, *, grace: float = 8.0) -> None:
        """Web server and workers all at once, and only then the database and the broker they use."""
        for serves_others in (False, True):
            leaving = [one for one in reversed(self.running) if one.serves_others is serves_others]
            for process in leaving:
                self._ask(process)
            deadline = time.monotonic() + grace
            for process in leaving:
                self._finish(process, deadline=deadline)
        while self.folders:
            shutil.rmtree(self.folders.pop(), ignore_errors=True)

    def _ask(self, process: Running) -> None:
        if process.popen.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                process.popen.send_signal(process.stop_signal)

    def _finish(self, process: Running, *, deadline: float) -> None:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.popen.wait(max(0.2, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.popen.pid, signal.SIGKILL)
        process.popen.wait()
        if process in self.running:
            self.running.remove(process)

    def fallen(self) -> Running | None:
        """The first process that ended by itself."""
        return next((process for process in self.running if process.popen.poll() is not None), None)

    def wait_until(
        self, ready: Callable[[], bool], *, process: Running, seconds: float = 30.0, pause: float = 0.05
    ) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            if process.popen.poll() is not None:
                raise StartError(f"{process.name} stopped while starting.\n{process.last_lines()}")
            if time.monotonic() > deadline:
                raise StartError(
                    f"{process.name} is not ready after {seconds:.0f} s.\n{process.last_lines()}"
                )
            time.sleep(pause)


@contextlib.contextmanager
def _output(log: Path | None) -> Iterator[IO[bytes] | None]:
    if log is None:
        yield None
        return
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as stream:
        yield stream


def _die_with_parent(stop_signal: signal.Signals) -> Callable[[], None]:
    """Linux tells the child when its parent is gone, even after kill -9. Elsewhere nothing happens."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except (OSError, AttributeError):
        return lambda: None
    return lambda: prctl(PR_SET_PDEATHSIG, int(stop_signal))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listen(preferred: int) -> socket.socket:
    """A socket that listens at `preferred`, or at another port when that one is taken.

    Nobody else is given the port from here on. Who comes before there is a server waits in the queue.
    """
    try:
        return socket.create_server(("127.0.0.1", preferred))
    except OSError:
        return socket.create_server(("127.0.0.1", 0))
