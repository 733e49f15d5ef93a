"""P34, P35, P36, P37, P47: the broker is only a doorbell. It may be gone, emptied, repeated or abused."""

import base64
import json
import os
import pickle
import time
from pathlib import Path

import pytest

ITERATIONS = int(os.environ.get("FAULT_ITERATIONS", "100"))


@pytest.fixture(scope="module")
def working(emptied):
    """Redis was emptied while nobody worked; one worker started since."""
    return emptied[0]


@pytest.fixture(scope="module")
def emptied(site):
    jobs = site.clerk("new_jobs", count=20)
    limits = site.clerk("limits_on_the_queue")
    site.kill_redis()
    site.start_redis()
    left = site.clerk("queue_length")
    site.start_worker("one")
    return site, jobs, limits, left


def test_every_message_carries_the_limits_of_the_settings(emptied):
    _site, _jobs, limits, _left = emptied
    assert limits == [[300, 270]] * 20


def test_p34_redis_is_killed_and_empty(emptied, wait_for, wait_until):
    """First the negative control: without the sweeper nobody rings again."""
    site, jobs, _limits, left = emptied
    assert left == 0
    over = "SELECT count(*) FROM journeys_export WHERE id = ANY(%s) AND now() > queued_at + '3 s'::interval"
    wait_until(lambda: site.clerk("sql", text=over, values=[jobs]) == [[20]], what="the time to wait")
    wait_for(site.clerk("new_jobs"))  # the worker works
    before = site.clerk("jobs", pks=jobs)
    assert {job["state"] for job in before} == {"pending"}
    beat = site.start_beat()
    started = time.monotonic()
    done = wait_for(jobs, seconds=90)
    print(f"P34 20 jobs done {time.monotonic() - started:.1f} s after the sweeper came back")
    site.processes.stop(beat)
    assert [job["attempts"] for job in done] == [1] * 20
    assert len({job["file"] for job in done}) == 20
    assert len(site.results()) == 21


def test_p36_no_job_without_a_commit_and_no_bell_before_it(working, wait_for, wait_until):
    wait_until(lambda: working.clerk("queue_length") == 0, what="the last sweep to be taken")
    assert working.clerk("roll_back", count=50) == 0
    assert working.clerk("queue_length") == 0
    wait_for(working.clerk("commit", count=ITERATIONS))


def test_p36_negative_control_bell_inside_the_transaction(working):
    jobs = working.clerk("commit", count=5, inside=True)
    states = [job["state"] for job in working.clerk("jobs", pks=jobs)]
    print(f"P36 rung inside the transaction: {states.count('pending')} of 5 found no row and were lost")
    assert states.count("pending") > 0


@pytest.fixture(scope="module")
def two_workers(working):
    working.start_worker("two")
    return working


def at_half(site, jobs) -> int:
    return [job["progress"] for job in site.clerk("jobs", pks=jobs)].count(50)


def test_p37_delivered_three_times_to_two_workers(two_workers, wait_for, wait_until, tmp_path):
    """Also while the first delivery is at work: the jobs are held until several of them are."""
    site = two_workers
    files = len(site.results())
    jobs = site.clerk("new_jobs", count=5, ring=False, fault=f"hold {tmp_path / 'go-on'}")
    site.clerk("ring", pks=jobs, times=3)
    wait_until(lambda: at_half(site, jobs) >= 3, what="three jobs that are at work")
    (tmp_path / "go-on").touch()
    done = wait_for(jobs)
    site.clerk("ring", pks=jobs)
    wait_until(lambda: site.clerk("is_quiet"), what="all bells to be heard")
    print(f"P37 attempts {[job['attempts'] for job in done]}, {len(site.results()) - files} files more")
    assert [job["attempts"] for job in site.clerk("jobs", pks=jobs)] == [1] * 5
    assert len(site.results()) == files + 5


def test_p37_negative_control_claimed_without_a_condition(two_workers, wait_until):
    with two_workers.without("claim"):
        jobs = two_workers.clerk("new_jobs", count=5, ring=False)
        two_workers.clerk("ring", pks=jobs, times=3)
        wait_until(lambda: two_workers.clerk("is_quiet"), what="all bells to be heard")
    attempts = [job["attempts"] for job in two_workers.clerk("jobs", pks=jobs)]
    print(f"P37 claimed without a condition: attempts {attempts}")
    assert max(attempts) > 1


@pytest.fixture(scope="module")
def alone(working):
    """One worker: its log tells what was refused."""
    for second in [process for process in working.processes.running if process.name == "two"]:
        working.processes.stop(second)
    return working


class Trap:
    """A message that runs a command when it is unpacked. Its file is made anew for each test."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self):
        return os.system, (f"touch {self.file}",)


def message(body: bytes, content_type: str = "application/json", task: str = "journeys.write_export") -> str:
    properties = {"body_encoding": "base64", "delivery_info": {"exchange": "", "routing_key": "celery"}}
    return json.dumps(
        {
            "body": base64.b64encode(body).decode(),
            "content-type": content_type,
            "content-encoding": "utf-8" if content_type == "application/json" else "binary",
            "headers": {"lang": "py", "task": task, "id": "a", "root_id": "a"},
            "properties": {**properties, "delivery_tag": "a", "correlation_id": "a"},
        }
    )


def trap(file: Path) -> str:
    return message(pickle.dumps(((Trap(file),), {}, {})), "application/x-python-serialize")


REFUSED = {
    "pickle": (trap, "ContentDisallowed"),
    "broken JSON": (lambda _file: message(b"{broken"), "DecodeError"),
    "wrong argument": (lambda _file: message(b'[["not a number"], {}, {}]'), "expected a number but got"),
    "unknown task": (lambda _file: message(b"[[1], {}, {}]", task="os.system"), "unregistered task"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_p47_messages_are_data_only(alone, wait_for, wait_until, tmp_path, kind):
    make, said = REFUSED[kind]
    before = len(alone.log("one"))
    alone.clerk("push", body=make(tmp_path / "trap"))
    wait_until(lambda: said in alone.log("one")[before:], seconds=60, what=f"the refusal of {kind}")
    wait_for(alone.clerk("new_jobs"), seconds=60)
    assert alone.named("one").popen.poll() is None
    assert not (tmp_path / "trap").exists()


def test_p47_negative_control_pickle_accepted(alone, wait_until, tmp_path):
    alone.processes.stop(alone.named("one"))
    alone.start_worker("trusting", ACCEPT_PICKLE="1", C_FORCE_ROOT="1")
    alone.clerk("push", body=trap(tmp_path / "trap"))
    wait_until((tmp_path / "trap").exists, seconds=60, what="the trap to go off")
