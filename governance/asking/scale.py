"""The level from 1 to 5 with its rubric. Level, importance and confidence have columns of their own."""

from typing import Any

from governance.asking.base import Column, QuestionType, Reader
from governance.asking.problems import Settings, gettext_noop, wrong_type


class Scale(QuestionType):
    key = "scale"
    label = gettext_noop("Level from 1 to 5, with what each step means")
    control = "scale"

    def check(self, value: Any, *, settings: Settings, reader: Reader) -> Any:
        if isinstance(value, str) and value in ("1", "2", "3", "4", "5"):
            return int(value)
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 5:
            return value
        raise wrong_type()

    def columns(self, name: str, *, label: str, settings: Settings) -> list[Column]:
        return [
            Column(name=name, label=label, kind="number"),
            Column(name=f"{name}_importance", label=f"{label}: importance", kind="number"),
            Column(name=f"{name}_confidence", label=f"{label}: confidence"),
        ]


SCALE = Scale()
