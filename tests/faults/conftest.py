"""One seed for all fault tests (schema and demonstration), one site of real processes a test file."""

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cohes3ion.launcher.processes import Processes
from tests.faults.cluster import Cluster
from tests.faults.site import Clerk, Site


@pytest.fixture(scope="session")
def seed(tmp_path_factory) -> Path:
    """Files of a PostgreSQL cluster with the demonstration; made once, also for several test processes."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "faults-seed"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "known.json").exists():
            make_seed(shared)
    return shared


def make_seed(shared: Path) -> None:
    with Processes() as processes:
        cluster = Cluster(processes, in_memory=True)
        cluster.make()
        cluster.start(fsync="off")
        cluster.create_database()
        if template := os.environ.get("TEST_DATABASE_URL"):
            cluster.take_over(template)
        settings = {"DJANGO_SETTINGS_MODULE": "cohes3ion.settings.dev", "DATABASE_URL": cluster.address}
        clerk = Clerk({**os.environ, **settings, "VAR_DIR": str(shared)})
        known = clerk("seed")
        clerk.close()
        cluster.stop()
        cluster.keep_as(shared / "data")
    (shared / "known.json").write_text(json.dumps(known))


@pytest.fixture(scope="module")
def site(request, seed, tmp_path_factory) -> Iterator[Site]:
    """What the long tests measure, they measure on a disk."""
    in_memory = not request.config.getoption("--long")
    with Processes() as processes:
        site = Site(processes, tmp_path_factory.mktemp("site"), seed, in_memory=in_memory)
        yield site
        site.close()
        site.reserved.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """What the processes of the site wrote last is shown with a test that failed."""
    report = yield
    site = item.funcargs.get("site") if isinstance(item, pytest.Function) else None
    if report.failed and isinstance(site, Site):
        for log in sorted(site.folder.glob("*.log")):
            report.sections.append((f"End of {log.name}", log.read_text(errors="replace")[-6000:]))
    return report


@pytest.fixture
def wait_for(site, wait_until) -> Callable[..., list[dict]]:
    """Wait until all jobs are in a state; returns them."""

    def wait(
        pks: list[int], state: str = "done", *, seconds: float = 120, kind: str = "export"
    ) -> list[dict]:
        wait_until(
            lambda: {job["state"] for job in site.clerk("jobs", pks=pks, kind=kind)} == {state},
            seconds=seconds,
            what=f"jobs {pks} to be {state}",
        )
        return site.clerk("jobs", pks=pks, kind=kind)

    return wait
