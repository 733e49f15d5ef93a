"""A form in the XLSForm format as a questionnaire: sections, groups, matrices, and what could not be kept.

`convert_form` takes what pyxform makes of a file (its own structure, before XML). Everything it converts
becomes a questionnaire; each difference is in the list, with sheet and row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from governance.asking.definitions import MOST_QUESTIONS
from governance.asking.frames import CELL_TYPES
from governance.asking.problems import gettext_noop
from governance.asking.xlsform_cells import MANY, list_choices, list_settings, list_survey
from governance.asking.xlsform_made import without_made_up
from governance.asking.xlsform_names import Names
from governance.asking.xlsform_net import drop_what_is_wrong
from governance.asking.xlsform_questions import (
    MORE_CHOICES,
    MOST_CHOICES,
    Made,
    Row,
    condition_of,
    helps_of,
    labels,
    leave_out,
    mapping,
    question_type,
    read_question,
    with_rules,
)
from governance.asking.xlsform_sheets import choice_places, lines_of, places, rows_text
from governance.asking.xlsform_texts import Difference, Notebook, read_languages, read_titles
from governance.asking.xlsform_warnings import list_warnings

SHEETS = ("settings", "survey", "choices")
NESTED = gettext_noop(
    "“%(name)s” is left out: a repeating group cannot stand inside another one here. "
    "Ask it as a group of its own."
)
TOO_LATE = gettext_noop("“%(name)s” is left out: a questionnaire has at most %(most)s questions.")
MANY_LATE = gettext_noop(
    "%(n)s questions are left out, from “%(name)s” on (rows %(rows)s): a questionnaire has at most %(most)s."
)
NO_MATRIX = gettext_noop(
    "The loop “%(name)s” is left out: only texts, numbers, dates and single choices can be asked "
    "for each choice."
)


@dataclass(frozen=True, kw_only=True)
class Converted:
    definition: dict[str, Any]
    differences: list[Difference] = field(default_factory=list)


@dataclass(kw_only=True)
class Builder:
    """Walks the rows of a form in order and fills sections."""

    book: Notebook
    names: Names
    sections: list[Made] = field(default_factory=list)
    section_codes: set[str] = field(default_factory=set)
    late: list[str] = field(default_factory=list)
    open: bool = False
    count: int = 0

    def walk(self, rows: Iterable[Row], *, relevant: list[Made], deep: bool = False) -> None:
        for row in rows:
            name, kind = str(row.get("name", "")), row.get("type")
            if name == "meta" and mapping(row, "control").get("bodyless"):
                self.metadata(row)
                continue
            self.book.at(name)
            if kind == "group":
                self.group(row, relevant=relevant, deep=deep)
            elif kind == "repeat":
                self.add(self.repeat(row), relevant)
            elif kind == "loop":
                self.add(self.loop(row), relevant)
            else:
                self.add(self.question(row), relevant)

    def question(self, row: Row, *, inside: bool = False) -> Made | None:
        code, seen = self.names.code(row), self.names.seen_from(row)
        return read_question(row, self.book, code=code, code_of=seen, inside=inside)

    def own_rule(self, row: Row) -> Made:
        rule, name = mapping(row, "bind").get("relevant"), str(row.get("name", ""))
        return condition_of(rule, self.book, name=name, code_of=self.names.seen_from(row))

    def metadata(self, row: Row) -> None:
        for child in row.get("children", []):
            if str(child.get("name")) in self.book.rows:  # the converter adds others
                self.book.at(str(child.get("name")))
                leave_out(child, self.book)

    def left_out_with(self, row: Row, text: str) -> None:
        """A frame that cannot stand where it does, and each question in it, at their own rows."""
        outer = str(row.get("name", ""))
        self.book.leave_out(outer, text)
        inside = gettext_noop("“%(name)s” is left out with “%(outer)s”, in which it stands.")
        for child in framed(row.get("children", [])):
            self.book.at(str(child.get("name", "")))
            self.book.leave_out(str(child.get("name", "")), inside, outer=outer)

    def group(self, row: Row, *, relevant: list[Made], deep: bool) -> None:
        """A group at the top is a section; inside another one its heading is a note."""
        name = str(row.get("name", ""))
        own = self.own_rule(row)
        rules = [*relevant, own] if own else relevant
        if deep:
            if row.get("label"):
                text = gettext_noop("The group “%(name)s” stands inside another one: its heading is a note.")
                self.book.note("changed", name, text)
                note = {"code": self.book.code(name), "type": "note", "required": False}
                self.add({**note, **labels(row, self.book, name=name)}, rules)
        else:
            self.start_section(row)
        self.walk(row.get("children", []), relevant=rules, deep=True)
        self.open = self.open if deep else False

    def start_section(self, row: Row | None, *, title: str = "") -> None:
        name = str(row.get("name", "")) if row else f"S{len(self.sections) + 1}"
        texts = self.book.texts(row.get("label") or name, 120, name=name) if row else {}
        made: Made = {
            "code": self.book.code(name, taken=self.section_codes, marks="_-"),
            "title": self.book.main_text(texts) or title[:120] or name[:120],
            "questions": [],
        }
        helps = helps_of(row, self.book, name=name) if row else {}
        made |= {"description": helps[self.book.language]} if self.book.language in helps else {}
        others: dict[str, dict[str, str]] = {}
        for key, by_language in (("title", texts), ("description", helps)):
            for code, text in by_language.items():
                if code != self.book.language:
                    others.setdefault(code, {})[key] = text
        self.sections.append(made | ({"translations": others} if others else {}))
        self.book.sections[made["code"]] = self.book.row if row else None
        self.open = True

    def add(self, made: Made | None, relevant: list[Made]) -> None:
        if made is None:
            return
        free, inner = MOST_QUESTIONS - self.count, made.get("questions", [])
        if free < 1 + bool(inner):
            self.too_many(made)
            return
        for late in inner[free - 1 :] if inner else []:
            self.too_many(late)
        made |= {"questions": inner[: free - 1]} if inner else {}
        made = with_rules(made, relevant, self.book)
        if not self.open:
            self.start_section(None, title=self.book.main)
        self.sections[-1]["questions"].append(made)
        self.count += 1 + len(made.get("questions", []))

    def too_many(self, made: Made) -> None:
        self.late += [made["code"], *(inner["code"] for inner in made.get("questions", []))]

    def list_late(self) -> None:
        """A line for each question that came too late; one for all where they are many."""
        rows = [self.book.placed.get(code) for code in self.late]
        self.book.gone |= set(rows)
        together = len(rows) > MANY
        for code, row in list(zip(self.late, rows, strict=True))[: 1 if together else None]:
            self.book.row = row
            params: Made = {"most": MOST_QUESTIONS}
            if together:
                params |= {"n": len(rows), "rows": rows_text([row for row in rows if row])}
            self.book.note("left_out", code, MANY_LATE if together else TOO_LATE, **params)

    def repeat(self, row: Row) -> Made | None:
        """A repeating group with the questions that may stand in one."""
        name, here = str(row.get("name", "")), self.book.row
        made: Made = {"code": self.names.code(row), "type": "group", "required": False}
        made |= labels(row, self.book, name=name)
        settings = entries_of(row, self.book, name=name)
        made |= {"settings": settings} if settings else {}
        own = self.own_rule(row)
        made |= {"condition": own} if own else {}
        made["questions"] = list(self.children(row.get("children", []), []))
        if made["questions"]:
            return made
        self.book.row = here
        text = gettext_noop("“%(name)s” is left out: nothing that stands in this group can be asked here.")
        self.book.leave_out(name, text)
        return None

    def children(self, rows: Iterable[Row], relevant: list[Made]) -> Iterable[Made]:
        for row in rows:
            name = str(row.get("name", ""))
            self.book.at(name)
            if row.get("type") == "group":
                text = gettext_noop("The group “%(name)s” stands inside a repeating one: it has no heading.")
                self.book.note("changed", name, text)
                own = self.own_rule(row)
                yield from self.children(row.get("children", []), [*relevant, *([own] if own else [])])
            elif row.get("type") in ("repeat", "loop"):
                self.left_out_with(row, NESTED)
            else:
                made = self.question(row, inside=True)
                if made is not None:
                    yield with_rules(made, relevant, self.book)

    def loop(self, row: Row) -> Made | None:
        """The same questions for each choice: a matrix, where its cells can hold them."""
        name = str(row.get("name", ""))
        inner = list(flat(row.get("children", [])))
        fits = inner and all(question_type(child) in CELL_TYPES for child in inner)
        if not fits or not row.get("columns") or any("%(" in str(r.get("bind", "")) for r in inner):
            self.left_out_with(row, NO_MATRIX)
            return None
        code, labelled, own = self.names.code(row), labels(row, self.book, name=name), self.own_rule(row)
        text = gettext_noop("The loop “%(name)s” is a matrix: one row a choice, one column a question.")
        self.book.note("changed", name, text)
        if len(row["columns"]) > MOST_CHOICES:
            self.book.note("left_out", name, MORE_CHOICES, n=len(row["columns"]))
        settings = {"rows": self.matrix_rows(row), "columns": self.matrix_columns(inner, code)}
        made: Made = {"code": code, "type": "matrix", "required": False, **labelled, "settings": settings}
        return made | ({"condition": own} if own else {})

    def matrix_rows(self, row: Row) -> list[Made]:
        taken: set[str] = set()
        of_list, rows = str(row.get("list_name", "")), list[Made]()
        kept = self.book.offered.setdefault(of_list, {})
        for number, choice in enumerate(row["columns"][:MOST_CHOICES]):
            with self.book.choice(of_list, number):
                rows.append(self.option(choice, taken))
            kept.setdefault(number, set()).add(rows[-1]["label"])
        return rows

    def matrix_columns(self, inner: list[Row], code: str) -> list[Made]:
        """Of a question that is a column only its text, its type and its settings are kept."""
        taken: set[str] = set()
        columns: list[Made] = []
        for child in inner:
            self.book.at(str(child.get("name")))
            self.book.columns[self.book.row] = code
            asked = read_question(child, self.book, code="", code_of=lambda _name: None) or {}
            self.book.told.discard(("survey", self.book.row, "required"))
            kept: Made = {key: asked[key] for key in ("type", "settings") if key in asked}
            columns.append({**self.option(child, taken), **kept})
        return columns

    def option(self, row: Row, taken: set[str]) -> Made:
        name = str(row.get("name", ""))
        text = self.book.main_text(self.book.texts(row.get("label") or name, 300, name=name)) or name
        return {
            "code": self.book.code(name, taken=taken, most=40, marks="_-"),
            "label": " ".join(text.replace("%(label)s", "…").replace("%(name)s", "…").split()),
        }


def framed(rows: Iterable[Row]) -> Iterable[Row]:
    """Every row inside, those of groups, repeating groups and loops too."""
    for row in rows:
        yield row
        yield from framed(row.get("children", []))


def flat(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        if row.get("type") == "group":
            yield from flat(row.get("children", []))
        else:
            yield row


def entries_of(row: Row, book: Notebook, *, name: str) -> Made:
    count = str(mapping(row, "control").get("jr:count", ""))
    book.tell("jr:count")
    if count.isdigit() and 0 < int(count) <= 200:
        return {"min": int(count), "max": int(count)}
    if count:
        text = gettext_noop("“%(name)s”: how often it repeats (%(value)s) is left to who answers.")
        book.note("changed", name, text, value=count[:80])
    return {}


def convert_form(
    form: Mapping[str, Any],
    *,
    cells: Mapping[str, Any],
    sheets: Iterable[str] = (),
    warnings: Iterable[str] = (),
    titles: Mapping[str, str] | None = None,
) -> Converted:
    """A form as pyxform understands it. `cells`: its sheets as they were written (xlsform_sheets).

    `titles`: the title by the name of a language, where the settings have it in several.
    """
    survey, choices = lines_of(cells.get("survey")), lines_of(cells.get("choices"))
    rows = places(survey)
    form = without_made_up(form, rows=rows)
    main = str(form.get("default_language") or "default")
    book = Notebook(main=main, rows=rows, choices=choice_places(choices))
    read_languages(form, book)
    names = Names(book=book)
    names.read(form["children"])
    book.row = None
    builder = Builder(book=book, names=names)
    builder.walk(form["children"], relevant=[])
    builder.list_late()
    definition = head_of(form, book, titles=titles or {})
    definition["sections"] = [section for section in builder.sections if section["questions"]]
    for section in definition["sections"]:
        if section["title"] == main:
            section["title"] = definition["title"][:120]
    wrong = drop_what_is_wrong(definition, rows=book.placed)
    book.gone |= {row.row for row in wrong if row.kind == "left_out"}
    book.found += wrong
    if not definition["sections"]:
        definition["sections"] = note_only(definition["title"], book)
    list_survey(survey, definition, book)
    unused = list_choices(choices, book)
    list_settings(lines_of(cells.get("settings")), book)
    list_sheets(book, sheets=list(sheets))
    book.found += list_warnings(warnings, gone={"survey": book.gone, "choices": unused})
    return Converted(definition=definition, differences=sorted(book.found, key=place_of))


def place_of(found: Difference) -> tuple[int, int]:
    order = [*SHEETS, found.sheet].index(found.sheet)
    return order, found.row or 0


def head_of(form: Mapping[str, Any], book: Notebook, *, titles: Mapping[str, str]) -> Made:
    """Key, title and language of the questionnaire, from the settings."""
    book.sheet, book.row = "settings", 2
    others = read_titles(titles, book)
    given = str(form.get("title") or "")
    own = others.pop(book.language, {}).get("title", "")
    if own and given in ("", form.get("id_string")):
        given = own
    title = book.fitted(given or str(form.get("id_string") or "Questionnaire"), 200, name="title")
    if own and own != title:
        text = gettext_noop("There are two titles in the main language; “%(title)s” is left out.")
        book.settings("left_out", "form_title", text, title=own)
    book.sheet, book.row = "survey", None
    return {
        "key": str(form.get("id_string") or title)[:40],
        "title": title,
        "language": book.language,
        "optional": True,
        **({"translations": others} if others else {}),
        "sections": [],
    }


def note_only(title: str, book: Notebook) -> list[Made]:
    text = gettext_noop("Nothing in this form can be asked here; the questionnaire holds a note only.")
    book.note("changed", "survey", text)
    note = {"code": "note", "type": "note", "short": title[:60] or "Note", "required": False}
    return [{"code": "S1", "title": title[:120] or "S1", "questions": [note]}]


def list_sheets(book: Notebook, *, sheets: list[str]) -> None:
    """Sheets that are not read; one that stands alone is the survey, whatever its name."""
    for sheet in sheets if len(sheets) > 1 else []:
        if sheet.lower() not in SHEETS:
            text = gettext_noop("The sheet “%(name)s” is left out.")
            book.found.append(Difference(kind="left_out", sheet=sheet, row=None, name=sheet, text=text))
