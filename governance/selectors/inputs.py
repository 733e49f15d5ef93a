"""What scores and the gap analysis read: one item per statement and respondent who opened the form."""

from collections import defaultdict
from typing import Any

from governance.analysis.gap_report import GapInputs, RegionAnswers
from governance.enums import Dimension, Group, Scope
from governance.models import Answer, Question, Response, Target
from governance.scoring.settings import Thresholds
from governance.scoring.statements import AnsweredItem
from mapping.enums import AnswerKind, MapState
from mapping.models import Exercise, RegionMap

Invited = dict[str, int]


def answered_items(*, maps: Any) -> dict[int, tuple[list[AnsweredItem], Invited]]:
    """Items and invited respondents of each map (by its id). Four queries, whatever the number of maps.

    Only responses that were sent count. One that was never opened counts as invited only.
    """
    responses = list(Response.objects.filter(region_map__in=maps).assessment().order_by("pk"))
    questions = _asked_questions({row.questionnaire_version_id for row in responses})
    answers: dict[tuple[int, int, int | None], Answer] = {
        (row.response_id, row.question_id, row.about_unit_id): row
        for row in Answer.objects.filter(
            response__in=Response.objects.filter(region_map__in=maps).assessment().submitted(), part=""
        ).only("response_id", "question_id", "about_unit_id", "kind", "level", "importance")
    }
    units: dict[int, list[int]] = defaultdict(list)
    for row in responses:
        if row.group == Group.UNIT:
            units[row.region_map_id].append(row.unit_id)
    found: dict[int, tuple[list[AnsweredItem], Invited]] = {}
    for row in responses:
        items, invited = found.setdefault(row.region_map_id, ([], {}))
        invited[row.group] = invited.get(row.group, 0) + 1
        if not row.is_writable:
            items += _items_of(
                row, questions[row.questionnaire_version_id], units[row.region_map_id], answers
            )
    return found


def _asked_questions(versions: set[int]) -> dict[int, list[Question]]:
    grouped: dict[int, list[Question]] = defaultdict(list)
    # Only the scale is scored; every other type is read as it is.
    rows = Question.objects.filter(section__version__in=versions, type="scale").select_related("section")
    for question in rows.only("code", "scope", "is_core", "position", "section__code", "section__version"):
        grouped[question.section.version_id].append(question)
    return grouped


def _items_of(
    response: Response,
    questions: list[Question],
    units: list[int],
    answers: dict[tuple[int, int, int | None], Answer],
) -> list[AnsweredItem]:
    """One respondent's items; a statement without a row is *unanswered*, never left out."""
    items = []
    for question in questions:
        if response.group == Group.STAKEHOLDER and not question.is_core:
            continue
        about: list[int | None] = [None]
        if question.scope == Scope.UNIT:
            about = [response.unit_id] if response.group == Group.UNIT else list(units)
        for unit in about:
            answer = answers.get((response.pk, question.pk, unit))
            items.append(
                AnsweredItem(
                    code=question.code,
                    dimension=question.section.code,
                    group=response.group,
                    respondent=str(response.pk),
                    kind=answer.kind if answer else AnswerKind.UNANSWERED.value,
                    level=answer.level if answer else None,
                    importance=answer.importance if answer else None,
                    unit=unit,
                    is_core=question.is_core,
                )
            )
    return items


def gap_inputs(*, exercise: Exercise) -> GapInputs:
    """The gap analysis of an exercise, as its rows stand. Maps that are adopted or published are peers."""
    maps = list(RegionMap.objects.filter(exercise=exercise).select_related("region").order_by("region__slug"))
    answers = answered_items(maps=maps)
    targets: dict[int, dict[str, int | None]] = defaultdict(dict)
    for target in Target.objects.filter(region_map__in=maps):
        targets[target.region_map_id][target.dimension] = target.level
    return GapInputs(
        dimensions=tuple(Dimension.values),
        regions=tuple(
            RegionAnswers(
                region=row.region.slug,
                released=row.state == MapState.PUBLISHED,
                items=tuple(answers.get(row.pk, ([], {}))[0]),
                invited=answers.get(row.pk, ([], {}))[1],
                targets=targets[row.pk],
            )
            for row in maps
        ),
        thresholds=Thresholds.from_overrides(exercise.thresholds),
        seed=exercise.seed,
    )
