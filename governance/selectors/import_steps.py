"""The steps of an import: one write for each field that a file changes, in an order that can be followed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from cohes3ion.lib.template_tags import moment
from governance.asking.problems import Problem, Refused, gettext_noop
from governance.asking.registry import TYPES
from governance.models import Answer
from governance.selectors.answer_cells import NOT_ASKED, Answered
from governance.selectors.import_bases import Past, base_of, blank, plain, same
from governance.selectors.import_cells import Field, Slot, fields_of
from governance.selectors.import_findings import Finding, shortened
from governance.selectors.import_tables import Line
from governance.selectors.import_values import new_values
from governance.selectors.problems import spoken
from governance.selectors.questionnaires import QuestionItem
from governance.selectors.readers import reader_of
from mapping.enums import AnswerKind
from mapping.models import TerritorialUnit


@dataclass(frozen=True, kw_only=True)
class Write:
    """One field of one answer as it is to stand; what stood there and what will, in words."""

    line: Line
    column: str
    response_id: int
    item: QuestionItem
    unit: int | None
    part: str
    field: str
    values: dict[str, Any]
    version: int
    before: str
    after: str
    # Nobody has given this answer yet: it has no row.
    is_first: bool = False

    @property
    def place(self) -> tuple[int, str, int | None, str]:
        return self.response_id, self.item.code, self.unit, self.part


@dataclass(frozen=True, kw_only=True)
class EntryStep:
    """An entry of a group that is added before its answers, or removed after all."""

    line: Line
    response_id: int
    group: QuestionItem
    unit: int | None
    key: str
    version: int = 0

    @property
    def is_new(self) -> bool:
        return self.version == 0


@dataclass(kw_only=True)
class Plan:
    """What a file would do."""

    rows: int = 0
    writes: list[Write] = field(default_factory=list)
    entries: list[EntryStep] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def problems(self) -> list[Finding]:
        return [item for item in self.findings if item.kind != "notice"]


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One answer in one row of a file: its slot, the cells of its question, and what was written before."""

    line: Line
    row: Answered
    slot: Slot
    columns: list[str]
    cells: list[Any]
    unit: TerritorialUnit | None
    past: Past
    is_new: bool = False

    @property
    def answer(self) -> Answer | None:
        unit = self.unit.pk if self.unit else None
        return self.row.given.rows.get((self.slot.item.pk, unit, self.slot.part))

    def place(self, part: str) -> int:
        return self.slot.places[part]

    @property
    def is_left_out(self) -> bool:
        """The question was not asked when the file was made, and nobody wrote anything there since."""
        own = self.cells[self.slot.start : self.place("version")]
        return {plain(cell) for cell in own} <= {None, NOT_ASKED}

    def version(self) -> int | None:
        """The version the file was made from; None where it tells none. Raises Refused."""
        cell = plain(self.cells[self.place("version")])
        if cell is None or self.is_new:
            return None
        text = str(cell).strip().removesuffix(".0")
        if not text.isascii() or not text.isdigit() or len(text) > 9:
            raise Refused(Problem(code="version", text=VERSION, params={"typed": text[:40]}))
        if int(text) > (self.answer.version if self.answer else 0):
            raise Refused(Problem(code="future", text=FUTURE, params={"typed": text}))
        return int(text)


VERSION = gettext_noop("The version is a whole number from the export (you wrote %(typed)s).")
FUTURE = gettext_noop("There is no version %(typed)s of this answer. Take the row from a new export.")


def read_slot(spot: Spot) -> Iterator[Write | Finding]:
    """The fields of one answer that the file changes, or why not."""
    if spot.is_left_out and (spot.is_new or plain(spot.cells[spot.place("version")]) is None):
        return
    version, wrong = None, None
    try:
        version = spot.version()
    except Refused as refused:
        wrong = problem_at(spot, spot.place("version"), refused)
        yield wrong
    now = spot.answer or blank()
    base, known = base_of(spot.answer, version=version, revisions=spot.past.of)
    for item in fields_of(spot.slot, cells=spot.cells, base=base, known=known, now=now):
        found = read_field(spot, item, now=now)
        # Without its version only what is badly written can be told of a field.
        if found is not None and (not wrong or getattr(found, "kind", "") == "problem"):
            yield found


def read_field(spot: Spot, item: Field, *, now: Answer) -> Write | Finding | None:
    marked = spot.line.sheet.marked
    if item.base is not None and same(mine=item.file, theirs=item.base, marked=marked):
        return None  # nobody touched it in the file
    if same(mine=item.file, theirs=item.now, marked=marked):
        return None
    slot, response = spot.slot, spot.row.response
    reader = reader_of(response=response, type=slot.kind.key, settings=slot.settings)
    try:
        values = new_values(slot=slot, field=item, reader=reader, marked=marked)
    except Refused as refused:
        return problem_at(spot, item.column, refused, value=filled(item.file))
    if all(getattr(now, name) == value for name, value in values.items()):
        return None
    write = Write(
        line=spot.line,
        column=spot.columns[item.column],
        response_id=response.pk,
        item=slot.item,
        unit=spot.unit.pk if spot.unit else None,
        part=slot.part,
        field=item.name,
        values=values,
        version=now.version_of(item.name),
        before=in_words(stored(now, item.name), slot=slot, field=item.name, reader=reader),
        after=in_words(values, slot=slot, field=item.name, reader=reader),
        is_first=now.pk is None,
    )
    if item.base is None or not same(mine=item.now, theirs=item.base):
        return conflict(spot, write, now=now)
    return write


def stored(answer: Answer, field: str) -> dict[str, Any]:
    names = {"level": ("kind", "level"), "value": ("kind", "value")}.get(field, (field,))
    return {name: getattr(answer, name) for name in names}


def in_words(values: Mapping[str, Any], *, slot: Slot, field: str, reader: Any) -> str:
    """A field as the report shows it."""
    if field not in ("level", "value"):
        value = values[field]
    elif values["kind"] != AnswerKind.VALUE:
        return str(AnswerKind(values["kind"]).label)
    else:
        value = TYPES[slot.kind.key].show(values[field], settings=slot.settings, reader=reader)
    return shortened(value)


def filled(cells: list[Any]) -> str:
    return shortened(next((cell for cell in cells if plain(cell) is not None), ""))


def problem_at(spot: Spot, place: int, refused: Refused, *, value: str = "") -> Finding:
    text = spoken(refused.problem, messages=spot.slot.item.messages)
    return spot.line.find(text, name=spot.columns[place], value=value or shortened(spot.cells[place]))


def conflict(spot: Spot, write: Write, *, now: Answer) -> Finding:
    """The answer was written after the file was made: both values, by whom, and what to do."""
    name = spot.columns[spot.place("version")]
    who, at = spot.past.writer(now, field=write.field)
    values = {"theirs": write.before, "version": now.version, "column": name}
    if who is not None and who == spot.past.user:
        # Refused all the same: the file is older than what stands there, and nobody saw both.
        text = _(
            "Changed since the export by you, on %(when)s: “%(theirs)s” stands there now. Write %(version)s "
            "into column %(column)s to put what the file says there, or take over what stands there."
        )
        values["when"] = moment(at)
    else:
        text = _(
            "Changed since the export by %(who)s: “%(theirs)s” stands there now. Write %(version)s into "
            "column %(column)s to put yours there, or take theirs over."
        )
        values["who"] = who or _("somebody else")
    return spot.line.find(
        text % values, name=write.column, kind="conflict", value=write.after, stands=write.before
    )
