"""P33, P40, P42: the worker dies, is told to go, or loses its database in the middle of a job."""

import signal
import time
from contextlib import contextmanager
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def working(site):
    site.start_worker("one")
    site.start_beat()
    return site


def at_half(site, wait_until, fault: str) -> list[int]:
    """A job that stands at half of its work."""
    jobs = site.clerk("new_jobs", fault=fault)
    wait_until(
        lambda: {job["progress"] for job in site.clerk("jobs", pks=jobs)} == {50}, what="half of the job"
    )
    return jobs


@contextmanager
def nobody_sweeps(site, wait_until):
    """Beat stands still, and nothing it rang for is left: a worker that starts later would sweep at once."""
    with site.held("beat"):
        wait_until(lambda: site.clerk("queue_length") == 0, what="the last sweep to be taken")
        yield


def stays_without_a_sweeper(site, jobs, wait_until):
    """The negative control: nobody else takes the work over, however long its lease is over."""
    over = "SELECT count(*) FROM journeys_export WHERE id = %s AND lease_until < now() - interval '2 seconds'"
    wait_until(lambda: site.clerk("sql", text=over, values=jobs) == [[1]], what="a lease that is over")
    assert site.clerk("jobs", pks=jobs)[0]["state"] == "running"


def test_p33_child_is_killed_in_the_middle(working, wait_for):
    files = len(working.results())
    jobs = working.clerk("new_jobs", fault="kill-once")
    started = time.monotonic()
    done = wait_for(jobs)
    print(f"P33 child killed: done after {time.monotonic() - started:.1f} s, attempts {done[0]['attempts']}")
    assert done[0]["attempts"] == 2
    assert len(working.results()) == files + 1


def test_p33_heartbeat_keeps_the_lease_of_a_long_step(working, wait_for, wait_until, tmp_path):
    """Longer than two leases and many sweeps, and nobody else takes it."""
    jobs = at_half(working, wait_until, f"hold {tmp_path / 'go-on'}")
    kept = "SELECT count(*) FROM journeys_export WHERE id = %s AND now() > started_at + interval '9 seconds'"
    wait_until(lambda: working.clerk("sql", text=kept, values=jobs) == [[1]], what="two leases to go by")
    (tmp_path / "go-on").touch()
    assert wait_for(jobs)[0]["attempts"] == 1


def test_p40_database_is_lost_in_the_middle(working, wait_for, wait_until, tmp_path):
    jobs = at_half(working, wait_until, f"hold-once {tmp_path / 'go-on'}")
    with nobody_sweeps(working, wait_until):
        working.cluster.stop()
        said = len(working.log("one"))
        (tmp_path / "go-on").touch()  # the end of the job cannot be written
        wait_until(lambda: ended_without_a_database(working.log("one")[said:]), what="the job to end")
        working.cluster.start()
        stays_without_a_sweeper(working, jobs, wait_until)
    started = time.monotonic()
    done = wait_for(jobs)
    print(f"P40 database lost: done {time.monotonic() - started:.1f} s after somebody swept")
    assert done[0]["attempts"] == 2


def ended_without_a_database(log: str) -> bool:
    return "Task journeys.write_export[" in log and "OperationalError" in log


def killed_and_taken_over(site, wait_for, wait_until, *, warned: bool) -> None:
    """A worker is killed at half of a job; the next one starts, and has it when somebody sweeps."""
    files = site.results()
    jobs = at_half(site, wait_until, f"hold-once {Path('/nobody/lets/it/go/on')}")
    with nobody_sweeps(site, wait_until):
        worker = site.named("one")
        if warned:
            worker.popen.send_signal(signal.SIGTERM)
            wait_until(lambda: "Warm shutdown" in site.log("one"), what="the worker to hear it")
        site.kill(worker)
        assert site.results() == files  # no half file
        started = time.monotonic()
        site.start_worker("one")
        stays_without_a_sweeper(site, jobs, wait_until)
    done = wait_for(jobs)
    print(f"worker killed: done {time.monotonic() - started:.1f} s later, attempts {done[0]['attempts']}")
    assert done[0]["attempts"] == 2
    assert len(site.results()) == len(files) + 1


def test_p33_whole_worker_is_killed_in_the_middle(working, wait_for, wait_until):
    killed_and_taken_over(working, wait_for, wait_until, warned=False)


def test_p42_worker_is_killed_after_its_time_and_another_takes_over(working, wait_for, wait_until):
    killed_and_taken_over(working, wait_for, wait_until, warned=True)


def test_p42_worker_is_told_to_go_and_finishes(working, wait_for, wait_until, tmp_path):
    jobs = at_half(working, wait_until, f"hold-once {tmp_path / 'go-on'}")
    worker = working.named("one")
    worker.popen.send_signal(signal.SIGTERM)
    wait_until(lambda: "Warm shutdown" in working.log("one"), what="the worker to hear it")
    (tmp_path / "go-on").touch()
    worker.popen.wait(120)
    job = working.clerk("jobs", pks=jobs)[0]
    assert (job["state"], job["attempts"]) == ("done", 1)
