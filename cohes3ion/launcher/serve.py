"""`./run`: services, data, the main job, then the web server, until Ctrl-C. Nothing is left behind."""

import datetime as dt
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType

from cohes3ion.launcher.embedded import (
    DATABASE,
    LOGS,
    VAR,
    WITHOUT_DOCUMENTS,
    environment,
    only_instance,
    write_record,
)
from cohes3ion.launcher.figures import peak_mebibytes, processor_seconds
from cohes3ion.launcher.processes import Processes, Running, StartError, listen
from cohes3ion.launcher.services import ROOT, start_beat, start_redis, start_web, start_worker
from cohes3ion.launcher.steps import step


def main(arguments: Sequence[str]) -> int:
    unknown = [word for word in arguments if word != "--once"]
    if unknown:
        print(f"Unknown: {' '.join(unknown)}. ./run serve takes only --once.", file=sys.stderr)
        return 2
    # SIGINT as well: a shell that starts this in the background has it ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    try:
        with only_instance(), Processes() as processes:
            address, complete = bring_up(processes)
            if "--once" in arguments:
                print("All parts answered. Stopping.")
                return 0 if complete else 1
            print(f"\nOpen {address}   (Ctrl-C stops everything)", flush=True)
            watch(processes)
    except StartError as error:
        print(f"\n{error}\nThe log files are in {shown(LOGS)}/", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
    return 0


def interrupt(number: int, frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


def bring_up(processes: Processes) -> tuple[str, bool]:
    """Everything in its order. Returns the address of the start page, and whether all was made."""
    listening = listen(8000)  # held until there is a web server: the address stands in what others send
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    env = environment(SITE_URL=address.rstrip("/"))
    if "REDIS_URL" not in os.environ:
        with step("Redis on a unix socket"):
            env["REDIS_URL"] = start_redis(processes, folder=VAR, log=LOGS / "redis.log")
    write_record(address=address, REDIS_URL=env["REDIS_URL"])
    demonstration = env.get("DEMONSTRATION", "true").lower() not in ("false", "0", "no", "off")
    parts = ["prepare", *resume(env)] + ["demonstrate"] * demonstration
    # While the job loads its data, the others start: they need no more than the tables, old or new.
    tables_exist = "DATABASE_URL" not in env and DATABASE.exists()
    job = start_job(processes, env=env, parts=parts, wait_for_tables=not tables_exist)
    worker = start_worker(processes, env=env, log=LOGS / "worker.log")
    start_web(processes, env=env, log=LOGS / "web.log", listening=listening)
    # Before the job is waited for: it may need what only beat sends again, or frees.
    start_beat(processes, env=env, log=LOGS / "beat.log")
    complete = finish(processes, job)
    if demonstration:
        tell(worker)
    answers(f"{address}healthz")
    answers(address)
    return address, complete


def start_job(
    processes: Processes, *, env: Mapping[str, str], parts: Sequence[str], wait_for_tables: bool
) -> Running:
    """Schema, data and the parts after them, in a process of their own."""
    ready = LOGS / "schema-ready"
    ready.unlink(missing_ok=True)
    told = {"SCHEMA_READY": str(ready), "STARTED_AT": dt.datetime.now(dt.UTC).isoformat()}
    command = [sys.executable, "-m", "cohes3ion.launcher.main_job", *parts]
    job = processes.start("The main job", command, env={**env, **told})
    if wait_for_tables:
        processes.wait_until(ready.exists, process=job, seconds=300)
    return job


def resume(env: Mapping[str, str]) -> list[str]:
    """The part for what a run left lying that was interrupted, if all workers of before are surely dead.

    They are when the database is the one in var/: there is one instance, and its worker starts after the job.
    Of a database elsewhere nobody knows; there the work is free when its lease runs out.
    """
    return [] if "DATABASE_URL" in env else ["resume"]


def finish(processes: Processes, job: Running) -> bool:
    """Wait for the job, and for nobody who can no longer do it. True when it made everything."""
    while job.popen.poll() is None:
        fallen = processes.fallen()
        if fallen and fallen is not job:
            raise StartError(f"{fallen.name} stopped by itself.\n{fallen.last_lines()}")
        time.sleep(0.05)
    processes.stop(job)
    if job.popen.returncode not in (0, WITHOUT_DOCUMENTS):
        raise StartError("The main job failed.")
    return job.popen.returncode == 0


def tell(worker: Running) -> None:
    seconds, mebibytes = processor_seconds(worker.popen.pid), peak_mebibytes(worker.popen.pid)
    print(f"  in {seconds:.1f} s of worker time; its largest process used {mebibytes:.0f} MiB", flush=True)


def answers(url: str) -> None:
    try:
        with urllib.request.urlopen(url, timeout=30):
            return
    except (OSError, urllib.error.HTTPError) as error:
        raise StartError(f"{url} does not answer: {error}") from None


def watch(processes: Processes) -> None:
    while True:
        fallen = processes.fallen()
        if fallen:
            raise StartError(f"{fallen.name} stopped by itself.\n{fallen.last_lines()}")
        time.sleep(0.5)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
