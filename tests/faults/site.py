"""The whole site as real processes of one test file: each part may be killed, and started again."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from cohes3ion.launcher.processes import Processes, Running
from cohes3ion.launcher.services import ROOT, WEB, start_redis, start_web
from tests.faults.cluster import Cluster
from tests.ports import ReservedPort

TOOLS = Path(sys.executable).parent
# The times of production divided by ten, so that a test sees in seconds what an operator sees in a minute.
SHORT = {
    "JOB_HEARTBEAT_SECONDS": "0.5",
    "JOB_LEASE_SECONDS": "4",
    "JOB_WAITING_SECONDS": "2",
    "JOB_SWEEP_SECONDS": "2",
}


class Clerk:
    """A process that speaks Django to the site under test; the test process keeps its own database."""

    def __init__(self, env: dict[str, str]) -> None:
        command = [sys.executable, "-m", "tests.faults.clerk"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self.popen = subprocess.Popen(command, cwd=ROOT, env=env, **pipes)

    def __call__(self, deed: str, **values: Any) -> Any:
        self.popen.stdin.write(json.dumps({"deed": deed, "values": values}) + "\n")
        self.popen.stdin.flush()
        answer = json.loads(self.popen.stdout.readline())
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["result"]

    def close(self) -> None:
        self.popen.stdin.close()
        self.popen.wait(60)


class Site:
    def __init__(
        self, processes: Processes, folder: Path, seed: Path, *, in_memory: bool = False, **folders: Path
    ) -> None:
        """`folders`: other places for `database` and `media`, for disks that may be filled."""
        self.processes = processes
        self.folder = folder
        self.media = folders.get("media", folder / "media")
        self.media.mkdir(exist_ok=True)
        self.known = json.loads((seed / "known.json").read_text())
        self.cluster = Cluster(processes, folder=folders.get("database"), in_memory=in_memory)
        self.cluster.copy_from(seed / "data")
        self.cluster.start()
        self.redis_folder = folder / "redis"
        self.redis_folder.mkdir()
        self.broker = start_redis(processes, folder=self.redis_folder)
        self.reserved = ReservedPort()
        self.port = self.reserved.number
        self.settings: dict[str, str] = {}

    @cached_property
    def clerk(self) -> Clerk:
        return Clerk(self.environment())

    def set(self, **values: str) -> None:
        """For all processes started from now on: a message carries the time limits of its sender."""
        self.settings.update(values)
        self.close()

    def environment(self, **values: str) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TEST_")}
        return {
            **kept,
            "PATH": f"{TOOLS}{os.pathsep}{os.environ['PATH']}",
            "DJANGO_SETTINGS_MODULE": "cohes3ion.settings.dev",
            "DATABASE_URL": self.cluster.address,
            "REDIS_URL": self.broker,
            "MEDIA_ROOT": str(self.media),
            "VAR_DIR": str(self.folder),
            "LOG_LEVEL": "INFO",
            "CELERY_SKIP_CHECKS": "1",  # Django's checks at each start say nothing about a fault
            "SEARCHES_PER_MINUTE": "0",
            "ORDERS_PER_MINUTE": "0",
            **SHORT,
            **self.settings,
            **values,
        }

    def start_web(self, **values: str) -> Running:
        env = self.environment(**values)
        return start_web(self.processes, env=env, log=self.folder / "web.log", port=self.port)

    def start_faulty_web(self) -> Running:
        """The same with a program that may go without a guard for a while (faulty_web.py)."""
        command = [str(TOOLS / "gunicorn"), "tests.faults.faulty_web", *WEB[2:]]
        command += ["--bind", f"127.0.0.1:{self.port}"]
        log = self.folder / "web.log"
        web = self.processes.start("web", command, env=self.environment(), log=log)
        self.processes.wait_until(lambda: b"Booting worker" in log.read_bytes(), process=web, seconds=180)
        return web

    @contextmanager
    def without(self, guard: str) -> Iterator[None]:
        """For a while, faulty_web.py or the workers go without one of their guards (guards.py)."""
        named = self.folder / "left-out"
        new = self.folder / "left-out.new"
        new.write_text(guard)
        new.rename(named)
        try:
            yield
        finally:
            named.unlink()

    def start_worker(self, name: str = "one", *, concurrency: int = 2, **values: str) -> Running:
        """A worker whose jobs may carry a fault (faulty.py)."""
        log = self.folder / f"{name}.log"
        command = [str(TOOLS / "celery"), "-A", "tests.faults.faulty", "worker", "--loglevel", "INFO"]
        command += ["--concurrency", str(concurrency), "--hostname", f"{name}@%h"]
        worker = self.processes.start(name, command, env=self.environment(**values), log=log)
        self.processes.wait_until(lambda: b"ready." in log.read_bytes(), process=worker, seconds=300)
        return worker

    def start_beat(self, name: str = "beat") -> Running:
        command = [str(TOOLS / "celery"), "-A", "cohes3ion", "beat", "--schedule", str(self.folder / name)]
        log = self.folder / f"{name}.log"
        return self.processes.start(name, command, env=self.environment(), log=log)

    @contextmanager
    def held(self, *names: str) -> Iterator[None]:
        """For a while these processes stand still, as if they were not there; no start is paid for it."""
        groups = [self.named(name).popen.pid for name in names]
        for group in groups:
            os.killpg(group, signal.SIGSTOP)
        try:
            yield
        finally:
            for group in groups:
                os.killpg(group, signal.SIGCONT)

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def named(self, name: str) -> Running:
        return next(process for process in self.processes.running if process.name == name)

    def kill(self, process: Running) -> None:
        """kill -9 of the process and all its children."""
        os.killpg(process.popen.pid, signal.SIGKILL)
        process.popen.wait()
        self.processes.stop(process)

    def kill_redis(self, *, emptied: bool = True) -> None:
        self.kill(self.named("Redis"))
        if emptied:
            shutil.rmtree(self.redis_folder)
            self.redis_folder.mkdir()

    def start_redis(self) -> None:
        assert start_redis(self.processes, folder=self.redis_folder) == self.broker

    def results(self) -> list[str]:
        """The files of finished jobs, and anything else that lies where they lie."""
        return sorted(path.name for path in (self.media / "results").glob("*"))

    def close(self) -> None:
        if "clerk" in self.__dict__:
            self.clerk.close()
            del self.clerk
