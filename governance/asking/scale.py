"""The level from 1 to 5 with its rubric. Level, importance and confidence have columns of their own."""

from collections.abc import Sequence
from typing import Any

from governance.asking.base import Column, QuestionType, Reader
from governance.asking.checks import cell_text
from governance.asking.problems import Problem, Refused, Settings, gettext_noop, wrong_type


class Scale(QuestionType):
    key = "scale"
    label = gettext_noop("Level from 1 to 5, with what each step means")
    control = "scale"
    shape = "whole number"

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if isinstance(value, str) and value in ("1", "2", "3", "4", "5"):
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5:
            return value
        if isinstance(value, int) and not isinstance(value, bool):
            text = gettext_noop("A level is a whole number from 1 to 5 (you sent %(sent)s).")
            raise Refused(Problem(code="level", text=text, params={"sent": str(value)[:40]}, tampered=True))
        raise wrong_type()

    def take(self, cells: Sequence[Any], *, settings: Settings, reader: Reader) -> Any:
        typed = cell_text(cells[0]).strip().removesuffix(".0")
        if typed and typed not in ("1", "2", "3", "4", "5"):
            text = gettext_noop("Write a level from 1 to 5 (you wrote %(typed)s).")
            raise Refused(Problem(code="level", text=text, params={"typed": typed[:40]}))
        return int(typed) if typed else None

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        return [
            Column(name=name, label=label, kind="number"),
            Column(name=f"{name}_importance", label=f"{label}: importance", kind="number"),
            Column(name=f"{name}_confidence", label=f"{label}: confidence"),
        ]


SCALE = Scale()
