"""A whole small region: map, units, answers of three groups, analyses; every branch is filled."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from governance import models
from governance.enums import Dimension, Group, ResponseState
from governance.selectors.evidence_inputs import kinds_of
from governance.services.analyses import publish_analysis, request_analysis, run_analysis
from governance.services.maps import Decision, adopt_map, open_consultation, publish_map, release_map
from governance.services.scores import refresh_scores
from mapping.enums import AnswerKind
from mapping.models import CodeList, Exercise, RegionMap
from tests.factories import governance as g
from tests.factories import mapping as m


@dataclass
class SmallRegion:
    region_map: RegionMap
    questions: list[models.Question]
    team: models.Response


def small_version(**fields: Any) -> models.QuestionnaireVersion:
    """One core statement per theme, so that every theme has a score."""
    version = g.VersionFactory(**fields)
    for position, code in enumerate(Dimension.values, start=1):
        section = g.SectionFactory(version=version, code=code, title=Dimension(code).label, position=position)
        g.QuestionFactory(section=section, code=f"{position}.1", position=1)
    return version


def small_region(
    exercise: Exercise, version: models.QuestionnaireVersion, *, level: int = 3, stakeholders: int = 6
) -> SmallRegion:
    """A region whose team, one unit and stakeholders answered every statement."""
    region_map = m.RegionMapFactory(exercise=exercise)
    version.exercises.add(exercise)
    units = [m.UnitFactory(region_map=region_map, kind="city") for _n in range(2)]
    priority = m.PriorityFactory(region_map=region_map)
    codes = CodeList.objects.get_or_create(key="nace", defaults={"title": "NACE"})[0]
    code = codes.codes.get_or_create(key="nace:C21", defaults={"code": "C21", "label": "Pharmaceuticals"})[0]
    for unit, role in zip(units, ("research", "production"), strict=True):
        capability = m.CapabilityFactory(
            unit=unit, strength=4, role=role, priority=priority, priority_answer=AnswerKind.VALUE
        )
        capability.codes.add(code)
    m.ActorFactory(region_map=region_map)
    space = g.SpaceFactory(region_map=region_map)
    space.units.set(units[:1])
    models.AreaOfImprovement.objects.create(region_map=region_map, text="Meet more often", dimension="E3")
    models.StrengthItem.objects.create(region_map=region_map, text="A known strategy", dimension="E1")
    for dimension in Dimension.values:
        models.Target.objects.create(region_map=region_map, dimension=dimension, level=4, reason="A reason")
    questions = list(models.Question.objects.filter(section__version=version).select_related("section"))
    sent = {"state": ResponseState.SUBMITTED, "submitted_at": timezone.now(), "opened_at": timezone.now()}
    common = {"region_map": region_map, "questionnaire_version": version, **sent}
    team = g.ResponseFactory(**common, group=Group.TEAM)
    responses = [team, g.ResponseFactory(**common, group=Group.UNIT, unit=units[0])]
    responses += [
        g.ResponseFactory(**common, group=Group.STAKEHOLDER, label=f"Stakeholder {n}")
        for n in range(stakeholders)
    ]
    models.Answer.objects.bulk_create(
        models.Answer(response=row, question=question, kind=AnswerKind.VALUE, level=level, importance=4)
        for row in responses
        for question in questions
    )
    refresh_scores(region_map=region_map)
    return SmallRegion(region_map=region_map, questions=questions, team=team)


def publish(region_map: RegionMap) -> RegionMap:
    """Take a draft map through consultation, adoption and both releases."""
    row = open_consultation(region_map=region_map, expected=region_map.version, by=None)
    day = timezone.localdate()
    decision = Decision(on=day, body="Stakeholder group")
    row = adopt_map(region_map=row, decision=decision, expected=row.version, by=None)
    row = release_map(region_map=row, expected=row.version, by=None)
    return publish_map(region_map=row, expected=row.version, by=None)


def analyse(exercise: Exercise, *, public: bool = True) -> dict[str, models.Analysis]:
    """Run both analyses here, as the worker does, and publish them."""
    runs = {}
    for kind in kinds_of(exercise=exercise):
        row, _is_new = request_analysis(exercise=exercise, kind=kind, by=None)
        run_analysis(analysis_id=row.pk)
        row.refresh_from_db()
        runs[kind] = publish_analysis(analysis=row, by=None) if public else row
    return runs
