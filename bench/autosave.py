"""Row 4: autosaves of people on one form, each on another statement, against a view that does nothing.

Once mixed half and half with a light reading, as people's browsers ask, and once alone.
"""

from collections.abc import Callable
from urllib.parse import urlencode

from bench.load import HOST, Latencies, Line, get, rate
from bench.ratios import Ratio, median_ratio
from bench.site import regional_lead, team_response, web_port

CODES = ["1.1", "1.2", "2.1", "3.1", "3.2", "4.1", "5.1", "6.1"]
SECRET = "b" * 32
READING = "/healthz"  # nothing lighter is asked by a signed-in browser


class Writer:
    """A person at one statement, who types on and on. Every save starts from the version of the last."""

    def __init__(self, *, address: str, session: str, version: int) -> None:
        self.address, self.session = address, session
        self.code = address.split("/")[-3]
        self.reading = get(READING, cookie=f"sessionid={session}")
        self.version = version
        self.count = self.read = 0
        self.head = f"POST {address} HTTP/1.1\r\nHost: {HOST}\r\nHX-Request: true\r\n"
        self.head += f"Cookie: sessionid={session}; csrftoken={SECRET}\r\nX-CSRFToken: {SECRET}\r\n"
        self.head += "Content-Type: application/x-www-form-urlencoded\r\n"

    def save(self, line: Line) -> None:
        self.count += 1
        body = urlencode({"explanation": f"Word {self.count}", "version_explanation": self.version})
        request = f"{self.head}Content-Length: {len(body)}\r\n\r\n{body}"
        self.version = int(line.ask(request.encode())[b"x-version"])

    def save_and_read(self, line: Line) -> None:
        """In turn, so that half of the requests are saves."""
        if self.count > self.read:
            self.read += 1
            line.ask(self.reading)
        else:
            self.save(line)


def writers() -> list[Writer]:
    client, response = regional_lead(), team_response()
    session = client.cookies["sessionid"].value
    found = []
    for code in CODES:
        answer = response.answers.filter(question__code=code, about_unit=None).first()
        version = answer.version_of("explanation") if answer else 1
        address = f"/workspace/responses/{response.pk}/{code}/save/"
        found.append(Writer(address=address, session=session, version=version))
    return found


def measure() -> list[Ratio]:
    people = writers()
    return [
        measured("autosave and reading 50:50", [person.save_and_read for person in people], target=0.3),
        measured("autosave alone", [person.save for person in people], target=0.3),
    ]


def measured(name: str, workers: list[Callable[[Line], None]], *, target: float) -> Ratio:
    port, trivial, took = web_port(), get("/healthz"), Latencies()
    rate(port, workers)  # processes that have just started load and connect first
    value = median_ratio(
        lambda: rate(port, workers, latencies=took),
        lambda: rate(port, [lambda line: line.ask(trivial)] * len(workers)),
    )
    what = f"{name}: requests/s ÷ trivial view"
    detail = f"{len(workers)} people; {took}"
    return Ratio(row=4, name=what, value=value, target=target, at_most=False, detail=detail)
