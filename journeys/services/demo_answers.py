"""The invented part of the demonstration: answers of three groups, from a fixed seed, different per region.

Respondents are "business stakeholder 3" and the like; no answer is attributed to a real person or
organisation. Some do not answer, some do not know, groups disagree, and one unit never opened its form.
"""

import datetime as dt
import json
import random
from typing import Any

from governance.enums import Confidence, Dimension, Group, ResponseState, Scope
from governance.models import (
    Answer,
    AnswerRevision,
    PressingArea,
    Question,
    QuestionnaireVersion,
    Response,
    Target,
)
from governance.services.questionnaires import PACKAGES
from mapping.enums import AnswerKind, Helix, Provenance
from mapping.models import RegionMap, TerritorialUnit

GROUP_BIAS = {Group.TEAM: 0.3, Group.UNIT: 0.0, Group.STAKEHOLDER: -0.3}
UNITS_ASKED = 9
FIRST_DAY = dt.datetime(2020, 6, 1, 7, 0, tzinfo=dt.UTC)
HELIX_WORDS = {
    Helix.BUSINESS: "Business stakeholder",
    Helix.KNOWLEDGE: "Knowledge stakeholder",
    Helix.GOVERNMENT: "Government stakeholder",
    Helix.CIVIL_SOCIETY: "Civil society stakeholder",
}


def _examples_by_level() -> dict[tuple[str, int], list[str]]:
    """Example explanations for a statement at a level."""
    package = json.loads((PACKAGES / "examples.json").read_text(encoding="utf-8"))
    texts: dict[tuple[str, int], list[str]] = {}
    for item in package["statements"]:
        for example in [*item["low"], *item["middle"], *item["high"]]:
            for level in example["steps"]:
                texts.setdefault((item["code"], level), []).append(example["text"])
    return texts


class Inventor:
    """Invents the answers of one region."""

    def __init__(
        self, *, region_map: RegionMap, version: QuestionnaireVersion, chance: random.Random, size: int
    ) -> None:
        self.map = region_map
        self.version = version
        self.chance = chance
        self.size = size
        self.questions = list(Question.objects.filter(section__version=version).select_related("section"))
        self.level = {code: chance.uniform(1.9, 4.3) for code in Dimension.values}
        self.statement = {question.code: chance.gauss(0, 0.45) for question in self.questions}
        self.bias = {group: bias + chance.gauss(0, 0.2) for group, bias in GROUP_BIAS.items()}
        # One theme per region on which stakeholders see things quite differently.
        self.disputed = chance.choice(Dimension.values)
        self.examples = _examples_by_level()
        self.answers: list[Answer] = []

    def invent(self) -> None:
        units = self.units_asked()
        self.add_targets()
        self.add_team(units)
        for place, unit in enumerate(units):
            self.add_unit(unit, silent=place == len(units) - 1 and len(units) > 2)
        for number in range(1, self.size + 1):
            self.add_stakeholder(number)
        Answer.objects.bulk_create(self.answers)
        AnswerRevision.objects.bulk_create(
            AnswerRevision(
                answer=answer,
                version=1,
                field="created",
                values={"kind": answer.kind, "level": answer.level, "importance": answer.importance},
                at=answer.edited_at,
            )
            for answer in self.answers
        )

    def units_asked(self) -> list[TerritorialUnit]:
        """Units below the region, at most nine, so that a demonstration stays readable."""
        below = [unit for unit in self.map.units.all() if unit.kind not in ("national", "region")]
        return (below or list(self.map.units.all()))[:UNITS_ASKED]

    def add_targets(self) -> None:
        Target.objects.bulk_create(
            Target(
                region_map=self.map,
                dimension=code,
                level=4 if self.level[code] < 3.6 else 5,
                reason="Invented for the demonstration: the level the team would need for its strategy.",
                provenance=Provenance.INVENTED,
            )
            for code in Dimension.values
        )

    def respond(self, group: str, **fields: Any) -> Response:
        when = FIRST_DAY + dt.timedelta(days=self.chance.randrange(40), minutes=self.chance.randrange(480))
        return Response.objects.create(
            region_map=self.map,
            questionnaire_version=self.version,
            group=group,
            provenance=Provenance.INVENTED,
            opened_at=when,
            submitted_at=when + dt.timedelta(days=3),
            state=ResponseState.SUBMITTED,
            **fields,
        )

    def add_team(self, units: list[TerritorialUnit]) -> None:
        response = self.respond(Group.TEAM)
        for question in self.questions:
            if question.scope == Scope.REGION:
                self.answer(response, question, None, missing=0.03)
            else:
                for unit in units:
                    self.answer(response, question, unit, missing=0.06)

    def add_unit(self, unit: TerritorialUnit, *, silent: bool) -> None:
        if silent:
            Response.objects.create(
                region_map=self.map,
                questionnaire_version=self.version,
                group=Group.UNIT,
                unit=unit,
                provenance=Provenance.INVENTED,
            )
            return
        response = self.respond(Group.UNIT, unit=unit)
        for question in self.questions:
            about = unit if question.scope == Scope.UNIT else None
            self.answer(response, question, about, missing=0.12)

    def add_stakeholder(self, number: int) -> None:
        helix = self.chance.choices(list(HELIX_WORDS), [45, 25, 15, 15])[0]
        response = self.respond(Group.STAKEHOLDER, label=f"{HELIX_WORDS[helix]} {number}", helix=helix)
        for question in self.questions:
            if question.is_core:
                self.answer(response, question, None, missing=0.15)
        weakest = sorted(Dimension.values, key=lambda code: self.level[code] + self.chance.gauss(0, 0.8))
        PressingArea.objects.bulk_create(
            PressingArea(
                response=response,
                position=place,
                dimension=code,
                text=f"{Dimension(code).label}: more is needed here (invented)",
            )
            for place, code in enumerate(weakest[:3], start=1)
        )

    def answer(
        self, response: Response, question: Question, unit: TerritorialUnit | None, *, missing: float
    ) -> None:
        kind = self.chance.choices(
            [AnswerKind.VALUE, AnswerKind.NO_INFORMATION, AnswerKind.DOES_NOT_APPLY, AnswerKind.UNANSWERED],
            [1 - missing, missing * 0.6, missing * 0.15, missing * 0.25],
        )[0]
        answer = Answer(
            response=response,
            question=question,
            about_unit=unit,
            kind=kind,
            provenance=Provenance.INVENTED,
            edited_at=response.submitted_at,
        )
        if kind == AnswerKind.VALUE:
            answer.level = self.invent_level(question, response.group)
            answer.importance = self.invent_importance(question)
            answer.confidence = self.chance.choice(Confidence.values)
            answer.explanation = self.invent_explanation(question, answer.level, response.group)
        self.answers.append(answer)

    def invent_level(self, question: Question, group: str) -> int:
        code = question.section.code
        seen = self.level[code] + self.statement[question.code] + self.bias[Group(group)]
        if code == self.disputed and group == Group.STAKEHOLDER:
            seen -= 1.0
        return min(5, max(1, round(seen + self.chance.gauss(0, 0.6))))

    def invent_importance(self, question: Question) -> int:
        middle = 4.4 - 0.25 * (self.level[question.section.code] - 3) + self.statement[question.code]
        return min(5, max(1, round(middle + self.chance.gauss(0, 0.6))))

    def invent_explanation(self, question: Question, level: int, group: str) -> str:
        if self.chance.random() > (0.6 if group == Group.TEAM else 0.2):
            return ""
        texts = self.examples.get((question.code, level), [])
        return self.chance.choice(texts) if texts else ""
