"""What scores and the gap analysis read: one item per statement and respondent who opened the form."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cohes3ion.lib.fingerprints import fingerprint
from governance.analysis.gap_report import GapInputs, RegionAnswers
from governance.enums import Dimension, Group, ResponseState, Scope
from governance.models import Question, Response, Target
from governance.scoring.answer_table import AnswerTable, Statement
from governance.scoring.settings import Thresholds
from governance.selectors.answer_texts import answer_texts
from mapping.enums import AnswerKind, MapState
from mapping.models import Exercise, Region, RegionMap

Invited = dict[str, int]
Asked = tuple[int, bool, Statement]  # the question's id, whether it is put about each unit, what it is
Given = dict[tuple[str, str], list[Any]]  # question and unit, as they stand in a text
Opened = tuple[int, int, str, int | None, bool]  # a response: id, version, group, unit, whether it was sent
OPEN_STATES = (ResponseState.DRAFT, ResponseState.RETURNED)
UNANSWERED = [AnswerKind.UNANSWERED.value, None, None]
MARKED = "m:"  # a mark of rows as they were read; older runs have fingerprints of their frozen values


@dataclass(frozen=True, kw_only=True)
class AnswerSource:
    """The rows about one map as they were read. Items are made of them when somebody asks."""

    responses: list[Opened] = field(default_factory=list)
    questions: Mapping[int, list[Asked]] = field(default_factory=dict)
    text: str = ""
    targets: dict[str, int | None] = field(default_factory=dict)

    def mark(self) -> str:
        """Another one as soon as a row differs that items, invitations or targets are made of."""
        asked = {str(version): self.questions[version] for _pk, version, *_rest in self.responses}
        return MARKED + fingerprint([self.responses, asked, self.text, self.targets])[len(MARKED) :]

    @property
    def invited(self) -> Invited:
        """Respondents by group, those who never opened the form included."""
        found: Invited = {}
        for _pk, _version, group, _unit, _is_sent in self.responses:
            found[group] = found.get(group, 0) + 1
        return found

    def items(self) -> AnswerTable:
        """One item per statement and respondent; only responses that were sent count."""
        table, given = AnswerTable(), _given(self.text)
        units = [unit for _pk, _version, group, unit, _is_sent in self.responses if group == Group.UNIT]
        for pk, version, group, unit, is_sent in self.responses:
            if is_sent:
                about = [unit] if unit else units
                _add_items(table, (group, str(pk)), about, self.questions[version], given.get(str(pk), {}))
        return table


def _given(text: str) -> dict[str, Given]:
    """What stands in each response, by question and unit."""
    found: dict[str, Given] = defaultdict(dict)
    for row in text.split(";") if text else ():
        response, question, unit, kind, level, importance = row.split(",")
        found[response][question, unit] = [kind, int(level) or None, int(importance) or None]
    return found


def answer_sources(*, maps: Any, with_targets: bool = True) -> dict[int, AnswerSource]:
    """What is read of each map (by its id) that asks anybody. Four queries, whatever the number of maps."""
    rows = Response.objects.filter(region_map__in=maps).assessment().order_by("pk")
    columns = ("region_map_id", "pk", "questionnaire_version_id", "group", "unit_id", "state")
    responses: dict[int, list[Opened]] = defaultdict(list)
    for region_map, *row, state in rows.values_list(*columns):
        responses[region_map].append((*row, state not in OPEN_STATES))
    questions = _asked_questions({row[1] for mine in responses.values() for row in mine})
    texts = answer_texts(responses=[row[0] for mine in responses.values() for row in mine if row[4]])
    targets: dict[int, dict[str, int | None]] = defaultdict(dict)
    asked = Target.objects.filter(region_map__in=maps).values_list("region_map_id", "dimension", "level")
    for region_map, dimension, level in asked if with_targets else ():
        targets[region_map][dimension] = level
    return {
        key: AnswerSource(
            responses=responses.get(key, []),
            questions=questions,
            text=texts.get(key, ""),
            targets=targets[key],
        )
        for key in {**responses, **targets}
    }


def answered_items(*, maps: Any) -> dict[int, tuple[AnswerTable, Invited]]:
    """Items and invited respondents of each map (by its id); a form never opened counts as invited only."""
    found = answer_sources(maps=maps, with_targets=False)
    return {key: (source.items(), source.invited) for key, source in found.items() if source.responses}


def _asked_questions(versions: set[int]) -> dict[int, list[Asked]]:
    # Only the scale is scored; every other type is read as it is.
    rows = Question.objects.filter(section__version__in=versions, type="scale")
    columns = ("section__version_id", "pk", "scope", "code", "section__code", "is_core")
    grouped: dict[int, list[Asked]] = defaultdict(list)
    for version, pk, scope, *statement in rows.values_list(*columns):
        grouped[version].append((pk, scope == Scope.UNIT, tuple(statement)))
    return grouped


def _add_items(
    table: AnswerTable, person: tuple[str, str], units: list[Any], questions: list[Asked], given: Given
) -> None:
    """One respondent's items; a statement without a row is *unanswered*, never left out.

    `units`: the unit that answers about itself, or those that the others answer about.
    """
    for pk, is_about_units, statement in questions:
        if person[0] == Group.STAKEHOLDER and not statement[2]:
            continue
        for unit in units if is_about_units else (None,):
            kind, level, importance = given.get((str(pk), str(unit or 0)), UNANSWERED)
            table.add(statement, person, kind=kind, level=level, importance=importance, unit=unit)


def gap_inputs(*, exercise: Exercise, region: Region | None = None) -> GapInputs:
    """The gap analysis of an exercise, or of one region, as rows stand. Maps that are published are peers."""
    rows = RegionMap.objects.filter(exercise=exercise, **({"region": region} if region else {}))
    maps = list(rows.select_related("region").order_by("region__slug"))
    sources = answer_sources(maps=maps)
    return GapInputs(
        dimensions=tuple(Dimension.values),
        regions=tuple(
            region_answers(region_map=row, source=sources.get(row.pk, AnswerSource())) for row in maps
        ),
        thresholds=Thresholds.from_overrides(exercise.thresholds),
        seed=exercise.seed,
    )


def region_answers(*, region_map: RegionMap, source: AnswerSource) -> RegionAnswers:
    """A map and its answers as the gap analysis reads them."""
    return RegionAnswers(
        region=region_map.region.slug,
        released=region_map.state == MapState.PUBLISHED,
        items=source.items(),
        invited=source.invited,
        targets=source.targets,
    )
