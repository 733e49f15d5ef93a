"""Row 4: autosaves of people on one form, each on another statement, against a view that does nothing."""

from urllib.parse import urlencode

from bench.load import HOST, Line, get, rate
from bench.ratios import Ratio, median_ratio
from bench.site import regional_lead, team_response, web_port

CODES = ["1.1", "1.2", "3.1", "4.1"]
SECRET = "b" * 32


class Writer:
    """A person at one statement, who types on and on. Every save starts from the version of the last."""

    def __init__(self, *, address: str, session: str, version: int) -> None:
        self.address = address
        self.version = version
        self.count = 0
        self.head = f"POST {address} HTTP/1.1\r\nHost: {HOST}\r\nHX-Request: true\r\n"
        self.head += f"Cookie: sessionid={session}; csrftoken={SECRET}\r\nX-CSRFToken: {SECRET}\r\n"
        self.head += "Content-Type: application/x-www-form-urlencoded\r\n"

    def save(self, line: Line) -> None:
        self.count += 1
        body = urlencode({"explanation": f"Word {self.count}", "version_explanation": self.version})
        request = f"{self.head}Content-Length: {len(body)}\r\n\r\n{body}"
        self.version = int(line.ask(request.encode())[b"x-version"])


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
    port = web_port()
    people = writers()
    trivial = get("/healthz")
    value = median_ratio(
        lambda: rate(port, [person.save for person in people]),
        lambda: rate(port, [lambda line: line.ask(trivial)] * len(people)),
    )
    detail = f"{len(people)} people; autosaves only, each committed"
    return [
        Ratio(
            row=4,
            name="autosave: requests/s ÷ trivial view",
            value=value,
            target=0.3,
            at_most=False,
            detail=detail,
        )
    ]
