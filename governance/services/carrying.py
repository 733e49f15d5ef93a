"""A new version of a questionnaire over responses that are being filled in.

The response moves to the new version and keeps its address, people and files. What still fits is copied to
the new questions; every old row stays with the question, and so the text, it was given to.
"""

from typing import Any

from django.db import transaction
from django.db.models import Q

from governance.enums import Group, QuestionnaireState
from governance.models import (
    Answer,
    AnswerRevision,
    CarryOver,
    GroupEntry,
    Question,
    QuestionnaireVersion,
    Response,
    Thread,
)
from governance.selectors.carrying import (
    RUNNING,
    answers_now,
    comparison,
    fates,
    fits,
    running_responses,
)
from governance.selectors.definitions import question_to_dict, questions_by_code
from governance.selectors.places import questions_of_version
from governance.selectors.revisions import CARRIED, DISCUSS
from governance.services.questionnaires import publish_package, read_package
from mapping.enums import Provenance
from mapping.models import Exercise

COPIED = ("kind", "value", "level", "importance", "explanation", "confidence", "provenance")


# Discussions that the team finds at the question as it is asked now.
OPEN = Q(is_settled=False) | Q(review_step__isnull=False)


class NotPublished(Exception):
    """Only a published version is put to people."""


@transaction.atomic
def attach_version(*, version: QuestionnaireVersion, exercise: Exercise, by: Any) -> list[CarryOver]:
    """Ask this version in an exercise from now on; running responses to earlier versions are carried over.

    An annex is put to the regional teams at once, a response for each map. Raises NotPublished.
    """
    if version.state != QuestionnaireState.PUBLISHED:
        raise NotPublished
    older = QuestionnaireVersion.objects.filter(questionnaire=version.questionnaire_id, exercises=exercise)
    for other in older.exclude(pk=version.pk):
        other.exercises.remove(exercise)
    version.exercises.add(exercise)
    carried = [
        carry_over(response=response, new=version, by=by)
        for response in running_responses(exercise=exercise, new=version)
    ]
    if version.questionnaire.is_annex:
        ask_teams(version=version, exercise=exercise)
    return [row for row in carried if row is not None]


def put_annex(*, key: str, exercise: Exercise, by: Any) -> None:
    """Ask the teams the newest form of an annex that ships."""
    attach_version(version=publish_package(package=read_package(key)), exercise=exercise, by=by)


def ask_teams(*, version: QuestionnaireVersion, exercise: Exercise) -> None:
    """A response of the team for each map that has none to this questionnaire yet."""
    asked = Response.objects.filter(
        region_map__exercise=exercise, questionnaire_version__questionnaire=version.questionnaire_id
    )
    provenance = Provenance.INVENTED if exercise.project.is_demo else Provenance.AGREED
    Response.objects.bulk_create(
        Response(
            region_map=region_map, questionnaire_version=version, group=Group.TEAM, provenance=provenance
        )
        for region_map in exercise.region_maps.exclude(pk__in=asked.values("region_map"))
    )


@transaction.atomic
def carry_over(*, response: Response, new: QuestionnaireVersion, by: Any) -> CarryOver | None:
    """Move one running response to the new version. None when it was sent or moved meanwhile."""
    locked = Response.objects.select_for_update(of=("self",)).select_related(
        "region_map__exercise", "questionnaire_version__questionnaire"
    )
    current = locked.get(pk=response.pk)
    old = current.questionnaire_version
    if current.state not in RUNNING or old.pk == new.pk or old.questionnaire_id != new.questionnaire_id:
        return None
    answers = answers_now(current)
    questions = questions_by_code(new)
    changes = fates(
        response=current, answers=answers, found=comparison(old=old, new=new), questions=questions
    )
    rows = questions_of_version(new.pk)
    going = {line["code"] for line in changes if line["fate"] != "dropped"}
    staying = [
        row
        for row in answers
        if row.question.code in going and fits(row, response=current, questions=questions)
    ]
    copy_answers(staying, old=old, questions=rows, by=by)
    copy_entries(current, old=old, questions=rows)
    Response.objects.filter(pk=current.pk).update(questionnaire_version=new)
    return CarryOver.objects.create(
        response=current, old_version=old, new_version=new, changes=changes, by=by
    )


def copy_answers(
    answers: list[Answer], *, old: QuestionnaireVersion, questions: dict[str, Question], by: Any
) -> None:
    """The same answers to the new questions, each with its files and a first line of its history.

    What people still talk about, and what a reviewer remarked, goes along; what was settled stays. The line
    says that it was carried over, by whom, and from which row: who wrote the answer stands there.
    """
    made = Answer.objects.bulk_create(
        Answer(
            response_id=row.response_id,
            question=questions[row.question.code],
            about_unit_id=row.about_unit_id,
            part=row.part,
            version=row.version + 1,
            field_versions=row.field_versions,
            edited_at=row.edited_at,
            edited_by_id=row.edited_by_id,
            **{name: getattr(row, name) for name in COPIED},
        )
        for row in answers
    )
    AnswerRevision.objects.bulk_create(
        AnswerRevision(
            answer=copy,
            version=copy.version,
            field="created",
            values={name: getattr(copy, name) for name in COPIED}
            | {"change": CARRIED, "from": row.pk, "number": old.number},
            by=by,
        )
        for row, copy in zip(answers, made, strict=True)
    )
    keep_waiting({row.pk: copy for row, copy in zip(answers, made, strict=True)})
    copies = {row.pk: copy.pk for row, copy in zip(answers, made, strict=True)}
    for thread in Thread.objects.filter(OPEN, answer__in=copies):
        Thread.objects.filter(pk=thread.pk).update(answer=copies[thread.answer_id])
    through: Any = Answer.evidence.through  # type: ignore[attr-defined]
    links = through.objects.filter(answer_id__in=copies)
    through.objects.bulk_create(
        [through(evidence_id=link.evidence_id, answer_id=copies[link.answer_id]) for link in links],
        ignore_conflicts=True,
    )


def keep_waiting(copies: dict[int, Answer]) -> None:
    """Beside a copy waits what waited beside its answer: two answers still ask for a choice.

    A value that the new question would refuse does not: the talk about the two says what it was.
    """
    rows = AnswerRevision.objects.filter(answer__in=copies, values__has_key=DISCUSS)
    kept = []
    for row in rows.select_related("answer__question", "answer__response").order_by("pk"):
        copy = copies[row.answer_id]
        if row.values[DISCUSS] == row.answer.version_of(row.field) and would_fit(row, copy=copy):
            copy.version += 1
            values = row.values | {"from": row.answer_id}
            place = {"answer": copy, "version": copy.version, "field": row.field}
            kept.append(AnswerRevision(**place, values=values, by_id=row.by_id, at=row.at))
    AnswerRevision.objects.bulk_create(kept)
    Answer.objects.bulk_update({row.answer_id: row.answer for row in kept}.values(), ["version"])


def would_fit(row: AnswerRevision, *, copy: Answer) -> bool:
    """Whether the new question takes a value that waits."""
    if row.field != "value" or row.values.get("value") is None:
        return True
    candidate = Answer(question=row.answer.question, part=copy.part, value=row.values["value"])
    questions = {copy.question.code: question_to_dict(copy.question)}
    return fits(candidate, response=row.answer.response, questions=questions)


def copy_entries(response: Response, *, old: QuestionnaireVersion, questions: dict[str, Question]) -> None:
    """Entries of groups keep their keys, so that their answers find them."""
    rows = GroupEntry.objects.filter(response=response, question__section__version=old)
    GroupEntry.objects.bulk_create(
        GroupEntry(
            response=response,
            question=questions[row.question.code],
            about_unit_id=row.about_unit_id,
            key=row.key,
            position=row.position,
            created_at=row.created_at,
            created_by_id=row.created_by_id,
            removed_at=row.removed_at,
            removed_by_id=row.removed_by_id,
        )
        for row in rows.select_related("question")
        if row.question.code in questions and questions[row.question.code].type == "group"
    )
