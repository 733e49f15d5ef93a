"""What became of each answer when the questionnaire changed, with what a dropped answer said."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.asking.frames import cell_type, find_cell
from governance.asking.registry import TYPES
from governance.models import Answer, AnswerRevision, CarryOver, GroupEntry, Response, Thread
from governance.selectors.changes import Change, changes_in
from governance.selectors.questionnaires import QuestionItem, sections_of
from governance.selectors.readers import reader_of
from governance.selectors.responses import steps_of
from governance.selectors.steps import given_value
from governance.selectors.threads import ThreadItem, threads_of
from mapping.enums import AnswerKind
from mapping.models import TerritorialUnit


@dataclass(frozen=True, kw_only=True)
class EarlierAnswer:
    """An answer as it stood with the old version. `where`: the cell of a matrix, the entry of a group."""

    answer: Answer
    unit: TerritorialUnit | None
    where: str
    text: str
    is_dropped: bool
    changes: list[Change]
    threads: list[ThreadItem]


@dataclass(frozen=True, kw_only=True)
class CarriedQuestion:
    """One question of the old version. `address`: where it is asked now, "" where it is not."""

    question: QuestionItem | None
    code: str
    short: str
    fate: str
    reasons: tuple[str, ...]
    address: str
    answers: list[EarlierAnswer] = field(default_factory=list)

    @property
    def dropped(self) -> list[EarlierAnswer]:
        return [row for row in self.answers if row.is_dropped]

    @property
    def has_past(self) -> bool:
        return any(row.changes or row.threads for row in self.answers)


@dataclass(frozen=True, kw_only=True)
class CarriedPage:
    """One change of the questionnaire: dropped answers first, then changed questions, then the rest."""

    carried: CarryOver
    questions: list[CarriedQuestion]

    def of(self, fate: str) -> list[CarriedQuestion]:
        return [line for line in self.questions if line.fate == fate]

    @property
    def groups(self) -> list[tuple[str, list[CarriedQuestion]]]:
        return [(fate, self.of(fate)) for fate in ("dropped", "changed", "kept") if self.of(fate)]


def last_carry_over(*, response: Response) -> CarryOver | None:
    """How the response came to the version it has now. One query, none with a first version."""
    if response.questionnaire_version.number == 1:
        return None
    return response.carry_overs.filter(new_version=response.questionnaire_version_id).first()


def carried_pages(*, response: Response, user: Any) -> list[CarriedPage]:
    """Every change of the questionnaire this response went through, newest first.

    Of a response this person reads: who reads an answer reads what was said about it. As many queries for
    one answer as for many, but for names of codes and for each change of the questionnaire.
    """
    carried = list(response.carry_overs.select_related("by", "old_version", "new_version"))
    if not carried:
        return []
    old = {row.old_version_id for row in carried}
    empty = Q(kind=AnswerKind.UNANSWERED, explanation="", importance=None)
    rows = list(
        response.answers.filter(question__section__version__in=old)
        .exclude(empty)
        .select_related("question__section", "about_unit")
        .order_by("question__section__position", "question__position", "about_unit", "pk")
    )
    told = _Told.of(response=response, rows=rows, user=user)
    addresses: dict[str, str] = {}
    for step in steps_of(response=response):
        for code in (step.question.code, *(child.code for child in step.question.children)):
            addresses.setdefault(code, step.address)
    return [
        _page(row, rows=rows, told=told, addresses=addresses, language=get_language() or "en")
        for row in carried
    ]


@dataclass(frozen=True, kw_only=True)
class _Told:
    """What was read about the earlier answers, by the key of each."""

    response: Response
    copied: set[int]
    entries: dict[str, int]
    revisions: dict[int, list[AnswerRevision]]
    threads: dict[int, list[ThreadItem]]

    @classmethod
    def of(cls, *, response: Response, rows: list[Answer], user: Any) -> "_Told":
        """Five queries: copies, entries, revisions, discussions and their comments."""
        copies = AnswerRevision.objects.filter(
            answer__response=response, field="created", values__change="carried_over"
        )
        entries: dict[Any, list[str]] = {}
        for entry in GroupEntry.objects.filter(response=response):
            entries.setdefault((entry.question_id, entry.about_unit_id), []).append(entry.key)
        revisions: dict[int, list[AnswerRevision]] = {}
        lines = AnswerRevision.objects.filter(answer__in=[row.pk for row in rows]).select_related("by")
        for line in lines.order_by("answer", "version"):
            revisions.setdefault(line.answer_id, []).append(line)
        about = Thread.objects.filter(answer__in=[row.pk for row in rows])
        of = dict(about.values_list("pk", "answer"))
        threads: dict[int, list[ThreadItem]] = {}
        for item in threads_of(about, user=user) if of else []:
            threads.setdefault(of[item.pk], []).append(_read_only(item))
        return cls(
            response=response,
            copied={values["from"] for values in copies.values_list("values", flat=True)},
            entries={key: n for keys in entries.values() for n, key in enumerate(keys, start=1)},
            revisions=revisions,
            threads=threads,
        )

    def about(self, row: Answer, *, item: QuestionItem | None) -> EarlierAnswer:
        return EarlierAnswer(
            answer=row,
            unit=row.about_unit,
            where=self._where(row, item=item),
            text=self._text(row, item=item),
            is_dropped=row.pk not in self.copied,
            changes=list(reversed(changes_in(self.revisions.get(row.pk, [])))),
            threads=self.threads.get(row.pk, []),
        )

    def _where(self, row: Answer, *, item: QuestionItem | None) -> str:
        if not row.part or item is None:
            return ""
        if item.type == "matrix":
            found = find_cell(item.settings, row.part)
            return f"{found[0]['label']}, {found[1]['label']}" if found else row.part
        return _("Entry %(number)s") % {"number": self.entries.get(row.part, "")}

    def _text(self, row: Answer, *, item: QuestionItem | None) -> str:
        if row.kind != AnswerKind.VALUE:
            return str(AnswerKind(row.kind).label)
        value = given_value(row)
        if item is None:
            return str(value)
        kind, settings = TYPES[item.type], item.settings
        found = find_cell(settings, row.part) if item.type == "matrix" and row.part else None
        if found:
            kind, settings = cell_type(found[1]), found[1].get("settings", {})
        if kind.key == "scale":
            return f"{row.level} {row.get_level_display()}"
        reader = reader_of(response=self.response, type=kind.key, settings=settings)
        return kind.show(value, settings=settings, reader=reader)


def _read_only(thread: ThreadItem) -> ThreadItem:
    """A question that is gone has no page to come back to after a comment was changed."""
    return replace(thread, comments=[replace(line, may_edit=False) for line in thread.comments])


def _page(
    carried: CarryOver, *, rows: list[Answer], told: _Told, addresses: dict[str, str], language: str
) -> CarriedPage:
    items = {
        one.code: one
        for section in sections_of(version=carried.old_version, language=language)
        for question in section.questions
        for one in (question, *question.children)
    }
    answers: dict[str, list[EarlierAnswer]] = {}
    for row in rows:
        if row.question.section.version_id == carried.old_version_id:
            item = items.get(row.question.code)
            answers.setdefault(row.question.code, []).append(told.about(row, item=item))
    return CarriedPage(
        carried=carried, questions=list(_questions(carried.changes, items, answers, addresses))
    )


def _questions(
    changes: list[dict[str, Any]],
    items: dict[str, QuestionItem],
    answers: dict[str, list[EarlierAnswer]],
    addresses: dict[str, str],
) -> Iterable[CarriedQuestion]:
    """Those that were answered, and those whose wording or settings are different now."""
    for line in changes:
        item = items.get(line["code"])
        if not line["answered"] and (line["fate"] == "kept" or item is None):
            continue
        yield CarriedQuestion(
            question=item,
            code=line["code"],
            short=item.short if item else line["short"],
            fate=line["fate"],
            reasons=tuple(line["reasons"]),
            address=addresses.get(line["code"], ""),
            answers=answers.get(line["code"], []),
        )
