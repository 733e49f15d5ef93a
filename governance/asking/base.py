"""What every question type offers: read what a form sent, check a value, show it, and write it into files.

Pure: a type knows neither Django nor a database. Sentences are marked here and translated where they are
shown, so that a new type is one module and one line in registry.py. Values are JSON.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from governance.asking.checks import cell_text, unknown_settings
from governance.asking.problems import Problem, Settings

# Answers that are no value; a choice may not have such a code.
KINDS = ("no_information", "does_not_apply")


def nothing_known(codes: Sequence[str]) -> dict[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Who reads: the language decides the decimal sign; `known` names codes that live elsewhere."""

    language: str = "en"
    known: Callable[[Sequence[str]], Mapping[str, str]] = nothing_known

    @property
    def decimal_sign(self) -> str:
        return "." if self.language.partition("-")[0] in ("en", "ga") else ","


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table of answers. `kind`: text, number or date; `labels`: what its codes mean."""

    name: str
    label: str
    kind: str = "text"
    labels: dict[str, str] = field(default_factory=dict)


class QuestionType:
    """The shape of a type. A module of this package overrides what differs."""

    key = ""
    label = ""
    control = ""  # templates/governance/controls/_<control>.html
    many = False  # a form sends several values of the same name
    holds_value = True  # False: a note, or the frame of a matrix or a group
    shape = "text"  # of a value in JSON: "text", "number", "whole number" or "list" (of texts)
    small = False  # may stand in a cell of a matrix
    source = ""  # whose codes it takes: "regions", "units", "codes"
    setting_names: tuple[str, ...] = ()

    def check_settings(self, settings: Settings) -> list[Problem]:
        """What is wrong with the settings of a question of this type."""
        return unknown_settings(settings, self.setting_names)

    def parse(self, sent: Sequence[str], *, settings: Settings, reader: Reader) -> Any:
        """The value that a form sent; None when it is empty. Raises Refused."""
        text = sent[0] if sent else ""
        if not text:
            return None
        return self.check(text, settings=settings, reader=reader)

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        """The value as it is stored. Raises Refused."""
        raise NotImplementedError

    def raw(self, value: Any, *, settings: Settings, reader: Reader) -> list[str]:
        """A stored value as a form sends it."""
        return [] if value is None else [str(value)]

    def show(self, value: Any, *, settings: Settings, reader: Reader) -> str:
        """A stored value in words."""
        return "" if value is None else str(value)

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        """The columns of this question in a table of answers."""
        return [Column(name=name, label=label)] if self.holds_value else []

    def cells(self, value: Any, *, settings: Settings) -> list[Any]:
        """A value as it stands in those columns: text, number or None."""
        return [value]

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        """The value that somebody wrote into those columns; None when they are empty. Raises Refused."""
        return self.parse([cell_text(cells[0])], settings=settings, reader=reader)
