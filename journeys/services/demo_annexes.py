"""Invented answers of the teams to the two annexes, marked as such; a fixed seed of their own."""

import random

from governance.enums import Group, ResponseState
from governance.models import Answer, AnswerRevision, Question, QuestionnaireVersion, Response
from governance.services.questionnaires import ANNEXES, publish_package, read_package
from journeys.services.demo_answers import FIRST_DAY
from mapping.enums import AnswerKind, Provenance
from mapping.models import Exercise, RegionMap

MARKS = ("1", "2", "3", "4", "5")
WEIGHTS = {
    "enabling-condition": (("met", "partly", "not"), (55, 30, 15)),
    "ris3-wheel": (MARKS, (8, 20, 32, 28, 12)),
}


def annex_versions(*, exercise: Exercise) -> list[QuestionnaireVersion]:
    """Both annexes, asked in this exercise."""
    versions = [publish_package(package=read_package(name)) for name in ANNEXES]
    for version in versions:
        version.exercises.add(exercise)
    return versions


def add_annexes(*, region_map: RegionMap, versions: list[QuestionnaireVersion], seed: str) -> None:
    """The team's answers, sent; about one in twelve is no information."""
    chance = random.Random(seed)
    for version in versions:
        choices, weights = WEIGHTS[version.questionnaire.key]
        response = Response.objects.create(
            region_map=region_map,
            questionnaire_version=version,
            group=Group.TEAM,
            provenance=Provenance.INVENTED,
            state=ResponseState.SUBMITTED,
            opened_at=FIRST_DAY,
            submitted_at=FIRST_DAY,
        )
        answers = []
        for question in Question.objects.filter(section__version=version):
            known = chance.random() > 0.08
            answers.append(
                Answer(
                    response=response,
                    question=question,
                    kind=AnswerKind.VALUE if known else AnswerKind.NO_INFORMATION,
                    value=chance.choices(choices, weights)[0] if known else None,
                    provenance=Provenance.INVENTED,
                    edited_at=response.submitted_at,
                )
            )
        Answer.objects.bulk_create(answers)
        AnswerRevision.objects.bulk_create(
            AnswerRevision(
                answer=row, version=1, field="created", values={"kind": row.kind, "value": row.value}
            )
            for row in answers
        )
