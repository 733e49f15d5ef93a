"""People who save without a pause, and a book of what they were told is saved."""

import http.client
import threading
import time
import urllib.parse
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

TOKEN = "a" * 32


class Browser:
    """One signed-in person: a cookie, a form token, a connection of its own."""

    def __init__(self, site: Any, who: str = "regional-lead") -> None:
        self.port = site.port
        self.cookie = f"sessionid={site.known['sessions'][who]}; csrftoken={TOKEN}" if who else ""

    def ask(
        self, address: str, sent: dict[str, str] | str | None = None, **headers: str
    ) -> tuple[int, dict, str]:
        """What comes back for a form (fields, or a body with its own content type) or for a look."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        form = "application/x-www-form-urlencoded"
        common = {"Cookie": self.cookie, "X-CSRFToken": TOKEN, "Content-Type": form, **headers}
        body = urllib.parse.urlencode(sent) if isinstance(sent, dict) else sent
        try:
            connection.request("POST" if sent is not None else "GET", address, body, common)
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), reply.read().decode(errors="replace")
        finally:
            connection.close()


def answer_address(site: Any, code: str) -> str:
    return f"/workspace/responses/{site.known['response']}/{code}/save/"


def save_text(browser: Browser, site: Any, code: str, text: str, version: int) -> tuple[int, dict, str]:
    sent = {"explanation": text, "version_explanation": str(version)}
    return browser.ask(answer_address(site, code), sent, **{"HX-Request": "true"})


@dataclass
class Ledger:
    """Everything that was answered with 200, and what else came back."""

    site: Any
    acknowledged: list[list[str]] = field(default_factory=list)
    statuses: Counter = field(default_factory=Counter)
    without_retry_after: int = 0
    seconds: list[float] = field(default_factory=list)
    begun: list[tuple[float, int]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def start(self, people: int = 12, *, pause: float = 0.0) -> None:
        for code in self.site.known["codes"][:people]:
            version = self.site.clerk("version", response=self.site.known["response"], code=code)
            thread = threading.Thread(target=self._write, args=(code, version, pause), daemon=True)
            self.threads.append(thread)
        for thread in self.threads:
            thread.start()

    def wait_for_more(self, count: int, *, seconds: float = 180) -> None:
        """Until so many more saves were acknowledged: a busy machine takes longer for the same."""
        wanted, deadline = len(self.acknowledged) + count, time.monotonic() + seconds
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {count} more: {self}"
            time.sleep(0.05)

    def wait_for_refusals(self, count: int, *, seconds: float = 90) -> None:
        """Until so many were told that their text is not saved."""
        deadline = time.monotonic() + seconds
        while self.statuses[503] + self.statuses[500] < count:
            assert time.monotonic() < deadline, f"waited {seconds:.0f} s for {count} refusals: {self}"
            time.sleep(0.05)

    def stop(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(90)

    def _write(self, code: str, version: int, pause: float) -> None:
        browser, number = Browser(self.site), 0
        while not self.ended.is_set():
            number += 1
            text = f"{code} {number} {id(self)}"
            started = time.monotonic()
            try:
                status, headers, _body = save_text(browser, self.site, code, text, version)
            except (OSError, http.client.HTTPException):
                status, headers = 0, {}
            self.statuses[status] += 1
            self.begun.append((started, status))
            if status == 200:
                self.acknowledged.append([code, text])
                version = int(headers["X-Version"])
                self.seconds.append(time.monotonic() - started)
            elif status == 409:
                version += 1  # the save before it arrived after all; only its answer was lost
            else:
                self.without_retry_after += status == 503 and "Retry-After" not in headers
                time.sleep(0.25)  # as a browser waits before it tries again
            time.sleep(pause)

    def missing(self, told: list[list[str]] | None = None) -> list[list[str]]:
        """What was said to be saved (all, or what was told until some moment) and is not in the history."""
        kept = self.site.clerk("revisions", response=self.site.known["response"])
        found = {(code, text) for code, text in kept}
        return [entry for entry in told or self.acknowledged if tuple(entry) not in found]

    def __str__(self) -> str:
        return f"{len(self.acknowledged)} acknowledged, answers by status {dict(self.statuses)}"
