"""Requests per second over kept connections.

The HTTP client of the standard library costs as much as the server it asks: a connection is a plain socket.
"""

import socket
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
SECONDS = 1.0
CONNECTIONS = 8

Headers = dict[bytes, bytes]


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.reader = self.socket.makefile("rb")

    def ask(self, request: bytes) -> Headers:
        """The headers of the answer, which must be 200, or 204 where there is nothing new."""
        self.socket.sendall(request)
        status = self.reader.readline()
        headers: Headers = {}
        for line in iter(self.reader.readline, b"\r\n"):
            name, _colon, value = line.partition(b":")
            headers[name.lower()] = value.strip()
        body = self.reader.read(int(headers.get(b"content-length", 0)))
        if status.split()[1] not in (b"200", b"204"):
            raise RuntimeError(f"{status.decode().strip()}: {body[:300].decode(errors='replace')}")
        return headers

    def close(self) -> None:
        self.reader.close()
        self.socket.close()


@dataclass
class Latencies:
    """Milliseconds of single requests over all rounds."""

    found: list[float] = field(default_factory=list)

    def p95(self) -> float:
        ranked = sorted(self.found)
        return ranked[len(ranked) * 95 // 100]

    def __str__(self) -> str:
        """p50, p95 and p99; they hold for this machine and its other guests of the moment."""
        ranked = sorted(self.found)
        shares = {f"p{share}": ranked[len(ranked) * share // 100] for share in (50, 95, 99)} if ranked else {}
        return ", ".join(f"{name} {value:.0f} ms" for name, value in shares.items())


def get(path: str, *, cookie: str = "") -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {HOST}", "Accept-Encoding: gzip, br"]
    lines += [f"Cookie: {cookie}"] if cookie else []
    return "\r\n".join([*lines, "", ""]).encode()


def rate(
    port: int, workers: Sequence[Callable[[Line], object]], *, latencies: Latencies | None = None
) -> float:
    """Requests per second of all workers together, each on a connection and a thread of its own."""
    counts = [0] * len(workers)
    faults: list[Exception] = []
    started = time.perf_counter()

    def work(place: int) -> None:
        line = Line(port)
        try:
            while time.perf_counter() - started < SECONDS:
                asked = time.perf_counter()
                workers[place](line)
                counts[place] += 1
                if latencies is not None:
                    latencies.found.append((time.perf_counter() - asked) * 1000)
        except Exception as error:  # told by the thread that waits
            faults.append(error)
        finally:
            line.close()

    threads = [threading.Thread(target=work, args=(place,)) for place in range(len(workers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return sum(counts) / (time.perf_counter() - started)


def page_rate(port: int, path: str, *, latencies: Latencies | None = None) -> float:
    """Requests per second of one address."""
    request = get(path)
    return rate(port, [lambda line: line.ask(request)] * CONNECTIONS, latencies=latencies)
