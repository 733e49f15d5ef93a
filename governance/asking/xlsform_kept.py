"""What the questionnaire made of an XLSForm says, by the row it was made from: cells are compared with it."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.asking.checks import is_storable
from governance.asking.xlsform_texts import Notebook

HOLDER = re.compile(r"%\((?:label|name)\)s")
QUOTES = str.maketrans("‘’“”", "''\"\"")


@dataclass(kw_only=True)
class Kept:
    """Texts of the definition, as they are compared."""

    whole: set[str] = field(default_factory=set)
    cut: list[str] = field(default_factory=list)

    def add(self, texts: Iterable[str]) -> None:
        for text in texts:
            self.whole |= {plain(text), *(plain(part) for part in text.split("\n\n"))}
            if text.endswith("…") and len(text) > 100:
                self.cut.append(plain(text[:-1]))

    def has(self, text: str) -> bool:
        looked = plain(text)
        return not looked or looked in self.whole or any(looked.startswith(part) for part in self.cut)


def plain(text: str) -> str:
    """A text as it is compared: the converter changes quotes and spaces, a matrix place holders."""
    clean = "".join(sign for sign in HOLDER.sub("…", text) if is_storable(sign) or sign.isspace())
    return " ".join(clean.translate(QUOTES).split())


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            if key != "questions":  # they have rows of their own
                yield from texts_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part)


def kept_by_row(definition: Mapping[str, Any], book: Notebook) -> dict[int | None, Kept]:
    """What the definition says, by the row of the survey sheet it was made from."""
    found: dict[int | None, Kept] = {}
    by_code: dict[str, Mapping[str, Any]] = {}
    for section in definition["sections"]:
        found.setdefault(book.sections.get(section["code"]), Kept()).add(texts_in(section))
        for question in section["questions"]:
            for asked in (question, *question.get("questions", [])):
                by_code[asked["code"]] = asked
                found.setdefault(book.placed.get(asked["code"]), Kept()).add(texts_in(asked))
    for row, code in book.columns.items():
        found.setdefault(row, Kept()).add(texts_in(by_code.get(code)))
    return found
