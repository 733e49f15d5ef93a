"""P34, P35, P36, P37, P47: the broker is only a doorbell. It may be gone, emptied, repeated or abused."""

import base64
import json
import os
import pickle
import time

import pytest

ITERATIONS = int(os.environ.get("FAULT_ITERATIONS", "100"))


@pytest.fixture(scope="module")
def working(site):
    site.start_worker("one")
    return site


def test_p34_redis_is_killed_and_empty(working, wait_for):
    """First the negative control: without the sweeper nobody rings again."""
    working.kill(next(one for one in working.processes.running if one.name == "one"))
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
    done = wait_for(jobs, seconds=90)
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
    assert [job["attempts"] for job in done] == [1] * 5
    assert len(working.results()) == files + 5


def test_p36_negative_control_bell_inside_the_transaction(working, wait_until):
    jobs = working.clerk("commit", count=20, inside=True)
    wait_until(lambda: working.clerk("queue_length") == 0, what="an empty queue")
    states = [job["state"] for job in working.clerk("jobs", pks=jobs)]
    print(f"P36 rung inside the transaction: {states.count('pending')} of 20 found no row and were lost")
    assert states.count("pending") > 0


class Trap:
    def __reduce__(self):
        return os.system, ("touch TRAP-WENT-OFF",)


def message(body: bytes, content_type: str, encoding: str) -> str:
    properties = {"body_encoding": "base64", "delivery_info": {"exchange": "", "routing_key": "celery"}}
    headers = {"lang": "py", "task": "journeys.write_export", "id": "a", "root_id": "a"}
    return json.dumps(
        {
            "body": base64.b64encode(body).decode(),
            "content-type": content_type,
            "content-encoding": encoding,
            "headers": headers,
            "properties": {**properties, "delivery_tag": "a", "correlation_id": "a"},
        }
    )


@pytest.mark.parametrize(
    "raw",
    [
        message(pickle.dumps(((Trap(),), {}, {})), "application/x-python-serialize", "binary"),
        message(b"{broken", "application/json", "utf-8"),
        message(b'[["not a number"], {}, {}]', "application/json", "utf-8"),
        message(b"[[1], {}, {}]", "application/json", "utf-8").replace("journeys.write_export", "os.system"),
    ],
    ids=["pickle", "broken JSON", "wrong argument", "unknown task"],
)
def test_p47_messages_are_data_only(working, wait_for, wait_until, tmp_path, raw):
    working.clerk("push", body=raw)
    wait_until(lambda: working.clerk("queue_length") == 0, what="the message to be taken")
    worker = next(one for one in working.processes.running if one.name == "one")
    wait_for(working.clerk("new_jobs"), seconds=60)
    assert worker.popen.poll() is None
    assert (
        "Traceback" in working.log("one") or "Error" in working.log("one") or "refused" in working.log("one")
    )
    assert not any(working.folder.rglob("TRAP-WENT-OFF"))
