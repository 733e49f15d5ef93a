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
def working(site):
    site.start_worker("one")
    return site


def test_p34_redis_is_killed_and_empty(working, wait_for):
    """First the negative control: without the sweeper nobody rings again."""
    working.kill(working.named("one"))
    jobs = working.clerk("new_jobs", count=20)
    assert working.clerk("queue_length") == 20
    working.kill_redis()
    working.start_redis()
    assert working.clerk("queue_length") == 0
    working.start_worker("one")
    time.sleep(3)
    before = working.clerk("jobs", pks=jobs)
    assert {job["state"] for job in before} == {"pending"}
    beat = working.start_beat()
    started = time.monotonic()
    done = wait_for(jobs, seconds=90)
    print(f"P34 20 jobs done {time.monotonic() - started:.1f} s after the sweeper came back")
    working.processes.stop(beat)
    assert [job["attempts"] for job in done] == [1] * 20
    assert len({job["file"] for job in done}) == len(working.results()) == 20


def test_p36_no_job_without_a_commit_and_no_bell_before_it(working, wait_for):
    assert working.clerk("roll_back", count=50) == 0
    assert working.clerk("queue_length") == 0
    wait_for(working.clerk("commit", count=ITERATIONS), seconds=60)


def test_p37_delivered_three_times_to_two_workers(working, wait_for, wait_until):
    files = len(working.results())
    second = working.start_worker("two")
    jobs = working.clerk("new_jobs", count=5, ring=False, fault="sleep 0.3")
    working.clerk("ring", pks=jobs, times=3)
    done = wait_for(jobs)
    wait_until(lambda: working.clerk("queue_length") == 0, what="an empty queue")
    working.clerk("ring", pks=jobs)
    wait_until(lambda: working.clerk("queue_length") == 0, what="an empty queue")
    working.processes.stop(second)
    print(f"P37 attempts {[job['attempts'] for job in done]}, {len(working.results()) - files} files more")
    assert [job["attempts"] for job in done] == [1] * 5
    assert len(working.results()) == files + 5


def test_p36_negative_control_bell_inside_the_transaction(working, wait_until):
    jobs = working.clerk("commit", count=20, inside=True)
    wait_until(lambda: working.clerk("queue_length") == 0, what="an empty queue")
    states = [job["state"] for job in working.clerk("jobs", pks=jobs)]
    print(f"P36 rung inside the transaction: {states.count('pending')} of 20 found no row and were lost")
    assert states.count("pending") > 0


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
def test_p47_messages_are_data_only(working, wait_for, wait_until, tmp_path, kind):
    make, said = REFUSED[kind]
    before = len(working.log("one"))
    working.clerk("push", body=make(tmp_path / "trap"))
    wait_until(lambda: said in working.log("one")[before:], seconds=60, what=f"the refusal of {kind}")
    wait_for(working.clerk("new_jobs"), seconds=60)
    assert working.named("one").popen.poll() is None
    assert not (tmp_path / "trap").exists()


def test_p47_negative_control_pickle_accepted(working, wait_until, tmp_path):
    working.processes.stop(working.named("one"))
    working.start_worker("trusting", LEFT_OUT="json", C_FORCE_ROOT="1")
    working.clerk("push", body=trap(tmp_path / "trap"))
    wait_until((tmp_path / "trap").exists, seconds=60, what="the trap to go off")
    working.processes.stop(working.named("trusting"))


def test_p37_negative_control_claimed_without_a_condition(working, wait_until):
    for name in ("three", "four"):
        working.start_worker(name, LEFT_OUT="claim")
    jobs = working.clerk("new_jobs", count=5, ring=False)
    working.clerk("ring", pks=jobs, times=3)
    wait_until(
        lambda: max(job["attempts"] for job in working.clerk("jobs", pks=jobs)) > 1,
        seconds=60,
        what="a job that is begun twice",
    )
