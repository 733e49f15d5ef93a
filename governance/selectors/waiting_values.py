"""Values of every type but the scale that wait beside the stored one, with the form that ends it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.asking.base import KINDS, QuestionType
from governance.asking.frames import cell_type, find_cell
from governance.models import Answer, AnswerRevision, Response
from governance.selectors.readers import reader_of
from governance.selectors.revisions import DISCUSS
from governance.selectors.steps import Step
from governance.selectors.value_words import told_by


def waiting_values(step: Step, *, response: Response) -> list[dict[str, Any]]:
    """For templates/governance/_waiting_choice.html: the question, its cells, its entries. One query."""
    answers = {answer.pk: answer for answer in step.answers}
    rows = AnswerRevision.objects.filter(answer__in=answers, field="value", values__has_key=DISCUSS)
    return [
        _choice(answers[row.answer_id], row, step=step, response=response)
        for row in rows.select_related("by").order_by("pk")
        if row.values[DISCUSS] == answers[row.answer_id].version_of("value")
    ]


def _choice(answer: Answer, row: AnswerRevision, *, step: Step, response: Response) -> dict[str, Any]:
    name, about, kind, settings = _place(answer, step)
    told = told_by(kind=kind, settings=settings, response=response)
    return {
        "key": name.replace(".", "-"),
        "title": _("Two answers to: %(what)s") % {"what": about}
        if about
        else _("Two answers to this question"),
        "action": reverse("governance:value_save", args=step.place),
        "version": answer.version_of("value"),
        "by": row.by,
        "at": row.at,
        "theirs": told({"kind": answer.kind, "value": answer.value}),
        "mine": told(row.values),
        "fields": [
            {"name": name, "value": text}
            for text in _sent_again(row.values, kind=kind, settings=settings, response=response)
        ],
    }


def _place(answer: Answer, step: Step) -> tuple[str, str, QuestionType, Any]:
    """The name a form uses, what it is about in words, its type and settings."""
    item = step.question
    if not answer.part:
        return "value", "", item.kind, item.settings
    if item.type == "matrix":
        _row, column = _cell(item, answer.part)
        name, kind, settings = f"cell.{answer.part}", cell_type(column), column.get("settings", {})
        return name, name_of_part(item, part=answer.part), kind, settings
    child = next(child for child in item.children if child.pk == answer.question_id)
    name = f"item.{answer.part}.{child.code}"
    return name, name_of_part(child, part=answer.part), child.kind, child.settings


def name_of_part(question: Any, *, part: str) -> str:
    """A cell by its row and column, a question inside an entry by its name; a whole answer by nothing."""
    if not part:
        return ""
    if question.type != "matrix":
        return str(question.short)
    row, column = _cell(question, part)
    return f"{row['label']}, {column['label']}"


def _cell(question: Any, part: str) -> tuple[Any, Any]:
    found = find_cell(question.settings, part)
    assert found is not None, "a cell that is asked"
    return found


def _sent_again(
    columns: dict[str, Any], *, kind: QuestionType, settings: Any, response: Response
) -> list[str]:
    """A stored value as the inputs that send it; several boxes begin with an empty one."""
    empty = [] if kind.control == "radios" else [""]
    if columns["kind"] in KINDS:
        return [*empty, columns["kind"]]
    reader = reader_of(response=response, type=kind.key, settings=settings)
    raw = kind.raw(columns["value"], settings=settings, reader=reader)
    return [*empty, *raw] if kind.many else raw or [""]
