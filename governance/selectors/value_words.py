"""Values of a question in words, as its page shows them: labels instead of codes, whoever wrote them when."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from governance.asking.base import KINDS, QuestionType, Reader
from governance.asking.frames import cell_type, find_cell
from governance.asking.registry import TYPES
from governance.models import Answer, AnswerRevision, Response
from governance.selectors.questionnaires import QuestionItem, translated_settings
from governance.selectors.readers import labels, reader_of
from governance.selectors.revisions import Words
from mapping.enums import AnswerKind

Asked = tuple[QuestionType, Mapping[str, Any]]
# Names of codes by where they live: "units", or "codes" and the key of the list.
Names = dict[tuple[str, str], Mapping[str, str]]


@dataclass(frozen=True, kw_only=True)
class Told:
    """An answer as it is asked now, and its history (newest or oldest first), earlier versions included."""

    question: QuestionItem
    answer: Answer
    revisions: list[AnswerRevision]


def told_by(*, kind: QuestionType, settings: Any, response: Response) -> Callable[[dict[str, Any]], str]:
    """Says the columns of a value in words, as the question shows them."""
    reader = reader_of(response=response, type=kind.key, settings=settings)

    def words(columns: dict[str, Any]) -> str:
        return spoken_columns(columns, kind=kind, settings=settings, reader=reader) or _("no answer")

    return words


def spoken_columns(columns: Mapping[str, Any], *, kind: QuestionType, settings: Any, reader: Reader) -> str:
    if columns.get("kind") in KINDS:
        return str(AnswerKind(columns["kind"]).label)
    return kind.show(columns.get("value"), settings=settings, reader=reader)


def words_for(items: Iterable[Told], *, response: Response) -> dict[int, Words]:
    """By answer, how to say its revisions; none for a scale, which has words of its own.

    Each with the labels of the version it was given to. A query where there were earlier versions, and one
    for each list whose codes were chosen.
    """
    items = list(items)
    now = {item.answer.pk: asked_at(item.question, part=item.answer.part) for item in items}
    asked = now | _earlier({row.answer_id for item in items for row in item.revisions} - now.keys())
    names = _names(asked, items=items, response=response)
    language = get_language() or "en"

    def say(row: AnswerRevision) -> str:
        kind, settings = asked[row.answer_id]
        known = names.get((kind.source, settings.get("list", "")), {})
        reader = Reader(language=language, known=lambda _codes: known)
        return spoken_columns(row.values, kind=kind, settings=settings, reader=reader)

    return {pk: say for pk, (kind, _settings) in now.items() if kind.key != "scale"}


def asked_at(question: Any, *, part: str) -> Asked:
    """Type and settings of a question, or of the column that a cell of its matrix stands in."""
    settings = question.settings
    found = find_cell(settings, part) if question.type == "matrix" and part else None
    return (cell_type(found[1]), found[1].get("settings", {})) if found else (TYPES[question.type], settings)


def _earlier(answers: set[int]) -> dict[int, Asked]:
    """The questions of earlier versions in the reader's language."""
    if not answers:
        return {}
    found = {}
    for row in Answer.objects.filter(pk__in=answers).select_related("question").order_by():
        texts = row.question.translations.get(get_language() or "en", {}).get("settings", {})
        row.question.settings = translated_settings(row.question.settings, texts=texts)
        found[row.pk] = asked_at(row.question, part=row.part)
    return found


def _names(asked: Mapping[int, Asked], *, items: list[Told], response: Response) -> Names:
    codes: dict[tuple[str, str], set[str]] = {}
    for row in (row for item in items for row in item.revisions):
        kind, settings = asked[row.answer_id]
        value = row.values.get("value")
        if kind.source and isinstance(value, list):
            codes.setdefault((kind.source, settings.get("list", "")), set()).update(value)
    return {
        (source, name): labels(source, response=response, settings={"list": name}, codes=sorted(chosen))
        for (source, name), chosen in codes.items()
    }
