"""Row 13: people who hold a form open. Each saves once and says once in ten seconds that they are here.

First as many as the machine takes, against a view that does nothing; that gives the number held at half load.
Then so many for a while, at their own pace, with a book of what was acknowledged: it must be in the history.
"""

import threading
import time
from itertools import count
from urllib.parse import urlencode

from bench.autosave import Writer, writers
from bench.load import Latencies, Line, get, rate
from bench.ratios import Ratio, median_ratio
from bench.site import team_response, web_port

PERIOD = 10.0  # seconds between two saves, and between two signs of life, of one person
LASTING = 15.0
HALF = 0.5


class Respondent(Writer):
    """Saves and signs of life in turn; every acknowledged text stands in the book."""

    def __init__(self, **values: object) -> None:
        super().__init__(**values)  # type: ignore[arg-type]
        self.book: list[str] = []
        self.turn = count()
        body = urlencode({"place": self.code, "tag": ""})
        here = self.head.replace(self.address, self.address.replace(f"{self.code}/save/", "here/"))
        self.presence = f"{here}Content-Length: {len(body)}\r\n\r\n{body}".encode()

    def mixed(self, line: Line) -> None:
        if next(self.turn) % 2:
            line.ask(self.presence)
        else:
            self.save(line)
            self.book.append(f"Word {self.count}")


def respondents() -> list[Respondent]:
    """One at each statement; a connection carries many people, who never write at the same moment."""
    return [
        Respondent(address=person.address, session=person.session, version=person.version)
        for person in writers()
    ]


def measure() -> list[Ratio]:
    people, port, trivial = respondents(), web_port(), get("/healthz")
    rates: list[tuple[float, float]] = []

    def mixed() -> float:
        rates.append((rate(port, [person.mixed for person in people]), 0.0))
        return rates[-1][0]

    def doing_nothing() -> float:
        nothing = rate(port, [lambda line: line.ask(trivial)] * len(people))
        rates[-1] = (rates[-1][0], nothing)
        return nothing

    share = median_ratio(mixed, doing_nothing)
    held = int(sorted(rate for rate, _nothing in rates)[len(rates) // 2] * PERIOD / 2 * HALF)
    took = sustained(port, people, held=held)
    kept = history()
    missing = sum((person.code, text) not in kept for person in people for text in person.book)
    saves = sum(len(person.book) for person in people)
    detail = f"{held} people at half load for {LASTING:.0f} s; {took}"
    return [
        Ratio(
            row=13,
            name="people held at half load ÷ trivial requests/s",
            value=share * PERIOD / 2 * HALF,
            target=0.5,
            at_most=False,
            detail=detail,
        ),
        Ratio(row=13, name="their p95 ÷ 100 ms", value=took.p95() / 100, target=1.0, detail=str(took)),
        Ratio(
            row=13,
            name="acknowledged saves that are not in the history",
            value=missing,
            target=0,
            detail=f"of {saves}",
        ),
    ]


def sustained(port: int, people: list[Respondent], *, held: int) -> Latencies:
    """The requests of so many people at even distances, whatever the answers take."""
    took, pause = Latencies(), PERIOD / 2 / held * len(people)
    end = time.perf_counter() + LASTING
    faults: list[Exception] = []

    def work(person: Respondent) -> None:
        line, due = Line(port), time.perf_counter()
        try:
            while due < end:
                time.sleep(max(0.0, due - time.perf_counter()))
                person.mixed(line)
                took.found.append((time.perf_counter() - due) * 1000)  # waiting for one's turn counts
                due += pause
        except Exception as error:  # told by the thread that waits
            faults.append(error)
        finally:
            line.close()

    threads = [threading.Thread(target=work, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return took


def history() -> set[tuple[str, str]]:
    """(code, explanation) of every version that was kept."""
    from governance.models import AnswerRevision  # after setup: models

    rows = AnswerRevision.objects.filter(answer__response=team_response(), field="explanation")
    found = rows.values_list("answer__question__code", "values")
    return {(code, values["explanation"]) for code, values in found}
