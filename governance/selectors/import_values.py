"""The value that somebody wrote into the cells of a file, by the rules of the page."""

from typing import Any

from governance.asking.base import KINDS
from governance.asking.checks import cell_text, require_storable
from governance.asking.problems import Problem, Refused, gettext_noop
from governance.enums import Confidence, Importance
from governance.selectors.import_bases import plain, same, unmarked
from governance.selectors.import_cells import Field, Slot
from governance.selectors.places import allowed_kinds
from mapping.enums import AnswerKind

TEXT_LIMIT = 5000
REMOVE = "-"
EMPTIED = gettext_noop("This cell was emptied. Write - to remove what stood there, or bring it back.")
EMPTIED_VALUE = gettext_noop(
    "This cell was emptied. To remove the answer, write unanswered into the column that ends in _answer."
)
BOTH = gettext_noop("Give an answer or say that you have none, not both.")
NO_VALUE = gettext_noop("The column that ends in _answer says that there is a value, and there is none.")
FILES = gettext_noop("Files are added on the page of the question, not in a table.")


def new_values(*, slot: Slot, field: Field, reader: Any, marked: bool) -> dict[str, Any]:
    """The columns that a changed field means. Raises Refused."""
    if field.name in ("level", "value"):
        return main_values(slot, field, reader=reader, marked=marked)
    text = cell_text(field.file[0]).strip()
    if not text:
        raise Refused(Problem(code="emptied", text=EMPTIED))
    removed = text == REMOVE
    if field.name == "importance":
        return {"importance": None if removed else int(one_of(text, Importance))}
    if field.name == "confidence":
        return {"confidence": "" if removed else str(one_of(text, Confidence))}
    text = "" if removed else unmarked(field.file[0], marked=marked).replace("\r\n", "\n").replace("\r", "\n")
    require_storable(text)
    if len(text) > TEXT_LIMIT:
        sentence = gettext_noop("Write at most %(limit)s characters (you wrote %(length)s).")
        raise Refused(
            Problem(code="max_length", text=sentence, params={"limit": TEXT_LIMIT, "length": len(text)})
        )
    return {"explanation": text}


def one_of(text: str, words: Any) -> Any:
    """A choice by its code or by its label."""
    for code, label in words.choices:
        if text.casefold() in (str(code).casefold(), str(label).casefold()):
            return code
    codes = ", ".join(str(code) for code in words.values)
    sentence = gettext_noop("Write one of these codes: %(codes)s (you wrote %(typed)s).")
    raise Refused(Problem(code="option_code", text=sentence, params={"codes": codes, "typed": text[:40]}))


def main_values(slot: Slot, field: Field, *, reader: Any, marked: bool) -> dict[str, Any]:
    """Value and kind of an answer from their cells: what was changed counts. Raises Refused."""
    column = field.name
    *cells, said = field.file
    *stood, stood_kind = field.base if field.base is not None else field.now
    kind = str(one_of(said, AnswerKind))
    changed, empty = (
        not same(mine=cells, theirs=stood, marked=marked),
        all(plain(cell) is None for cell in cells),
    )
    if slot.kind.key == "file" and changed:
        raise Refused(Problem(code="file", text=FILES))
    if changed and not empty and kind != AnswerKind.VALUE and kind != stood_kind:
        raise Refused(Problem(code="both", text=BOTH))
    if changed and empty and kind == stood_kind == AnswerKind.VALUE:
        raise Refused(Problem(code="emptied", text=EMPTIED_VALUE))
    if changed and not empty:
        kind = AnswerKind.VALUE
    if kind in KINDS and kind not in allowed_kinds(slot.settings):
        sentence = gettext_noop("This question does not take “%(typed)s”.")
        raise Refused(Problem(code="kind", text=sentence, params={"typed": kind}))
    if kind != AnswerKind.VALUE:
        return {"kind": kind, column: None}
    cells = [unmarked(cell, marked=marked) if isinstance(cell, str) else cell for cell in cells]
    value = slot.kind.take(cells, settings=slot.settings, reader=reader) if cells else None
    if value is None:
        raise Refused(Problem(code="no_value", text=NO_VALUE))
    return {"kind": AnswerKind.VALUE.value, column: value}
