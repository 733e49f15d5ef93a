"""What is wrong with a value, a setting or a questionnaire: a code, and a sentence to translate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Settings = Mapping[str, Any]


def gettext_noop(text: str) -> str:
    """Mark a sentence for translation; it is translated where it is shown."""
    return text


OPTION = gettext_noop("That option is not part of this question. Choose one of those shown.")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """A sentence with places for values, and what a program calls it.

    `tampered`: only somebody who changed the page can send this; it is refused as a bad request (400).
    """

    code: str
    text: str
    params: dict[str, Any] = field(default_factory=dict)
    tampered: bool = False
    path: str = ""


class Refused(Exception):
    """A value that is not accepted, with the reason."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.code)


def wrong_type(path: str = "") -> Refused:
    return Refused(
        Problem(
            code="type",
            text=gettext_noop("This is not the kind of value this question takes."),
            tampered=True,
            path=path,
        )
    )
