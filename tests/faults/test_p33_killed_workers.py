"""P33, P40, P42: the worker dies, is told to go, or loses its database in the middle of a job."""

import signal
import time

import pytest


@pytest.fixture(scope="module")
def working(site):
    site.start_worker("one")
    site.start_beat()
    return site


def at_half(site, pks, wait_until):
    wait_until(
        lambda: {job["progress"] for job in site.clerk("jobs", pks=pks)} == {50}, what="half of the job"
    )


def children(worker) -> list[int]:
    path = f"/proc/{worker.popen.pid}/task/{worker.popen.pid}/children"
    with open(path) as listed:
        return [int(word) for word in listed.read().split()]


def stop_sweeping(site, wait_until):
    """No beat, and nothing it rang for is left: a worker that starts later would sweep at once."""
    site.processes.stop(site.named("beat"))
    wait_until(lambda: site.clerk("queue_length") == 0, what="the last sweep to be taken")


def stays_without_a_sweeper(site, jobs, wait_until):
    """The negative control: nobody else takes the work over, however long its lease is over."""
    over = "SELECT count(*) FROM journeys_export WHERE id = %s AND lease_until < now() - interval '2 seconds'"
    wait_until(lambda: site.clerk("sql", text=over, values=jobs) == [[1]], what="a lease that is over")
    assert site.clerk("jobs", pks=jobs)[0]["state"] == "running"


def test_p33_child_is_killed_in_the_middle(working, wait_for, wait_until):
    files = len(working.results())
    jobs = working.clerk("new_jobs", fault="kill-once")
    started = time.monotonic()
    done = wait_for(jobs)
    print(f"P33 child killed: done after {time.monotonic() - started:.1f} s, attempts {done[0]['attempts']}")
    assert done[0]["attempts"] == 2
    assert len(working.results()) == files + 1


def test_p33_whole_worker_is_killed_in_the_middle(working, wait_for, wait_until):
    files = len(working.results())
    jobs = working.clerk("new_jobs", fault="sleep-once 60")
    at_half(working, jobs, wait_until)
    stop_sweeping(working, wait_until)
    working.kill(working.named("one"))
    started = time.monotonic()
    working.start_worker("one")
    stays_without_a_sweeper(working, jobs, wait_until)
    working.start_beat()
    done = wait_for(jobs)
    print(f"P33 worker killed: done {time.monotonic() - started:.1f} s later, attempts {done[0]['attempts']}")
    assert done[0]["attempts"] == 2
    assert len(working.results()) == files + 1


def test_p33_heartbeat_keeps_the_lease_of_a_long_step(working, wait_for):
    """Longer than a lease and a sweep, and nobody else takes it."""
    jobs = working.clerk("new_jobs", fault="sleep 7")
    assert wait_for(jobs)[0]["attempts"] == 1


def test_p40_database_is_lost_in_the_middle(working, wait_for, wait_until):
    jobs = working.clerk("new_jobs", fault="sleep-once 8")
    at_half(working, jobs, wait_until)
    stop_sweeping(working, wait_until)
    working.cluster.stop()
    time.sleep(10)  # longer than the rest of the step, so that the end of the job cannot be written
    working.cluster.start()
    stays_without_a_sweeper(working, jobs, wait_until)
    working.start_beat()
    started = time.monotonic()
    done = wait_for(jobs)
    print(f"P40 database lost: done {time.monotonic() - started:.1f} s after somebody swept")
    assert done[0]["attempts"] == 2


def test_p42_worker_is_told_to_go_and_finishes(working, wait_for, wait_until):
    jobs = working.clerk("new_jobs", fault="sleep-once 10")  # so long can it be seen at half
    at_half(working, jobs, wait_until)
    worker = working.named("one")
    worker.popen.send_signal(signal.SIGTERM)
    worker.popen.wait(60)
    done = wait_for(jobs, seconds=1)
    working.processes.stop(worker)
    assert done[0]["attempts"] == 1


def test_p42_worker_is_killed_after_its_time_and_another_takes_over(working, wait_for, wait_until):
    for left in [process for process in working.processes.running if process.name == "one"]:
        working.processes.stop(left)  # of two workers, the other one might have the job
    worker = working.start_worker("one")
    files = len(working.results())
    jobs = working.clerk("new_jobs", fault="sleep-once 120")
    at_half(working, jobs, wait_until)
    stop_sweeping(working, wait_until)  # while the worker still takes what beat rang for
    worker.popen.send_signal(signal.SIGTERM)
    time.sleep(1)
    working.kill(worker)
    assert len(working.results()) == files  # no half file
    working.start_worker("one")
    stays_without_a_sweeper(working, jobs, wait_until)
    working.start_beat()
    assert wait_for(jobs)[0]["attempts"] == 2
    assert len(working.results()) == files + 1
