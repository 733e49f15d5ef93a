"""What becomes of answers when a questionnaire gets a new version: kept, changed or dropped.

Questions are the same when their codes are. Nothing is converted: an answer is carried over as it is, or it
stays with the old version.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.asking.base import Reader
from governance.asking.frames import find_cell
from governance.asking.problems import Refused
from governance.asking.registry import TYPES

WORDING = ("short", "text", "question", "help", "rubric")


@dataclass(frozen=True, kw_only=True)
class Change:
    """One question. `fate`: kept, changed (carried over, read it again) or dropped; `reasons` are codes."""

    code: str
    short: str
    fate: str
    reasons: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "short": self.short, "fate": self.fate, "reasons": list(self.reasons)}


@dataclass(frozen=True, kw_only=True)
class Comparison:
    changes: tuple[Change, ...]
    added: tuple[str, ...] = field(default=())

    def of(self, code: str) -> Change | None:
        return next((change for change in self.changes if change.code == code), None)


def compare_questions(old: Mapping[str, Any], new: Mapping[str, Any]) -> Comparison:
    """Both: questions by code, as `definitions` describes them, groups opened up."""
    changes = tuple(compare_question(question, new.get(code)) for code, question in old.items())
    return Comparison(changes=changes, added=tuple(code for code in new if code not in old))


def compare_question(old: Mapping[str, Any], new: Mapping[str, Any] | None) -> Change:
    code, short = old["code"], old["short"]
    if new is None:
        return Change(code=code, short=short, fate="dropped", reasons=("removed",))
    if old["type"] != new["type"]:
        return Change(code=code, short=short, fate="dropped", reasons=("type",))
    if old.get("scope") != new.get("scope"):
        return Change(code=code, short=short, fate="dropped", reasons=("scope",))
    reasons = tuple(
        name
        for name, differs in (
            ("wording", any(old.get(part) != new.get(part) for part in WORDING)),
            ("settings", old.get("settings") != new.get("settings")),
            ("condition", (old.get("condition") or {}) != (new.get("condition") or {})),
        )
        if differs
    )
    return Change(code=code, short=short, fate="changed" if reasons else "kept", reasons=reasons)


def still_fits(value: Any, *, part: str, question: Mapping[str, Any], reader: Reader) -> bool:
    """Whether a stored value may stand in the new question; `part` names a cell of a matrix."""
    kind, settings = TYPES[question["type"]], question.get("settings", {})
    if kind.key == "matrix":
        found = find_cell(settings, part)
        if found is None:
            return False
        _row, column = found
        kind, settings = TYPES[column.get("type", "number")], column.get("settings", {})
    if value is None:
        return True
    try:
        kind.check(value, settings=settings, reader=reader)
    except Refused:
        return False
    return True
