"""P01, P02, P03: a web worker, the database, the power go while people save. Nothing said saved is lost."""

import os
import signal
import time

import pytest

from tests.faults.ledger import Ledger

BEFORE, AFTER = 60, 60  # saves before and after the fault


@pytest.fixture(scope="module")
def serving(site):
    site.start_web()
    return site


def gunicorn_children(site) -> list[int]:
    master = site.named("web").popen.pid
    with open(f"/proc/{master}/task/{master}/children") as listed:
        return [int(word) for word in listed.read().split()]


def test_p01_web_worker_is_killed_while_partners_save(serving):
    ledger = Ledger(serving)
    ledger.start()
    ledger.wait_for_more(BEFORE)
    os.kill(gunicorn_children(serving)[0], signal.SIGKILL)
    ledger.wait_for_more(AFTER)
    ledger.stop()
    missing = ledger.missing()
    print(f"P01 {ledger}, {len(missing)} missing")
    assert missing == []
    assert ledger.statuses[500] == 0
    assert ledger.statuses[0] <= 12  # one for each that was under way


def test_p01_negative_control_answered_before_the_commit(serving):
    """The test can see a loss: a server that says "saved" half a second before it saves."""
    serving.processes.stop(serving.named("web"))
    serving.start_hasty_web()
    ledger = Ledger(serving)
    ledger.start()
    ledger.wait_for_more(BEFORE)
    for child in gunicorn_children(serving):
        os.kill(child, signal.SIGKILL)
    ledger.stop()
    time.sleep(1)
    missing = ledger.missing()
    serving.processes.stop(serving.named("web"))
    serving.start_web()
    print(f"P01 answered before the commit: {ledger}, {len(missing)} missing")
    assert len(missing) > 0


def test_p02_postgresql_is_restarted(serving):
    ledger = Ledger(serving)
    ledger.start()
    ledger.wait_for_more(BEFORE)
    serving.cluster.stop()
    time.sleep(1)
    serving.cluster.start()
    ready = time.monotonic()
    ledger.wait_for_more(AFTER)
    ledger.stop()
    missing = ledger.missing()
    first = min(at for at in ledger.successes if at > ready) - ready
    print(f"P02 {ledger}, {len(missing)} missing, first success {first:.2f} s after ready")
    assert missing == []
    assert set(ledger.statuses) <= {200, 503, 409}
    assert ledger.statuses[503] > 0
    assert ledger.without_retry_after == 0
    assert first <= 5


def test_p03_postgresql_crashes(serving):
    ledger = Ledger(serving)
    ledger.start()
    ledger.wait_for_more(BEFORE)
    serving.cluster.stop(crash=True)
    serving.cluster.start()
    ledger.wait_for_more(AFTER)
    ledger.stop()
    missing = ledger.missing()
    print(f"P03 {ledger}, {len(missing)} missing")
    assert missing == []
    assert set(ledger.statuses) <= {200, 503, 409}


def test_p03_negative_control_without_synchronous_commit(serving):
    """The test can see a loss: with commits that do not wait for the disk, some are lost."""
    for attempt in range(1, 6):
        serving.cluster.stop()
        serving.cluster.start(synchronous_commit="off", wal_writer_delay="10s")
        ledger = Ledger(serving)
        ledger.start()
        ledger.wait_for_more(BEFORE)
        serving.cluster.stop(crash=True)
        ledger.stop()
        serving.cluster.start()
        missing = ledger.missing()
        print(f"P03 without synchronous_commit, try {attempt}: {ledger}, {len(missing)} missing")
        if missing:
            return
    pytest.fail("no loss in five tries")
