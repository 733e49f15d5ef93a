"""What a page sends about the parts of a row of a questionnaire: each with the version it was based on."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.versions import parse_version
from governance.asking.condition_parts import WORDS
from governance.asking.option_lists import CELLS
from governance.asking.parts import Part, value_of
from governance.asking.problems import Refused
from governance.asking.registry import TYPES
from governance.asking.shape_values import Asked, indexes
from governance.asking.shapes import read_part
from governance.models import QuestionnaireVersion, Section
from governance.selectors.languages import language_choices
from governance.selectors.parts import PartChange, around_part, flat_part, part_version
from governance.selectors.problems import spoken

BLANK = 2  # empty lines below a list of options
LINES = {
    "options": ("label", "code", "help", "exclusive"),
    "columns": ("label", "code", "type", "unit", "min", "max", "choices"),
    "condition": ("question", "op", "value"),
}
SIMPLE = {"line", "whole", "number", "date"}


@dataclass(frozen=True, kw_only=True)
class ShownPart:
    """A part as the page shows it: stored, or as typed after a refusal."""

    part: Part
    version: str
    flat: Mapping[str, str]
    error: str
    choices: list[dict[str, Any]]
    rows: list[dict[str, Any]]

    @property
    def name(self) -> str:
        return self.part.name

    @property
    def id(self) -> str:
        return self.part.name.replace(".", "-")

    @property
    def label(self) -> str:
        return _(self.part.label) if self.part.place != "translation" else self.part.label

    @property
    def hint(self) -> str:
        return _(self.part.hint) if self.part.hint else ""

    @property
    def value(self) -> str:
        return self.flat.get("", "")

    @property
    def words(self) -> str:
        """What stands there, for those who only read; nothing for an empty part."""
        return said(self.part, self.flat) if any(self.flat.values()) else ""

    @property
    def template(self) -> str:
        shape = "line" if self.part.shape in SIMPLE else self.part.shape
        shape = {"question": "choice", "columns": "options", "lines": "area"}.get(shape, shape)
        return f"governance/parts/_{shape}.html"


@dataclass(kw_only=True)
class PartForm:
    """Parts of one row. Only what the person changed is written, each on its own version."""

    row: Any
    parts: list[Part]
    questions: Mapping[str, Asked] = field(default_factory=dict)
    data: Any = None
    blank: int = BLANK
    errors: dict[str, str] = field(default_factory=dict)
    tampered: bool = False
    # Nothing was written: the page shows all that was typed.
    unsaved: bool = False

    def flat(self, part: Part) -> dict[str, str]:
        """What was sent for a part, by the name inside it."""
        found = {"": self.data.get(part.name, "")} if part.name in self.data else {}
        prefix = f"{part.name}."
        return found | {
            key[len(prefix) :]: self.data.get(key, "") for key in self.data if key.startswith(prefix)
        }

    def sent(self, part: Part) -> bool:
        return f"version_{part.name}" in self.data or bool(self.flat(part))

    def changes(self) -> list[PartChange]:
        """What was changed and is accepted, in page order; `errors` say why others are not.

        Raises VersionMissing.
        """
        found = []
        for part in self.parts:
            if not self.sent(part):
                continue
            seen = parse_version(self.data.get(f"version_{part.name}"))
            try:
                around = around_part(self.row, part=part, questions=dict(self.questions))
                value = read_part(part, self.flat(part), around)
            except Refused as refused:
                self.refuse(part.name, refused)
                continue
            if part_version(value, name=part.name) != seen:  # else the person left it alone
                found.append(PartChange(name=part.name, value=value, seen=seen))
        return found

    def refuse(self, name: str, refused: Refused) -> None:
        self.errors[name] = spoken(refused.problem)
        self.tampered = self.tampered or refused.problem.tampered

    @property
    def version(self) -> QuestionnaireVersion:
        """The draft the row belongs to."""
        if isinstance(self.row, QuestionnaireVersion):
            return self.row
        return self.row.version if isinstance(self.row, Section) else self.row.section.version

    def version_now(self, part: Part) -> int:
        return part_version(value_of(self.row, part.name), name=part.name)

    def typed(self) -> list[str]:
        """What was typed, in words: for copying when it cannot be saved."""
        return [said(part, self.flat(part)) for part in self.parts if self.sent(part)]

    def shown(self) -> list[ShownPart]:
        return [self.show(part) for part in self.parts]

    def show(self, part: Part) -> ShownPart:
        stored = flat_part(self.row, part=part, questions=dict(self.questions))
        kept = self.data is not None and (part.name in self.errors or (self.unsaved and self.sent(part)))
        flat = self.flat(part) if kept else stored
        seen = self.data.get(f"version_{part.name}", "") if kept else ""
        return ShownPart(
            part=part,
            version=seen or str(self.version_now(part)),
            flat=flat,
            error=self.errors.get(part.name, ""),
            choices=self.choices(part, flat),
            rows=self.rows(part, flat),
        )

    def choices(self, part: Part, flat: Mapping[str, str]) -> list[dict[str, Any]]:
        """What a select or a list of boxes offers."""
        if part.shape == "question":
            dates = [
                (code, f"{code} {asked.short}")
                for code, asked in self.questions.items()
                if asked.type == "date"
            ]
            given: Iterable[tuple[str, str]] = [("", _("No other date")), *dates]
        elif part.shape == "condition":
            given = [("", "–"), *((code, f"{code} {asked.short}") for code, asked in self.questions.items())]
        else:
            given = [(value, _(label) if label else "") for value, label in part.choices]
        ticked = part.shape == "kinds"
        return [
            {
                "value": value,
                "label": label,
                "checked": bool(flat.get(value)) if ticked else flat.get("", "") == value,
            }
            for value, label in given
        ]

    def rows(self, part: Part, flat: Mapping[str, str]) -> list[dict[str, Any]]:
        """The lines of a list, of a rubric or of a condition, with empty ones at the end."""
        if part.shape == "steps":
            return [{"n": n, "name": f"{part.name}.{n}", "text": flat.get(str(n), "")} for n in range(5)]
        if part.shape not in ("options", "columns", "condition"):
            return []
        there = indexes(flat)
        first = (max(there) + 1) if there else 0
        blank = 1 if part.shape == "condition" else self.blank
        return [line_of(part, n, flat) for n in [*there, *range(first, first + blank)]]


def lifted(data: Any) -> Any:
    """The data after a line was moved up by its button ("up": "settings.choices.3")."""
    place, _dot, number = data.get("up", "").rpartition(".")
    if not place or not number.isascii() or not number.isdigit():
        return data
    prefix = f"{place}."
    there = indexes({key[len(prefix) :]: "" for key in data if key.startswith(prefix)})
    before = max((n for n in there if n < int(number)), default=None)
    if before is None:
        return data
    swap = {f"{prefix}{number}.": f"{prefix}{before}.", f"{prefix}{before}.": f"{prefix}{number}."}
    found = data.copy()
    for key in data:
        for one, other in swap.items():
            if key.startswith(one):
                found.pop(key, None) if other + key[len(one) :] not in data else None
    for key in data:
        for one, other in swap.items():
            if key.startswith(one):
                found.setlist(other + key[len(one) :], data.getlist(key))
    return found


def line_of(part: Part, n: int, flat: Mapping[str, str]) -> dict[str, Any]:
    inside = {key.partition(".")[2]: text for key, text in flat.items() if key.partition(".")[0] == str(n)}
    line: dict[str, Any] = {
        "n": n,
        "name": f"{part.name}.{n}",
        "id": f"{part.name}.{n}".replace(".", "-"),
        **inside,
    }
    if part.shape == "columns":
        kind = inside.get("type", "number")
        line["types"] = [
            {"value": key, "label": _(TYPES[key].label), "checked": key == kind} for key in CELLS
        ]
    if part.shape == "condition":
        line["ops"] = [
            {"value": op, "label": _(words), "checked": inside.get("op") == op} for op, words in WORDS.items()
        ]
    return line


def said(part: Part, flat: Mapping[str, str]) -> str:
    """A part in words, for the choice between two of them."""
    if part.shape in LINES:
        lines = [[flat.get(f"{n}.{name}", "") for name in LINES[part.shape]] for n in indexes(flat)]
        return "\n".join(" · ".join(filter(None, line)) for line in lines if any(line)) or _("(empty)")
    if part.shape == "choice":
        return next((_(label) for value, label in part.choices if value == flat.get("", "")), "")
    if part.shape == "flag":
        return _("Yes") if flat.get("") else _("No")
    if part.shape == "kinds":
        return ", ".join(_(label) for value, label in part.choices if flat.get(value)) or _("(empty)")
    return "\n".join(flat[key] for key in sorted(flat) if flat[key]) or _("(empty)")


def translated_in(data: Any) -> str:
    """The language of the translations that were sent, if any."""
    names = (key.split(".") for key in data if key.startswith(("translations.", "version_translations.")))
    found = next((steps[1] for steps in names if len(steps) > 2), "")
    return found if found in dict(language_choices()) else ""
