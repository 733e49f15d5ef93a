"""P38, P39, P41, P43: work that kills, eats or never ends harms nobody else and ends itself."""

import time

import pytest


@pytest.fixture(scope="module")
def working(site):
    site.start_worker("one", JOB_TIME_LIMIT_SECONDS="8", JOB_MEMORY_MIB="1500")
    return site


@pytest.fixture(scope="module")
def swept(working):
    working.start_beat()
    working.start_beat("beat-two")  # two by accident: each effect once all the same (P43)
    return working


def test_p41_two_sweepers_send_a_dead_worker_s_job_once(working):
    """Nothing about the worker is asked: a row with an old lease is enough. No beat runs yet."""
    pks = working.clerk("new_jobs", count=5, ring=False)
    working.clerk("change", pks=pks, state="running", attempts=1, ago=1)
    first, second = working.clerk("sweep"), working.clerk("sweep")
    assert (sorted(first), second) == (pks, [])


@pytest.mark.parametrize(
    "fault, code, attempts",
    [("kill", "ATTEMPTS", 3), ("exit", "ATTEMPTS", 3), ("loop", "TIME", 1), ("memory", "MEMORY", 1)],
)
def test_p38_poison_job_fails_and_others_go_on(swept, wait_for, fault, code, attempts):
    poison = swept.clerk("new_jobs", fault=fault)
    started = time.monotonic()
    wait_for(swept.clerk("new_jobs"), seconds=60)
    print(f"P38 {fault}: another job was done after {time.monotonic() - started:.1f} s")
    failed = wait_for(poison, "failed", seconds=150)[0]
    print(f"P38 {fault}: failed after {time.monotonic() - started:.1f} s, attempts {failed['attempts']}")
    assert (failed["error_code"], failed["attempts"]) == (code, attempts)
    assert len(failed["support_id"]) == 8


def test_p43_two_beats_have_each_effect_once(swept, wait_for):
    files = len(swept.results())
    pks = swept.clerk("new_jobs", count=10, ring=False)
    swept.clerk("change", pks=pks, state="running", attempts=1, ago=1)
    done = wait_for(pks)
    assert [job["attempts"] for job in done] == [2] * 10
    assert len(swept.results()) == files + 10
