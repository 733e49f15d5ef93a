"""A line between a browser and the site: slow, of changing speed, and cut now and then."""

import contextlib
import random
import socket
import threading
import time


class BadLine:
    """Passes bytes on to a port of this machine, `delay` ± `jitter` seconds late; cuts some connections.

    A cut happens in the middle: what the browser sent has arrived, what the site answers is lost.
    """

    def __init__(self, port: int, *, delay: float = 0.3, jitter: float = 0.2, cuts: float = 0.05) -> None:
        self.target, self.delay, self.jitter, self.cuts = port, delay, jitter, cuts
        self.chance = random.Random(29)
        self.cut = 0
        self.since_cut = 0
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.server.close()

    def _accept(self) -> None:
        while True:
            try:
                browser, _address = self.server.accept()
            except OSError:
                return
            site = socket.create_connection(("127.0.0.1", self.target))
            for source, sink, answers in ((browser, site, False), (site, browser, True)):
                threading.Thread(target=self._pass_on, args=(source, sink, answers), daemon=True).start()

    def _is_cut(self) -> bool:
        """By chance, and at the latest when chance had its time: no run is without a cut."""
        self.since_cut += 1
        if self.chance.random() >= self.cuts and self.since_cut * self.cuts < 1.5:
            return False
        self.cut, self.since_cut = self.cut + 1, 0
        return True

    def _pass_on(self, source: socket.socket, sink: socket.socket, answers: bool) -> None:
        try:
            while data := source.recv(65536):
                time.sleep(self.delay + self.chance.uniform(-self.jitter, self.jitter))
                if answers and self._is_cut():
                    break
                sink.sendall(data)
        except OSError:
            pass
        for end in (source, sink):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
