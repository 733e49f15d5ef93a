"""A program that speaks to the API of the site under test with a token, over a connection of its own."""

import http.client
import json
from typing import Any


class Program:
    def __init__(self, site: Any, token: str) -> None:
        self.port = site.port
        self.token = token

    def ask(
        self, method: str, address: str, body: Any = None, **headers: str
    ) -> tuple[int, dict[str, str], Any]:
        """Status, headers and the JSON that came back; headers with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            text = None if body is None else json.dumps(body)
            connection.request(method, f"/api/v1/{address}", text, sent)
            reply = connection.getresponse()
            return reply.status, dict(reply.getheaders()), json.loads(reply.read())
        finally:
            connection.close()
