"""P01, P02, P03: a web worker, the database, the power go while people save. Nothing said saved is lost."""

import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Callable

import pytest

from tests.faults.ledger import Ledger

BEFORE, AFTER = 36, 36  # saves before and after the fault
# Commits that stay in memory until somebody has time for them, and nobody has.
UNSAFE = {
    "synchronous_commit": "off",
    "wal_writer_delay": "10s",
    "wal_writer_flush_after": "1GB",
    "wal_buffers": "64MB",
    "full_page_writes": "off",
}


@pytest.fixture(scope="module")
def serving(site):
    site.start_faulty_web()
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
    with serving.without("commit"):
        ledger = Ledger(serving)
        ledger.start()
        ledger.wait_for_more(BEFORE)
        told = list(ledger.acknowledged)
        for child in gunicorn_children(serving):
            os.kill(child, signal.SIGKILL)
        ledger.stop()
    missing = ledger.missing(told)  # nobody is left who could still save these
    print(f"P01 answered before the commit: {ledger}, {len(missing)} of {len(told)} missing")
    assert len(missing) > 0


def download(port: int, address: str, *, version: int, encoding: str, at_half: Callable[[], None]) -> int:
    """The bytes of a file; raises IncompleteRead when it was cut. `at_half`: what happens meanwhile."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection._http_vsn_str, connection._http_vsn = f"HTTP/1.{version}", 10 + version
    try:
        connection.request("GET", address, headers={"Accept-Encoding": encoding})
        reply = connection.getresponse()
        assert reply.status == 200
        begun = len(reply.read(1024**2))
        at_half()
        return begun + len(reply.read())
    finally:
        connection.close()


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("version", [0, 1])  # a proxy in front may speak HTTP/1.0
def test_p16_a_download_that_is_cut_is_noticed(serving, version, encoding):
    address = serving.clerk("large_download", megabytes=16)
    asked = {"version": version, "encoding": encoding}
    whole = download(serving.port, address, **asked, at_half=lambda: None)

    def kill() -> None:
        for child in gunicorn_children(serving):
            os.kill(child, signal.SIGKILL)

    with pytest.raises((http.client.IncompleteRead, ConnectionError)) as caught:
        download(serving.port, address, **asked, at_half=kill)
    print(f"P16 HTTP/1.{version} {encoding}: {whole} bytes whole, cut: {caught.value!r:.80}")
    assert whole == 16 * 1024**2


def test_p16_negative_control_a_file_without_its_length():
    """The test can tell: what is cut without a length, or a last chunk, looks like a short file."""

    def serve(listener: socket.socket) -> None:
        line, _address = listener.accept()
        line.recv(4096)
        line.sendall(b"HTTP/1.0 200 OK\r\n\r\n" + b"x" * 2 * 1024**2)
        line.close()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        port = listener.getsockname()[1]
        assert download(port, "/", version=0, encoding="identity", at_half=lambda: None) == 2 * 1024**2


def save_while_it_restarts(serving) -> tuple[Ledger, float]:
    """What people were told while PostgreSQL went and came back, and when it was ready again."""
    ledger = Ledger(serving)
    ledger.start()
    ledger.wait_for_more(BEFORE)
    serving.cluster.stop()
    ledger.wait_for_refusals(12)
    serving.cluster.start()
    ready = time.monotonic()
    ledger.wait_for_more(AFTER)
    ledger.stop()
    return ledger, ready


def test_p02_postgresql_is_restarted(serving):
    ledger, ready = save_while_it_restarts(serving)
    missing = ledger.missing()
    afterwards = [status for begun, status in ledger.begun if begun > ready]
    print(f"P02 {ledger}, {len(missing)} missing, {len(afterwards)} begun when it was ready again")
    assert missing == []
    assert set(ledger.statuses) <= {200, 503, 409}
    assert ledger.statuses[503] > 0
    assert ledger.without_retry_after == 0
    assert set(afterwards) <= {200, 409}  # who asks when it is ready is not refused any more


def test_p02_negative_control_an_error_like_any_other(serving):
    """Where nobody tells a lost database from a fault of the code, people are told of a fault."""
    with serving.without("unavailable"):
        ledger, _ready = save_while_it_restarts(serving)
    print(f"P02 without the guard: {ledger}")
    assert (ledger.statuses[503], ledger.statuses[500] > 0) == (0, True)


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
        serving.cluster.start(**UNSAFE)
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
