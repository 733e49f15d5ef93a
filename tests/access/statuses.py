"""The table of who may ask for what: a name, its address, and for GET and POST a status for every role.

The addresses and statuses stand in statuses.txt and are typed by hand. A name is the URL's name; after "@"
stands what else is meant by the same name ("unit": a unit's response instead of the team's). "in" means: led
to the sign-in page. "any" is for what depends on the services that run beside the tests.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.access.world import ROLES

TABLE = Path(__file__).parent / "statuses.txt"


@dataclass(frozen=True, kw_only=True)
class Line:
    """What one address answers."""

    name: str
    address: str
    expected: dict[str, dict[str, str]]  # by method, then by role


def lines() -> Iterator[Line]:
    name, address, expected = "", "", {}
    for text in TABLE.read_text(encoding="utf-8").splitlines():
        if not text.strip() or text.startswith("#"):
            continue
        if not text.startswith(" "):
            if name:
                yield Line(name=name, address=address, expected=expected)
            name, address = text.split()
            expected = {}
        else:
            method, *statuses = text.split()
            expected[method.lower()] = dict(zip(ROLES, statuses, strict=True))
    yield Line(name=name, address=address, expected=expected)
