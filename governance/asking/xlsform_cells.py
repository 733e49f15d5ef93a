"""The last look at an XLSForm: each cell has a place in the questionnaire or a line in the list.

What the code of a question carries over or lists, it tells (`Notebook.tell`); what it keeps as a text is
found in the definition, by the column it comes from. All else is listed here, so a column nobody thought of
cannot go without a word.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from governance.asking.problems import gettext_noop
from governance.asking.xlsform_kept import Kept, kept_by_row
from governance.asking.xlsform_questions import MOST_CHOICES, PARAMETERS
from governance.asking.xlsform_sheets import NO, Cell, Line, rows_text
from governance.asking.xlsform_texts import Difference, Notebook

MANY = 20
LONGEST = 200
FIELDS = {
    "choice_filter": gettext_noop(
        "“%(name)s”: the filter of its choices (%(value)s) is left out; all are offered."
    ),
    "default": gettext_noop("“%(name)s”: the value filled in beforehand (%(value)s) is left out."),
    "media": gettext_noop("“%(name)s”: its picture, sound or film (%(value)s) is left out."),
    "trigger": gettext_noop("“%(name)s”: what starts its calculation (%(value)s) is left out."),
    "readonly": gettext_noop("“%(name)s” cannot be typed in there (%(value)s); here it can."),
    "calculate": gettext_noop("“%(name)s”: its calculation (%(value)s) is left out."),
    "appearance": gettext_noop("“%(name)s”: its look (%(value)s) is left out."),
    "parameters": PARAMETERS,
    "jr:constraintMsg": gettext_noop(
        "“%(name)s”: what it says when its rule is broken (%(field)s: %(value)s) is left out."
    ),
}
ANY_FIELD = gettext_noop("“%(name)s”: column %(field)s (%(value)s) is left out.")
MANY_ROWS = gettext_noop(
    "Column %(field)s is left out in %(n)s rows (%(rows)s); in the first it says: %(value)s"
)
DISABLED = gettext_noop("“%(name)s” is left out: the form says that it is disabled (%(value)s).")
NO_TYPE = gettext_noop("This row is left out, since column “%(field)s” is empty. It says: %(value)s")
SETTING = gettext_noop("The setting “%(name)s” (%(value)s) is left out.")
NO_TITLE = gettext_noop("“%(name)s” sets “%(type)s” among the questions; it is left out.")
UNUSED = gettext_noop("The list “%(name)s” (in rows: %(rows)s) is left out: no question here offers it.")
# Settings in the sheet of questions, an old way to write them; these two have a place here.
TITLES = ("form_title", "set_form_title", "form_id", "set_form_id")
SETTING_TYPES = (*TITLES, "prefix")
KEPT_SETTINGS = ("title", "id_string", "default_language")
WITHOUT_LOSS = ("required", "readonly")


@dataclass(frozen=True, kw_only=True)
class Lost:
    """A cell without a place here."""

    line: Line
    column: str
    key: str
    name: str
    value: str


def list_survey(lines: list[Line], definition: Mapping[str, Any], book: Notebook) -> None:
    kept, lost = kept_by_row(definition, book), list[Lost]()
    for line in lines:
        book.row = line.row
        if line.is_disabled:
            book.note("left_out", line.name or line.type, DISABLED, value=said(line))
        elif not line.type:
            book.note("left_out", "", NO_TYPE, field="type", value=said(line))
        elif line.type in SETTING_TYPES and line.type not in TITLES:
            book.note("left_out", line.name, NO_TITLE, type=line.type)
        elif line.row not in book.gone:
            texts = kept.get(line.row, Kept())
            lost += lost_in(line, book, name=line.name or line.type, free=("type", "name"), kept=texts)
    list_lost(lost, book)


def list_choices(lines: list[Line], book: Notebook) -> set[int | None]:
    """Columns of choices at their rows, and lists that no question here offers; returns the rows of these."""
    unused: dict[str, list[int]] = {}
    seen: dict[str, int] = {}
    lost: list[Lost] = []
    book.sheet = "choices"
    for line in lines:
        of_list = line.of("list name")
        number = seen[of_list] = seen.get(of_list, -1) + 1
        book.row = line.row
        if not of_list:
            book.note("left_out", "", NO_TYPE, field="list_name", value=said(line))
        elif of_list not in book.offered:
            unused.setdefault(of_list, []).append(line.row)
        elif number < MOST_CHOICES:  # the others have a line at their question
            kept = Kept()
            kept.add("label", book.offered[of_list].get(number, ()))
            lost += lost_in(line, book, name=line.name, free=("list name", "name"), kept=kept)
    for of_list, rows in unused.items():
        book.row = rows[0]
        book.note("left_out", of_list, UNUSED, rows=rows_text(rows))
    list_lost(lost, book)
    book.sheet = "survey"
    return {row for rows in unused.values() for row in rows}


def list_settings(lines: list[Line], book: Notebook) -> None:
    """The first row is read; what stands below it is not."""
    for line in lines:
        for cell in line.cells:
            if line.row > 2 or cell.key not in (*KEPT_SETTINGS, "form_title"):
                book.found.append(
                    Difference(
                        kind="left_out",
                        sheet="settings",
                        row=line.row,
                        name=cell.header,
                        text=SETTING,
                        params={"value": short(cell.text, 80)},
                    )
                )


def lost_in(line: Line, book: Notebook, *, name: str, free: Iterable[str], kept: Kept) -> Iterator[Lost]:
    media: dict[str, Any] = {}
    for cell in line.cells:
        if cell.way[0] in free or is_told(cell, line, book) or kept.has(cell):
            continue
        if cell.key == "media":
            put(media, cell.way[1:], cell.text)
        else:
            yield Lost(line=line, column=cell.header, key=cell.key, name=name, value=cell.text)
    if media:
        yield Lost(line=line, column="media", key="media", name=name, value=words_of(media))


def is_told(cell: Cell, line: Line, book: Notebook) -> bool:
    if cell.way[0] == "disabled" or (cell.key in WITHOUT_LOSS and cell.text.lower() in NO):
        return True  # it says what is so anyway
    if (book.sheet, line.row, cell.key) in book.told:
        return True
    return cell.key != "media" and any(language in book.dropped for language in cell.languages)


def put(into: dict[str, Any], way: tuple[str, ...], text: str) -> None:
    """ "image: a.png", or one for each language; a picture for all languages beside them is “default”."""
    first, *rest = way or ("",)
    if not rest and not isinstance(into.get(first), dict):
        into[first] = text
        return
    inner = into.get(first)
    into[first] = inner = inner if isinstance(inner, dict) else {"default": inner} if inner else {}
    inner[" ".join(rest) or "default"] = text


def words_of(value: Mapping[str, Any]) -> str:
    """A picture, and in some forms one for each language: "image: a.png", "image (English: a.png)"."""
    pairs = [(key, one, words_of(one) if isinstance(one, dict) else one) for key, one in value.items()]
    return ", ".join(
        f"{key} ({text})" if isinstance(one, dict) else f"{key}: {text}" for key, one, text in pairs
    )


def list_lost(lost: Iterable[Lost], book: Notebook) -> None:
    """A line for each cell; one for the column where many rows have it."""
    columns: dict[str, list[Lost]] = {}
    for one in lost:
        columns.setdefault(one.column, []).append(one)
    for column, cells in columns.items():
        first, rows = cells[0], [cell.line.row for cell in cells]
        if len(cells) > MANY:
            book.row = rows[0]
            value = short(first.value, LONGEST)
            book.note(
                "left_out", column, MANY_ROWS, field=column, n=len(rows), rows=rows_text(rows), value=value
            )
            continue
        for cell in cells:
            book.row = cell.line.row
            text = FIELDS.get(cell.key, ANY_FIELD)
            book.note("left_out", cell.name, text, field=column, value=short(cell.value, LONGEST))


def said(line: Line) -> str:
    return short(", ".join(f"{cell.header}: {cell.text}" for cell in line.cells), LONGEST)


def short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
