"""What the questionnaire made of an XLSForm says, by the row it was made from: cells are compared with it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.asking.checks import is_storable
from governance.asking.xlsform_sheets import Cell
from governance.asking.xlsform_texts import Notebook

HOLDER = re.compile(r"%\((?:label|name)\)s")
QUOTES = str.maketrans("‘’“”", "''\"\"")
# Where the texts of the definition come from; a help is the hint and what guides who asks, joined.
COLUMNS = {"short": "label", "question": "label", "title": "label", "help": "hint", "description": "hint"}
# The columns whose texts are carried over; no other column is found in the definition by what it says.
CARRIED: dict[tuple[str, ...], str] = {
    ("label",): "label",
    ("hint",): "hint",
    ("guidance_hint",): "hint",
    ("bind", "jr:constraintMsg"): "jr:constraintMsg",
    ("bind", "jr:requiredMsg"): "jr:requiredMsg",
}


@dataclass(kw_only=True)
class Kept:
    """Texts of the definition by the column they come from, as they are compared."""

    whole: set[tuple[str, str]] = field(default_factory=set)
    cut: list[tuple[str, str]] = field(default_factory=list)

    def add(self, column: str, texts: Iterable[str]) -> None:
        for text in texts:
            self.whole |= {(column, plain(part)) for part in (text, *text.split("\n\n"))}
            if text.endswith("…") and len(text) > 100:
                self.cut.append((column, plain(text[:-1])))

    def add_row(self, row: Mapping[str, Any]) -> None:
        """The texts of a section or a question, without those of its choices and of the questions inside."""
        for texts in (row, *row.get("translations", {}).values()):
            for key, column in COLUMNS.items():
                self.add(column, [texts[key]] if key in texts else [])
            for key, text in texts.get("messages", {}).items():
                self.add("jr:requiredMsg" if key == "required" else "jr:constraintMsg", [text])

    def has(self, cell: Cell) -> bool:
        """Whether what the cell says was carried over from its column; the same text of another is not it."""
        looked, column = plain(cell.text), CARRIED.get(cell.way[:2]) or CARRIED.get(cell.way[:1], "")
        return (
            not looked
            or (column, looked) in self.whole
            or any(of == column and looked.startswith(part) for of, part in self.cut)
        )


def plain(text: str) -> str:
    """A text as it is compared: the converter changes quotes and spaces, a matrix place holders."""
    clean = "".join(sign for sign in HOLDER.sub("…", text) if is_storable(sign) or sign.isspace())
    return " ".join(clean.translate(QUOTES).split())


def kept_by_row(definition: Mapping[str, Any], book: Notebook) -> dict[int | None, Kept]:
    """What the definition says, by the row of the survey sheet it was made from."""
    found: dict[int | None, Kept] = {}
    by_code: dict[str, Mapping[str, Any]] = {}
    for section in definition["sections"]:
        found.setdefault(book.sections.get(section["code"]), Kept()).add_row(section)
        for question in section["questions"]:
            for asked in (question, *question.get("questions", [])):
                by_code[asked["code"]] = asked
                found.setdefault(book.placed.get(asked["code"]), Kept()).add_row(asked)
    for row, code in book.columns.items():
        columns = by_code[code]["settings"]["columns"] if code in by_code else []
        found.setdefault(row, Kept()).add("label", [column["label"] for column in columns])
    return found
