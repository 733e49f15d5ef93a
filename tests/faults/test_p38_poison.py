"""P38, P39, P41, P43: work that kills, eats or never ends harms nobody else, and ends. Two beats run."""

import time
from multiprocessing.pool import ThreadPool

import pytest

from tests.faults.site import Clerk


@pytest.fixture(scope="module")
def working(site):
    site.set(JOB_TIME_LIMIT_SECONDS="4", JOB_GRACE_SECONDS="2", JOB_MEMORY_MIB="1500")
    site.start_worker("one")
    return site


@pytest.fixture(scope="module")
def swept(working):
    working.start_beat()
    working.start_beat("beat-two")  # two by accident: each effect once all the same (P43)
    return working


def in_place_of_all(site, name: str, **values: str) -> None:
    """Another worker; those there are stop."""
    for worker in [row for row in site.processes.running if row.name in ("one", "two", "patient")]:
        site.processes.stop(worker)
    site.start_worker(name, **values)


def swept_twice_at_once(site, deed: str) -> list[list[int]]:
    """Jobs of a dead worker, and two sweepers in the same instant. Returns what each of them sends again."""
    pks = site.clerk("new_jobs", count=40, ring=False)
    site.clerk("change", pks=pks, state="running", attempts=1, ago=1)
    other = Clerk(site.environment())
    other("queue_length")  # awake
    with ThreadPool(2) as sweepers:
        sent = sweepers.map(lambda clerk: clerk(deed), [site.clerk, other])
    other.close()
    site.clerk("change", pks=pks, state="cancelled")
    return [pks, *sent]


def test_p41_two_sweepers_send_a_dead_worker_s_job_once(working):
    """Nothing about the worker is asked: a row with an old lease is enough. No beat runs yet."""
    pks, first, second = swept_twice_at_once(working, "sweep")
    print(f"P41 two sweepers: {len(first)} and {len(second)} of {len(pks)} jobs")
    assert sorted(first + second) == pks


def test_p41_negative_control_without_a_condition(working):
    pks, first, second = swept_twice_at_once(working, "sweep_without_a_condition")
    print(f"P41 without a condition: {len(first)} and {len(second)} of {len(pks)} jobs")
    assert len(first + second) > len(pks)


@pytest.mark.parametrize(
    "fault, code, attempts",
    [("kill", "ATTEMPTS", 3), ("exit", "ATTEMPTS", 3), ("loop", "TIME", 1), ("memory", "MEMORY", 1)],
)
def test_p38_poison_job_fails_and_others_go_on(swept, wait_for, fault, code, attempts):
    poison = swept.clerk("new_jobs", fault=fault)
    other = wait_for(swept.clerk("new_jobs"))[0]
    failed = wait_for(poison, "failed", seconds=150)[0]
    print(f"P38 {fault}: {failed['error_code']} after {failed['attempts']} attempts, ", end="")
    print(f"another job started after {other['waited']:.1f} s")
    assert (failed["error_code"], failed["attempts"]) == (code, attempts)
    assert len(failed["support_id"]) == 8
    assert other["waited"] < 15  # some seconds until Celery notices a dead process; a busy machine needs more


def test_p39_work_that_hears_no_limit_is_killed(swept, wait_for):
    """The hard limit: its process is killed, and the lease runs out."""
    deaf = swept.clerk("new_jobs", fault="deaf-once 100")
    done = wait_for(deaf)[0]
    print(f"P39 deaf work: second attempt after {done['waited']:.1f} s")
    assert done["attempts"] == 2
    assert "Hard time limit (6s) exceeded" in swept.log("one")


def test_p43_two_beats_have_each_effect_once(swept, wait_for):
    files = len(swept.results())
    pks = swept.clerk("new_jobs", count=10, ring=False)
    swept.clerk("change", pks=pks, state="running", attempts=1, ago=1)
    done = wait_for(pks)
    assert [job["attempts"] for job in done] == [2] * 10
    assert len(swept.results()) == files + 10


def copies(site, wait_until, worker: str) -> list[int]:
    """How often each of twelve mails left, swept by two beats and four more bells in the same instant."""
    sent = site.clerk("new_mails", count=12)
    site.clerk("ring_for_mails", times=4)
    wait_until(
        lambda: {state for state, _attempts in site.clerk("mails", message_ids=sent)} == {"sent"},
        seconds=90,
        what="the mails to be sent",
    )
    wait_until(lambda: site.clerk("queue_length") == 0, seconds=90, what="an empty queue")
    time.sleep(1)  # a sweep that was taken from the queue ends
    return [site.log(worker).count(message_id) for message_id in sent]


def test_p43_two_beats_send_each_mail_once(swept, wait_until):
    counts = copies(swept, wait_until, "one")
    print(f"P43 copies of each mail: {counts}")
    assert counts == [1] * 12


def test_p43_negative_control_without_a_condition(swept, wait_until):
    in_place_of_all(swept, "two", LEFT_OUT="mail")
    counts = copies(swept, wait_until, "two")
    print(f"P43 without a condition, copies of each mail: {counts}")
    assert max(counts) > 1


def test_p39_negative_control_without_a_limit_of_time(swept, wait_until):
    """Twice the limit of the others, and it still works at it; a lease alone stops nobody who lives."""
    swept.set(JOB_TIME_LIMIT_SECONDS="600")
    in_place_of_all(swept, "patient")
    deaf = swept.clerk("new_jobs", fault="deaf-once 100")
    wait_until(lambda: swept.clerk("jobs", pks=deaf)[0]["progress"] == 50, what="half of the job")
    time.sleep(2 * (4 + 2))
    job = swept.clerk("jobs", pks=deaf)[0]
    swept.clerk("change", pks=deaf, state="cancelled")
    assert (job["state"], job["attempts"]) == ("running", 1)
    swept.kill(swept.named("patient"))
    swept.set(JOB_TIME_LIMIT_SECONDS="4")


def test_p38_negative_control_without_a_limit_of_attempts(swept, wait_until):
    in_place_of_all(swept, "three", LEFT_OUT="attempts")
    poison = swept.clerk("new_jobs", fault="exit")
    wait_until(
        lambda: swept.clerk("jobs", pks=poison)[0]["attempts"] > 3, seconds=90, what="a fourth attempt"
    )
    swept.clerk("change", pks=poison, state="cancelled")
