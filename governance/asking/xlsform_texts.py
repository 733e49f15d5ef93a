"""Texts, codes and languages of an XLSForm as a questionnaire keeps them, and the list of differences.

Pure: a form is the value that pyxform makes of a file. Nothing goes without a line in the list.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from governance.asking.base import KINDS
from governance.asking.checks import is_storable
from governance.asking.plain_values import LANGUAGE_LENGTH
from governance.asking.problems import gettext_noop

NO_CODE = gettext_noop(
    "The texts in “%(name)s” are left out: write the language with its code, like “Polish (pl)”."
)
TEXTS = ("label", "hint", "guidance_hint")
MESSAGES = ("jr:constraintMsg", "jr:requiredMsg")
LANGUAGE = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?)\)\s*$")
NAMES = {
    "bulgarian": "bg", "croatian": "hr", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "estonian": "et", "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hungarian": "hu",
    "irish": "ga", "italian": "it", "latvian": "lv", "lithuanian": "lt", "maltese": "mt", "norwegian": "nb",
    "polish": "pl", "portuguese": "pt", "romanian": "ro", "slovak": "sk", "slovenian": "sl", "spanish": "es",
    "swedish": "sv", "ukrainian": "uk", "welsh": "cy",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a questionnaire of ours cannot hold as it was.

    `kind`: "left_out", "changed", or "remark": what the converter says of the form and changes nothing.
    """

    kind: str
    sheet: str
    row: int | None
    name: str
    text: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(kw_only=True)
class Notebook:
    """Codes given so far, where each row stands, and the differences found on the way."""

    main: str
    rows: dict[str, list[int]]
    languages: dict[str, str] = field(default_factory=dict)
    found: list[Difference] = field(default_factory=list)
    codes: set[str] = field(default_factory=set)
    row: int | None = None
    looked: dict[str, int] = field(default_factory=dict)
    # By code: what kind of question it is, for the conditions that name it (xlsform_conditions.About).
    about: dict[str, Any] = field(default_factory=dict)
    # By code: the row of its question; of its section.
    placed: dict[str, int | None] = field(default_factory=dict)
    sections: dict[str, int | None] = field(default_factory=dict)
    sheet: str = "survey"
    # By list: the row of each choice.
    choices: Mapping[str, list[int]] = field(default_factory=dict)
    # By list: the texts that were kept, of each choice in order.
    offered: dict[str, dict[int, set[str]]] = field(default_factory=dict)
    # Cells that have a place here or a line in the list, by sheet, row and what the column is for; rows that
    # are left out as a whole; names of languages whose texts are.
    told: set[tuple[str, int | None, str]] = field(default_factory=set)
    gone: set[int | None] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    # By row: the code of the matrix of which this question is a column.
    columns: dict[int | None, str] = field(default_factory=dict)
    once: set[tuple[Any, ...]] = field(default_factory=set)
    numbers: dict[str, int] = field(default_factory=dict)

    def at(self, name: str) -> None:
        """Go on to the next row of this name; what a converter added stays with the row before."""
        waiting = self.rows.get(name, [])
        self.row = waiting.pop(0) if waiting else self.row

    def ahead(self, name: str) -> None:
        """Stand at a row of this name before the rows are walked, each time at the next one.

        What a converter added stays with the row before.
        """
        count = self.looked[name] = self.looked.get(name, 0) + 1
        places = self.rows.get(name, [])
        self.row = places[min(count, len(places)) - 1] if places else self.row

    @contextmanager
    def choice(self, of_list: str, number: int) -> Iterator[None]:
        """What is noted stands at the row of this choice, once however many questions offer it."""
        rows, here = self.choices.get(of_list, []), (self.sheet, self.row)
        if number < len(rows):  # the converter may add one (“other”): that stays with its question
            self.sheet, self.row = "choices", rows[number]
        yield
        self.sheet, self.row = here

    def tell(self, *columns: str) -> None:
        """What these columns say at this row has a place here, or a line that says what became of it."""
        self.told |= {(self.sheet, self.row, column) for column in columns}

    def note(self, kind: str, name: str, text: str, **params: Any) -> None:
        if self.sheet == "choices":
            known = (kind, self.row, name, text, *sorted((key, str(value)) for key, value in params.items()))
            if known in self.once:
                return
            self.once.add(known)
        self.found.append(
            Difference(kind=kind, sheet=self.sheet, row=self.row, name=name, text=text, params=params)
        )

    def leave_out(self, name: str, text: str, **params: Any) -> None:
        """The whole row, with every cell of it."""
        self.gone.add(self.row)
        self.note("left_out", name, text, **params)

    def settings(self, kind: str, name: str, text: str, **params: Any) -> None:
        """The settings sheet has one row."""
        self.found.append(Difference(kind=kind, sheet="settings", row=2, name=name, text=text, params=params))

    def code(self, name: str, *, taken: set[str] | None = None, most: int = 20, marks: str = "._-") -> str:
        """A code that is free, made from a name; the list says when it is another."""
        used = self.codes if taken is None else taken
        plain = "".join(sign if sign.isalnum() or sign in marks else "_" for sign in name)
        if taken is not None:
            plain = re.sub(r"[^A-Za-z0-9_-]", "_", plain)
        plain = plain[:most] or "_"
        # Where many names begin alike, the next number is known and not looked for again.
        code, number = plain, self.numbers.get(plain, 2) if taken is None else 2
        while code in used or code in KINDS:
            ending = f"_{number}"
            code, number = plain[: most - len(ending)] + ending, number + 1
        if taken is None:
            self.numbers[plain] = number
        used.add(code)
        if taken is None:
            self.placed[code] = self.row
        if code != name:
            text = gettext_noop("“%(name)s” gets the code “%(code)s” here.")
            self.note("changed", name, text, code=code)
        return code

    def fitted(self, text: str, most: int, *, name: str) -> str:
        clean = "".join(sign for sign in text if is_storable(sign))
        if clean != text:
            sentence = gettext_noop(
                "Characters that cannot be stored are taken out of the text of “%(name)s”."
            )
            self.note("changed", name, sentence)
        clean = clean.strip()
        if len(clean) <= most:
            return clean
        sentence = gettext_noop("The text of “%(name)s” is cut at %(most)s characters.")
        self.note("changed", name, sentence, most=most)
        return clean[: most - 1] + "…"

    def texts(self, value: Any, most: int, *, name: str) -> dict[str, str]:
        """A text in each language that has a code; the main one under its own code."""
        given = value if isinstance(value, dict) else {self.main: value}
        found: dict[str, str] = {}
        for label, text in given.items():
            code = self.languages.get(label, self.languages.get(self.main, "en"))
            if text is None or label in self.dropped or (label not in self.languages and code in found):
                continue
            fitted = self.fitted(str(text), most, name=name)
            if fitted:
                found[code] = fitted
        return found

    @property
    def language(self) -> str:
        return self.languages.get(self.main, "en")

    def main_text(self, texts: Mapping[str, str]) -> str:
        return texts.get(self.language) or next(iter(texts.values()), "")


def language_code(label: str) -> str | None:
    """ "English (en)" and "english" are en; a name nobody knows has no code."""
    found = LANGUAGE.search(label)
    if found:
        return found[1].lower() if len(found[1]) <= LANGUAGE_LENGTH else None
    plain = label.strip().lower()
    return NAMES.get(plain) or (plain if plain in NAMES.values() else None)


def read_titles(titles: Mapping[str, str], book: Notebook) -> dict[str, dict[str, str]]:
    """The title of the questionnaire by language; list what has no language with a code."""
    found: dict[str, dict[str, str]] = {}
    for label, text in titles.items():
        code = book.languages.get(label) or language_code(label)
        if code is None or code in found:
            book.settings("left_out", f"form_title::{label}", NO_CODE)
        else:
            found[code] = {"title": book.fitted(text, 200, name=f"form_title::{label}")}
    return found


def read_languages(form: Mapping[str, Any], book: Notebook) -> None:
    """Give each language of the form a code; list those that have none."""
    labels: dict[str, None] = {}
    todo: list[Any] = [form]
    while todo:
        row = todo.pop(0)
        for key, value in row.items():
            if key in TEXTS and isinstance(value, dict):
                labels |= dict.fromkeys(str(label) for label in value)
            elif key == "bind" and isinstance(value, dict):
                said = [value[part] for part in MESSAGES if isinstance(value.get(part), dict)]
                labels |= dict.fromkeys(str(label) for texts in said for label in texts)
            elif key in ("children", "choices", "columns"):
                rows = value.values() if isinstance(value, dict) else [value]
                todo += [item for part in rows for item in part if isinstance(item, dict)]
    if book.main not in labels:
        wanted = (label for label in labels if language_code(label) == language_code(book.main))
        book.main = next(wanted, next(iter(labels), book.main))
    for label in labels:
        code = language_code(label)
        if label == book.main:
            book.languages[label] = code or "en"
        elif code and code not in book.languages.values():
            book.languages[label] = code
    for label in labels:
        if label not in book.languages and label != "default":
            book.dropped.add(label)
            book.note("left_out", label, NO_CODE)
        elif label == book.main and language_code(label) is None and label != "default":
            text = gettext_noop("The language “%(name)s” has no code; its texts are kept as English.")
            book.note("changed", label, text)
