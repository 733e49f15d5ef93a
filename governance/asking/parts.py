"""The parts of a questionnaire that are edited one by one: which there are, their shape, where they stand.

Pure. A type names its settings (`setting_names`) and each name has its shape here, so the editor needs no
form of its own for any type.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from governance.asking.base import KINDS, QuestionType
from governance.asking.definitions import LENGTHS
from governance.asking.places import CODE_LISTS
from governance.asking.problems import gettext_noop

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """`name`: the column, and the way inside it ("settings.choices"). `shape`: governance/asking/shapes.py.

    `place`: where the editor puts it: words, answer, when, messages, more.
    """

    name: str
    shape: str
    label: str
    hint: str = ""
    most: int = 0
    needed: bool = False
    choices: Choices = ()
    place: str = "words"


def setting(name: str, shape: str, label: str, hint: str = "", **more: Any) -> Part:
    return Part(name=f"settings.{name}", shape=shape, label=label, hint=hint, place="answer", **more)


LISTS: Choices = (
    ("nace", gettext_noop("Economic activities (NACE)")),
    ("nabs", gettext_noop("Objectives of research (NABS)")),
    ("ford", gettext_noop("Fields of research (FORD)")),
    ("policy", gettext_noop("Policy objectives")),
)
assert {code for code, _label in LISTS} == set(CODE_LISTS)
AT_MOST = gettext_noop("At most how many may be chosen")
CODES = gettext_noop(
    "Answers hang on the code, so leave it when you change the words. Empty a line to remove it."
)
# By name, and by type and name where a type means something of its own.
SETTINGS: dict[str, Part] = {
    "choices": setting("choices", "options", gettext_noop("Choices"), CODES),
    "min_choices": setting("min_choices", "whole", gettext_noop("At least how many must be chosen")),
    "max_choices": setting("max_choices", "whole", AT_MOST),
    "unit": setting(
        "unit", "line", gettext_noop("Unit"), gettext_noop("For example %, people or EUR."), most=30
    ),
    "decimals": setting(
        "decimals",
        "whole",
        gettext_noop("Digits after the decimal sign"),
        gettext_noop("0 asks for a whole number."),
    ),
    "after": setting("after", "question", gettext_noop("Not before the date in"), choices=(("date", ""),)),
    "max_length": setting("max_length", "whole", gettext_noop("At most how many characters")),
    "format": setting(
        "format",
        "choice",
        gettext_noop("What kind of text"),
        choices=(("", gettext_noop("Any text")), ("email", gettext_noop("An e-mail address"))),
    ),
    "many": setting("many", "flag", gettext_noop("Several may be chosen")),
    "list": setting("list", "choice", gettext_noop("List of codes"), choices=(("", ""), *LISTS)),
    "rows": setting("rows", "options", gettext_noop("Rows"), CODES),
    "columns": setting("columns", "columns", gettext_noop("Columns"), CODES),
    "sum": setting(
        "sum",
        "sum",
        gettext_noop("What must add up"),
        gettext_noop("For shares, for example columns to 100."),
    ),
    "item": setting(
        "item", "line", gettext_noop("Name of one entry"), gettext_noop("For example “Actor”."), most=60
    ),
    "number.min": setting("min", "number", gettext_noop("Smallest number")),
    "number.max": setting("max", "number", gettext_noop("Largest number")),
    "date.min": setting("min", "date", gettext_noop("First day")),
    "date.max": setting("max", "date", gettext_noop("Last day")),
    "group.min": setting("min", "whole", gettext_noop("At least how many entries")),
    "group.max": setting("max", "whole", gettext_noop("At most how many entries")),
}
KIND_WORDS: Choices = (
    (KINDS[0], gettext_noop("“We do not know” is an answer")),
    (KINDS[1], gettext_noop("“Does not apply” is an answer")),
)
MESSAGES: dict[str, str] = {
    "required": gettext_noop("When nothing was answered"),
    "number": gettext_noop("When it is no number"),
    "date": gettext_noop("When it is no date"),
    "range": gettext_noop("When it is too small or too large"),
    "after": gettext_noop("When it lies before its start"),
    "max_choices": gettext_noop("When too many were chosen"),
    "exclusive": gettext_noop("When something stands beside a choice that stands alone"),
    "max_length": gettext_noop("When it is too long"),
    "sum": gettext_noop("When it does not add up"),
}
OWN_MESSAGES: dict[str, tuple[str, ...]] = {
    "number": ("number", "range"),
    "date": ("date", "range", "after"),
    "multiple_choice": ("max_choices", "exclusive"),
    "short_text": ("max_length",),
    "long_text": ("max_length",),
    "region": ("max_choices",),
    "unit": ("max_choices",),
    "codes": ("max_choices",),
    "matrix": ("sum",),
}
SCOPES: Choices = (
    ("region", gettext_noop("The region as a whole")),
    ("unit", gettext_noop("Each territorial unit")),
)
# Translations of these are lists, in the order of the original.
LISTS_OF_TEXTS = ("rubric", "evidence_examples")
SECTION_PARTS = (
    Part(name="title", shape="line", label=gettext_noop("Title"), most=120, needed=True),
    Part(name="description", shape="area", label=gettext_noop("What this section is about"), most=5000),
    Part(name="minutes", shape="whole", label=gettext_noop("Minutes it takes"), needed=True, most=600),
)


def setting_part(kind: QuestionType, name: str) -> Part:
    """How a setting of a type is filled in."""
    return SETTINGS.get(f"{kind.key}.{name}") or SETTINGS[name]


def word_parts(kind: QuestionType) -> list[Part]:
    note, scale = kind.key == "note", kind.key == "scale"
    found = [
        Part(
            name="short",
            shape="line",
            label=gettext_noop("Short name"),
            hint=gettext_noop("Stands in lists, tables and figures."),
            most=LENGTHS["short"],
            needed=True,
        ),
        Part(
            name="question",
            shape="area",
            label=gettext_noop("Heading") if note else gettext_noop("Question"),
            hint=gettext_noop("What stands large above the answer. Empty: the short name."),
            most=LENGTHS["question"],
        ),
        Part(
            name="text",
            shape="area",
            label=gettext_noop("Statement") if scale else gettext_noop("Text below it"),
            most=LENGTHS["text"],
        ),
    ]
    if scale:
        label = gettext_noop("What each step means")
        found.append(Part(name="rubric", shape="steps", label=label, most=500))
    if not note:
        hint = gettext_noop("Opens under “Why we ask”.")
        found.append(
            Part(name="help", shape="area", label=gettext_noop("Help"), hint=hint, most=LENGTHS["help"])
        )
        found.append(
            Part(
                name="evidence_examples",
                shape="lines",
                label=gettext_noop("What counts as evidence"),
                hint=gettext_noop("One example a line. Shown with the help."),
                most=300,
            )
        )
    return found


def message_parts(kind: QuestionType) -> list[Part]:
    names = () if kind.key == "note" else ("required", *OWN_MESSAGES.get(kind.key, ()))
    return [
        Part(name=f"messages.{name}", shape="line", label=MESSAGES[name], most=300, place="messages")
        for name in names
    ]


def question_parts(kind: QuestionType, *, inside: bool = False, is_annex: bool = True) -> list[Part]:
    """Every part of a question of this type, in page order. `inside`: it stands in a repeating group."""
    found = word_parts(kind) + [setting_part(kind, name) for name in kind.setting_names]
    if kind.key not in ("note", "scale"):
        found.append(setting("kinds", "kinds", gettext_noop("Other answers"), choices=KIND_WORDS))
    if kind.key != "note":
        hint = gettext_noop("Blocks sending, never saving.")
        found.append(
            Part(
                name="required",
                shape="flag",
                label=gettext_noop("Must be answered"),
                hint=hint,
                place="answer",
            )
        )
    label = gettext_noop("Asked only if")
    found.append(Part(name="condition", shape="condition", label=label, place="when"))
    found += message_parts(kind)
    if kind.key == "scale" and not inside:
        label = gettext_noop("Put to stakeholders too")
        found.append(Part(name="is_core", shape="flag", label=label, place="more"))
        label = gettext_noop("The statement in plain words, for stakeholders")
        found.append(Part(name="plain", shape="area", label=label, most=LENGTHS["plain"], place="more"))
    if not inside:
        label = gettext_noop("What it is asked about")
        found.append(Part(name="scope", shape="choice", label=label, choices=SCOPES, place="more"))
    hint = gettext_noop("Once in the questionnaire. Answers move to a new version by their code.")
    label = gettext_noop("Code")
    return [
        *found,
        Part(name="code", shape="line", label=label, hint=hint, most=20, needed=True, place="more"),
    ]


def value_of(row: Any, name: str) -> Any:
    """What stands at this place of a row, or None."""
    column, *way = name.split(".")
    found = getattr(row, column)
    for step in way:
        if isinstance(found, list):
            found = found[int(step)] if step.isdigit() and int(step) < len(found) else None
        else:
            found = found.get(step) if isinstance(found, Mapping) else None
    return found


def columns_with(row: Any, name: str, value: Any) -> dict[str, Any]:
    """The column of a row with this value at its place; everything else in it stays."""
    column, *way = name.split(".")
    return {column: put(getattr(row, column), way, value) or {}} if way else {column: value}


def put(held: Any, way: list[str], value: Any) -> Any:
    """A copy of `held` with the value at the end of the way. What is empty leaves no trace."""
    first, *rest = way
    if isinstance(held, list):
        longer = [*held, *[""] * (int(first) + 1 - len(held))]
        longer[int(first)] = value or ""
        return longer if any(longer) else []
    found = dict(held or {})
    inner = put(found.get(first) or ([] if first in LISTS_OF_TEXTS else {}), rest, value) if rest else value
    # No other answers at all is a choice of its own.
    if inner is None or inner == "" or (inner in ([], {}) and first != "kinds"):
        found.pop(first, None)
    else:
        found[first] = inner
    return found
