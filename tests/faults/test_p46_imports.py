"""P46: an import is all or nothing, also when its worker is killed at answer 600 of 1 000."""

import time

import pytest

ALL = 1000


def kill_at_600(site, name, folder, **values):
    mark = folder / name
    site.start_worker(name, concurrency=1, KILL_AT_WRITE=f"600 {mark}", **values)
    response = site.clerk("ask_much", response_id=site.known["response"])
    started = time.monotonic()
    (job,) = site.clerk("import_much", response=response)
    return mark, response, job, started


def test_p46_worker_is_killed_at_row_600(site, wait_until, tmp_path):
    site.start_beat()
    mark, response, job, started = kill_at_600(site, "killed", tmp_path)
    wait_until(mark.exists, seconds=120, what="the worker to be killed")
    time.sleep(0.5)
    assert site.clerk("imported", response=response, job=job) == [0, 0, "running", 1, False]
    wait_until(
        lambda: site.clerk("imported", response=response, job=job)[2] == "done", seconds=90, what="done"
    )
    print(f"P46: 0 of {ALL} after the kill, all of them {time.monotonic() - started:.1f} s after the click")
    assert site.clerk("imported", response=response, job=job) == [ALL, ALL, "done", 2, False]
    site.processes.stop(site.named("killed"))
    site.processes.stop(site.named("beat"))


@pytest.mark.long
def test_p46_without_the_transaction_a_part_would_stay(site, wait_until, tmp_path):
    """The negative control."""
    mark, response, job, _started = kill_at_600(site, "unguarded", tmp_path, LEFT_OUT="whole")
    wait_until(mark.exists, seconds=120, what="the worker to be killed")
    time.sleep(0.5)
    written, revisions, state, attempts, refused = site.clerk("imported", response=response, job=job)
    print(f"P46 without the transaction: {written} of {ALL} stay")
    site.processes.stop(site.named("unguarded"))
    assert (written, revisions, state, attempts, refused) == (599, 599, "running", 1, False)


@pytest.mark.long
def test_b122_two_files_at_once_are_never_mixed(site, wait_until):
    """The second waits for the first, and is then refused with every value it would have overwritten."""
    site.start_beat()
    site.start_worker("both", concurrency=2)
    response = site.clerk("ask_much", response_id=site.known["response"])
    texts = ["From the one file", "From the other"]
    jobs = site.clerk("import_much", response=response, texts=texts)
    ends = dict(zip(jobs, texts, strict=True))

    def ended() -> bool:
        return all(site.clerk("imported", response=response, job=job)[2] == "done" for job in jobs)

    wait_until(ended, seconds=90, what="both imports to end")
    found = [site.clerk("imported", response=response, job=job, text=text) for job, text in ends.items()]
    assert sorted(item[0] for item in found) == [0, ALL]
    assert {item[1] for item in found} == {ALL}
    assert sorted((item[0], item[4]) for item in found) == [(0, True), (ALL, False)]
