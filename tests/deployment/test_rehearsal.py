"""The deployment, rehearsed: the commands and the environment of docker-compose.yml as plain processes."""

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator

import pytest

from cohes3ion.launcher.processes import Processes
from tests.deployment.compose import ROOT, Deployment

EVERYTHING = {"database": "ok", "broker": "ok", "worker": "ok", "files": "ok"}


@pytest.fixture(scope="module")
def deployment(tmp_path_factory) -> Iterator[Deployment]:
    """Made once for this file: the schema takes its time. Whoever stops a part at the end of the file may."""
    with Processes() as processes:
        deployment = Deployment(processes, tmp_path_factory.mktemp("deployment"))
        deployment.start_postgres()
        deployment.start_redis()
        static = ["sh", "-c", f"DJANGO_SETTINGS_MODULE=cohes3ion.settings.base {collectstatic()}"]
        made = deployment.run(static)
        assert made.returncode == 0, made.stderr
        web = deployment.start("web")
        processes.wait_until(lambda: deployment.healthy("web"), process=web, seconds=900, pause=1.5)
        for name in ("worker-1", "worker-2"):
            deployment.start("worker", name=name)
        deployment.start("beat")
        yield deployment
        for port in deployment.reserved:
            port.close()


def collectstatic() -> str:
    """The command of the Dockerfile."""
    line = next(line for line in (ROOT / "Dockerfile").read_text().splitlines() if "collectstatic" in line)
    return line.partition("base ")[2]


def ask(deployment: Deployment, path: str, *, proto: str = "https") -> tuple[int, str]:
    """What a visitor gets through the proxy."""
    headers = {"Host": "stm.example.org", "X-Forwarded-Proto": proto}
    request = urllib.request.Request(f"http://127.0.0.1:{deployment.port}{path}", headers=headers)
    try:
        with urllib.request.build_opener(StayHere).open(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


class StayHere(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def parts(deployment: Deployment) -> dict[str, str]:
    return json.loads(ask(deployment, "/readyz")[1])


def test_rehearsal_of_the_deployment(deployment, wait_until: Callable[..., None]):
    wait_until(lambda: parts(deployment) == EVERYTHING, seconds=300, what="all parts to answer")
    assert ask(deployment, "/")[0] == 200
    assert ask(deployment, "/", proto="http")[0] == 301
    for name in ("worker-1", "worker-2"):
        wait_until(lambda name=name: deployment.healthy("worker", name=name), what=f"the health of {name}")
    wait_until(lambda: deployment.healthy("beat"), what="the schedule of beat")

    for words in (["create_demo"], ["analyse", "--exercise", "cohes3ion-2020"]):
        done = deployment.run(["python", "manage.py", *words])
        assert done.returncode == 0, done.stderr

    one = next(process for process in deployment.processes.running if process.name == "worker-1")
    deployment.processes.stop(one)
    assert not deployment.healthy("worker", name="worker-1")
    wait_until(lambda: parts(deployment) == EVERYTHING, what="the other worker to answer")


def test_p91_health_tells_the_truth(deployment, wait_until: Callable[..., None]):
    """Each part is stopped in turn; /readyz names it, /healthz goes on, and no secret is told."""
    wait_until(lambda: parts(deployment) == EVERYTHING, what="all parts to answer")
    running = {process.name: process for process in deployment.processes.running}

    def stop(*names: str) -> None:
        for name in names:
            deployment.processes.stop(running[name])

    stop(*(name for name in running if name.startswith("worker-")))
    wait_until(lambda: parts(deployment) == {**EVERYTHING, "worker": "no answer"}, what="red worker")
    stop("redis")
    without = {**EVERYTHING, "broker": "no answer", "worker": "not asked"}
    wait_until(lambda: parts(deployment) == without, what="red broker")
    (deployment.folder / "media").rename(deployment.folder / "gone")
    (deployment.folder / "media").write_text("no folder any more")
    wait_until(lambda: parts(deployment) == {**without, "files": "no answer"}, what="red files")
    stop("PostgreSQL")
    wait_until(lambda: parts(deployment)["database"] == "no answer", what="red database")

    status, said = ask(deployment, "/readyz")
    assert status == 503
    assert [secret for secret in deployment.values.values() if secret in said] == []
    assert ask(deployment, "/healthz") == (200, "ok\n")
