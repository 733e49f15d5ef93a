"""P101, P102: a burst like the last hour before a deadline, a long day (STM_ENDURANCE_SECONDS)."""

import os
import time

import pytest

from tests.faults.ledger import Browser, Ledger

pytestmark = pytest.mark.long
ENDURANCE = int(os.environ.get("STM_ENDURANCE_SECONDS", "1800"))
PEOPLE, BURST_SECONDS = 25, 30
OPEN = "SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in transaction%'"
CONNECTIONS = "SELECT count(*) FROM pg_stat_activity WHERE datname = 'stm'"


@pytest.fixture(scope="module")
def serving(site):
    site.start_web()
    site.start_worker("one")
    return site


def resident_mebibytes(site) -> float:
    """Of the web server and its children."""
    master = site.named("web").popen.pid
    with open(f"/proc/{master}/task/{master}/children") as listed:
        family = [master, *map(int, listed.read().split())]
    pages = 0
    for pid in family:
        with open(f"/proc/{pid}/statm") as shown:
            pages += int(shown.read().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024**2


def test_p101_burst_of_saves(serving, wait_for):
    """25 people, each two saves a second: 50 a second where the machine can; what it reached is printed."""
    ledger = Ledger(serving)
    ledger.start(PEOPLE, pause=0.3)
    time.sleep(BURST_SECONDS)
    ledger.stop()
    missing = ledger.missing()
    rate = len(ledger.acknowledged) / BURST_SECONDS
    print(f"P101 {rate:.0f} saves a second, {ledger}, {len(missing)} missing")
    assert missing == []
    assert set(ledger.statuses) == {200}
    exports = wait_for(serving.clerk("new_jobs", count=10))
    sizes = {(serving.media / job["file"]).stat().st_size for job in exports}
    assert len(sizes) == 1
    assert serving.clerk("sql", text=OPEN) == [[0]]
    assert Browser(serving, "").ask("/accounts/login/")[0] == 200


def test_p102_endurance(serving, wait_for):
    ledger = Ledger(serving)
    ledger.start(12, pause=0.5)
    deadline, memory, connections = time.monotonic() + ENDURANCE, [], []
    while time.monotonic() < deadline:
        document = serving.clerk("new_jobs", kind="document")
        time.sleep(min(20, ENDURANCE / 6))
        memory.append(resident_mebibytes(serving))
        connections.append(serving.clerk("sql", text=CONNECTIONS)[0][0])
    wait_for(document, kind="document", seconds=300)
    ledger.stop()
    half = memory[len(memory) // 2 :]
    slope = (half[-1] - half[0]) / max(1, ENDURANCE / 120)
    print(f"P102 {ENDURANCE} s: {ledger}; memory {memory[0]:.0f} to {memory[-1]:.0f} MiB")
    print(f"P102 {slope:.2f} MiB a minute in the second half; connections {sorted(set(connections))}")
    assert ledger.missing() == []
    assert set(ledger.statuses) == {200}
    assert slope < 1
    assert max(connections) - min(connections[1:]) <= 4
    assert not list((serving.media / "results").glob(".part-*"))
