"""docker-compose.yml as Compose reads it, with its services started as plain processes of this machine."""

import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from cohes3ion.launcher.processes import Processes, Running
from cohes3ion.launcher.services import redis_binary, start_postgres
from tests.ports import ReservedPort

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")
PASSWORD = secrets.token_hex(12)


def composition() -> dict[str, Any]:
    """Anchors and merges resolved, variables not."""
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def operator_values() -> dict[str, str]:
    """What an operator would write in .env."""
    return {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "stm.example.org",
        "SITE_URL": "https://stm.example.org",
        "POSTGRES_PASSWORD": PASSWORD,
        "REDIS_PASSWORD": PASSWORD,
    }


def filled(text: str, values: dict[str, str]) -> str:
    """Compose's substitution: ${NAME}, ${NAME:-default}, ${NAME:?message}, and $$ for a dollar sign."""

    def value(found: re.Match[str]) -> str:
        name, kind, rest = found.groups()
        if values.get(name):
            return values[name]
        if kind == "?":
            raise KeyError(rest)
        return rest or ""

    return VARIABLE.sub(value, text).replace("$$", "$")


class Deployment:
    """The services of the file, on free ports, with their own commands and their own environment."""

    def __init__(self, processes: Processes, folder: Path) -> None:
        self.processes = processes
        self.folder = folder
        self.services = composition()["services"]
        self.values = operator_values()
        self.reserved = [ReservedPort(), ReservedPort()]
        self.port, self.redis_port = (port.number for port in self.reserved)
        self.database = ""
        (folder / "media").mkdir()

    def environment(self, service: str) -> dict[str, str]:
        """The variables of the service; only host names, ports and folders are those of this machine."""
        declared = {
            name: filled(str(value), self.values)
            for name, value in self.services[service]["environment"].items()
        }
        here = {
            "PORT": str(self.port),
            "MEDIA_ROOT": str(self.folder / "media"),
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database,
            "REDIS_URL": declared.get("REDIS_URL", "").replace(
                "@redis:6379", f"@127.0.0.1:{self.redis_port}"
            ),
        }
        tools = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        system = {"PATH": tools, "HOME": str(self.folder), "LANG": "C.UTF-8"}
        return {**system, **declared, **{name: value for name, value in here.items() if name in declared}}

    def command(self, service: str) -> list[str]:
        return [filled(word, self.values) for word in self.services[service]["command"]]

    def start(self, service: str, *, name: str = "") -> Running:
        """The service's own command, from the root of the project as in the image."""
        name = name or service
        command = self.command(service)
        if service == "worker":
            command += ["--hostname", f"celery@{name}"]  # in a container the host name is its own
        log = self.folder / f"{name}.log"
        return self.processes.start(name, command, env=self.environment(service), log=log)

    def start_postgres(self) -> None:
        self.database = start_postgres(self.processes, password=PASSWORD)

    def start_redis(self) -> Running:
        command = [redis_binary(), *self.command("redis")[1:]]
        command += ["--port", str(self.redis_port), "--bind", "127.0.0.1", "--dir", str(self.folder)]
        redis = self.processes.start("redis", command, log=self.folder / "redis.log")
        redis.serves_others = True
        self.processes.wait_until(lambda: self.redis_is_healthy(), process=redis)
        return redis

    def redis_is_healthy(self) -> bool:
        said = self.run(["redis-cli", "-p", str(self.redis_port), "ping"], service="redis")
        return said.stdout.strip() == "PONG"

    def healthy(self, service: str, *, name: str = "") -> bool:
        """The health check of the service, as the file gives it."""
        kind, *test = self.services[service]["healthcheck"]["test"]
        words = [filled(word, {}) for word in test]
        if name:
            words = [word.replace("$(hostname)", name) for word in words]
        return self.run(words if kind == "CMD" else ["sh", "-c", *words], service=service).returncode == 0

    def run(self, command: list[str], *, service: str = "web") -> subprocess.CompletedProcess[str]:
        env = self.environment(service)
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
