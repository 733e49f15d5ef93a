"""What scores and the gap analysis read: one item per statement and respondent who opened the form."""

from collections import defaultdict
from typing import Any

from governance.analysis.gap_report import GapInputs, RegionAnswers
from governance.enums import Dimension, Group, ResponseState, Scope
from governance.models import Answer, Question, Response, Target
from governance.scoring.answer_table import AnswerTable, Statement
from governance.scoring.settings import Thresholds
from mapping.enums import AnswerKind, MapState
from mapping.models import Exercise, Region, RegionMap

Invited = dict[str, int]
Asked = tuple[int, bool, Statement]  # the question's id, whether it is put about each unit, what it is
Given = dict[tuple[int, int | None], list[Any]]
OPEN_STATES = (ResponseState.DRAFT, ResponseState.RETURNED)
NOBODY: tuple[AnswerTable, Invited] = (AnswerTable(), {})
UNANSWERED = (AnswerKind.UNANSWERED.value, None, None)


def answered_items(*, maps: Any) -> dict[int, tuple[AnswerTable, Invited]]:
    """Items and invited respondents of each map (by its id). Three queries, whatever the number of maps.

    Only responses that were sent count. One that was never opened counts as invited only.
    """
    rows = Response.objects.filter(region_map__in=maps).assessment().order_by("pk")
    responses = list(
        rows.values_list("pk", "region_map_id", "questionnaire_version_id", "group", "unit_id", "state")
    )
    questions = _asked_questions({version for _pk, _map, version, *_rest in responses})
    given = _given_answers(maps)
    units: dict[int, list[int]] = defaultdict(list)
    for _pk, map_id, _version, group, unit, _state in responses:
        if group == Group.UNIT:
            units[map_id].append(unit)
    found: dict[int, tuple[AnswerTable, Invited]] = {}
    for pk, map_id, version, group, unit, state in responses:
        table, invited = found.setdefault(map_id, (AnswerTable(), {}))
        invited[group] = invited.get(group, 0) + 1
        if state not in OPEN_STATES:
            _add_items(table, (group, str(pk)), unit or units[map_id], questions[version], given.get(pk, {}))
    return found


def _given_answers(maps: Any) -> dict[int, Given]:
    """What stands in each response that was sent, by question and unit."""
    sent = Response.objects.filter(region_map__in=maps).assessment().submitted()
    rows = Answer.objects.filter(response__in=sent, part="").order_by()
    found: dict[int, Given] = defaultdict(dict)
    columns = ("response_id", "question_id", "about_unit_id", "kind", "level", "importance")
    for response, question, unit, *answer in rows.values_list(*columns).iterator(chunk_size=20_000):
        found[response][question, unit] = answer
    return found


def _asked_questions(versions: set[int]) -> dict[int, list[Asked]]:
    # Only the scale is scored; every other type is read as it is.
    rows = Question.objects.filter(section__version__in=versions, type="scale")
    columns = ("section__version_id", "pk", "scope", "code", "section__code", "is_core")
    grouped: dict[int, list[Asked]] = defaultdict(list)
    for version, pk, scope, *statement in rows.values_list(*columns):
        grouped[version].append((pk, scope == Scope.UNIT, tuple(statement)))
    return grouped


def _add_items(
    table: AnswerTable, person: tuple[str, str], units: int | list[int], questions: list[Asked], given: Given
) -> None:
    """One respondent's items; a statement without a row is *unanswered*, never left out.

    `units`: the unit that answers about itself, or those that the others answer about.
    """
    about_units = [units] if isinstance(units, int) else units
    for pk, is_about_units, statement in questions:
        if person[0] == Group.STAKEHOLDER and not statement[2]:
            continue
        for unit in about_units if is_about_units else (None,):
            kind, level, importance = given.get((pk, unit), UNANSWERED)
            table.add(statement, person, kind=kind, level=level, importance=importance, unit=unit)


def gap_inputs(*, exercise: Exercise, region: Region | None = None) -> GapInputs:
    """The gap analysis of an exercise, or of one region, as rows stand. Maps that are published are peers."""
    rows = RegionMap.objects.filter(exercise=exercise, **({"region": region} if region else {}))
    maps = list(rows.select_related("region").order_by("region__slug"))
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
                items=answers.get(row.pk, NOBODY)[0],
                invited=answers.get(row.pk, NOBODY)[1],
                targets=targets[row.pk],
            )
            for row in maps
        ),
        thresholds=Thresholds.from_overrides(exercise.thresholds),
        seed=exercise.seed,
    )
