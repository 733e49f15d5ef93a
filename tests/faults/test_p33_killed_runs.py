"""P33 of statistics and analyses: the worker dies while it writes, and nobody ever reads a half."""

import time

import pytest

REGIONS = 8


@pytest.fixture(scope="module")
def killed(site, tmp_path_factory):
    """A worker that dies once at each kind of rows; beat sweeps."""
    marks = tmp_path_factory.mktemp("marks")
    site.start_worker("killed", KILL_AT_ROWS=str(marks))
    site.start_beat()
    return marks


@pytest.fixture(scope="module")
def unguarded(site, tmp_path_factory):
    """The same worker without transactions, and nobody who sweeps."""
    for name in ("killed", "beat"):
        site.processes.stop(site.named(name))
    marks = tmp_path_factory.mktemp("unguarded")
    site.start_worker("unguarded", KILL_AT_ROWS=str(marks), LEFT_OUT="whole")
    return marks


def dead(marks, name, wait_until):
    wait_until((marks / name).exists, seconds=120, what="the worker to be killed")
    time.sleep(0.5)


def test_p33_import_of_statistics_is_killed_in_the_middle(site, killed, wait_until):
    job, values = site.clerk("confirm_statistics", name="jobs")
    started = time.monotonic()
    dead(killed, "IndicatorValue", wait_until)
    assert site.clerk("statistics_kept", job=job) == [0, 0, "running", 1]
    wait_until(lambda: site.clerk("statistics_kept", job=job)[2] == "done", seconds=90, what="done")
    print(f"P33 statistics: 0, then all {values} values {time.monotonic() - started:.1f} s after the click")
    assert site.clerk("statistics_kept", job=job) == [1, values, "done", 2]


def test_p33_run_of_an_analysis_is_killed_while_it_writes(site, killed, wait_until):
    run = site.clerk("ask_for_run", kind="gaps")
    started = time.monotonic()
    dead(killed, "RegionResult", wait_until)
    assert site.clerk("run_kept", run=run) == [0, False, "running", 1]
    wait_until(lambda: site.clerk("run_kept", run=run)[2] == "done", seconds=90, what="done")
    print(f"P33 analysis: done {time.monotonic() - started:.1f} s after the click, in the second attempt")
    assert site.clerk("run_kept", run=run) == [REGIONS, True, "done", 2]
    assert site.clerk("is_as_made_at_once", run=run)


def test_p33_negative_control_statistics_without_the_transaction(site, unguarded, wait_until):
    job, values = site.clerk("confirm_statistics", name="more")
    dead(unguarded, "IndicatorValue", wait_until)
    kept = site.clerk("statistics_kept", job=job)
    print(f"P33 without the transaction: {kept[1]} of {values} values stay")
    assert kept == [1, values // 2, "running", 1]


def test_p33_negative_control_a_run_without_the_transaction(site, unguarded, wait_until):
    run = site.clerk("ask_for_run", kind="gaps")
    dead(unguarded, "RegionResult", wait_until)
    kept = site.clerk("run_kept", run=run)
    print(f"P33 without the transaction: a run that is {kept[2]} with {kept[0]} of {REGIONS} regions")
    assert kept == [REGIONS // 2, True, "done", 1]
