"""P33 of statistics and analyses, P46: the worker dies while it writes, and nobody ever reads a half."""

import time
from contextlib import contextmanager

import pytest

REGIONS = 8
ALL = 1000  # answers in a file


@pytest.fixture(scope="module")
def marks(site, tmp_path_factory):
    """A worker that dies in the middle of each kind of rows, once as long as its mark is not there."""
    marks = tmp_path_factory.mktemp("marks")
    site.start_worker("one", KILL_AT_ROWS=str(marks), KILL_AT_WRITE=f"600 {marks / 'Answer'}")
    site.start_beat()
    return marks


def dead(marks, name, wait_until):
    wait_until((marks / name).exists, what="the worker to be killed")


@contextmanager
def unguarded(site, marks, name):
    """The same worker without transactions dies once more, and nobody sweeps."""
    (marks / name).unlink()
    with site.held("beat"), site.without("whole"):
        yield


def test_p33_import_of_statistics_is_killed_in_the_middle(site, marks, wait_until):
    with site.held("beat"):
        job, values = site.clerk("confirm_statistics", name="jobs")
        started = time.monotonic()
        dead(marks, "IndicatorValue", wait_until)
        assert site.clerk("statistics_kept", job=job) == [0, 0, "running", 1]
    wait_until(lambda: site.clerk("statistics_kept", job=job)[2] == "done", what="done")
    print(f"P33 statistics: 0, then all {values} values {time.monotonic() - started:.1f} s after the click")
    assert site.clerk("statistics_kept", job=job) == [1, values, "done", 2]


def test_p33_run_of_an_analysis_is_killed_while_it_writes(site, marks, wait_until):
    with site.held("beat"):
        run = site.clerk("ask_for_run", kind="gaps")
        started = time.monotonic()
        dead(marks, "RegionResult", wait_until)
        assert site.clerk("run_kept", run=run) == [0, False, "running", 1]
    wait_until(lambda: site.clerk("run_kept", run=run)[2] == "done", what="done")
    print(f"P33 analysis: done {time.monotonic() - started:.1f} s after the click, in the second attempt")
    assert site.clerk("run_kept", run=run) == [REGIONS, True, "done", 2]
    assert site.clerk("is_as_made_at_once", run=run)


def test_p33_negative_control_statistics_without_the_transaction(site, marks, wait_until):
    with unguarded(site, marks, "IndicatorValue"):
        job, values = site.clerk("confirm_statistics", name="more")
        dead(marks, "IndicatorValue", wait_until)
        kept = site.clerk("statistics_kept", job=job)
    print(f"P33 without the transaction: {kept[1]} of {values} values stay")
    assert kept == [1, values // 2, "running", 1]


def test_p33_negative_control_a_run_without_the_transaction(site, marks, wait_until):
    with unguarded(site, marks, "RegionResult"):
        run = site.clerk("ask_for_run", kind="gaps")
        dead(marks, "RegionResult", wait_until)
        kept = site.clerk("run_kept", run=run)
    print(f"P33 without the transaction: a run that is {kept[2]} with {kept[0]} of {REGIONS} regions")
    assert kept == [REGIONS // 2, True, "done", 1]


def import_is_killed(site, marks, wait_until) -> tuple[int, int]:
    """At answer 600 of a thousand. Returns the response and the job."""
    response = site.clerk("ask_much", response_id=site.known["response"])
    (job,) = site.clerk("import_much", response=response)
    dead(marks, "Answer", wait_until)
    return response, job


def test_p46_worker_is_killed_at_row_600(site, marks, wait_until):
    with site.held("beat"):
        response, job = import_is_killed(site, marks, wait_until)
        started = time.monotonic()
        assert site.clerk("imported", response=response, job=job) == [0, 0, "running", 1, False]
    wait_until(lambda: site.clerk("imported", response=response, job=job)[2] == "done", what="done")
    print(f"P46: 0 of {ALL} after the kill, all of them {time.monotonic() - started:.1f} s later")
    assert site.clerk("imported", response=response, job=job) == [ALL, ALL, "done", 2, False]


@pytest.mark.long
def test_p46_without_the_transaction_a_part_would_stay(site, marks, wait_until):
    """The negative control."""
    (marks / "Answer").touch()
    with unguarded(site, marks, "Answer"):
        response, job = import_is_killed(site, marks, wait_until)
        written, revisions, state, attempts, refused = site.clerk("imported", response=response, job=job)
    print(f"P46 without the transaction: {written} of {ALL} stay")
    assert (written, revisions, state, attempts, refused) == (599, 599, "running", 1, False)


@pytest.mark.long
def test_b122_two_files_at_once_are_never_mixed(site, marks, wait_until):
    """The second waits for the first, and is then refused with every value it would have overwritten."""
    (marks / "Answer").touch()  # nobody dies any more
    response = site.clerk("ask_much", response_id=site.known["response"])
    texts = ["From the one file", "From the other"]
    jobs = site.clerk("import_much", response=response, texts=texts)
    ends = dict(zip(jobs, texts, strict=True))

    def ended() -> bool:
        return all(site.clerk("imported", response=response, job=job)[2] == "done" for job in jobs)

    wait_until(ended, what="both imports to end")
    found = [site.clerk("imported", response=response, job=job, text=text) for job, text in ends.items()]
    assert sorted(item[0] for item in found) == [0, ALL]
    assert {item[1] for item in found} == {ALL}
    assert sorted((item[0], item[4]) for item in found) == [(0, True), (ALL, False)]
