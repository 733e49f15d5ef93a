"""A region in the middle of its assessment: three groups, their people, and statements of both scopes."""

import uuid
from dataclasses import dataclass

from cohes3ion.accounts.models import User
from governance.enums import Group
from governance.models import Answer, AnswerRevision, Evidence, Question, QuestionnaireVersion, Response
from mapping.enums import AnswerKind, Role
from mapping.models import RegionMap, TerritorialUnit
from tests.factories.governance import QuestionFactory, ResponseFactory, SectionFactory, VersionFactory
from tests.factories.mapping import RegionMapFactory, UnitFactory, member


@dataclass(kw_only=True)
class Assessment:
    """Statements: 1.1 (core) and 1.2 about the region, 2.1 about each unit."""

    region_map: RegionMap
    version: QuestionnaireVersion
    core: Question
    other: Question
    unit_question: Question
    units: list[TerritorialUnit]
    team: Response
    of_units: list[Response]
    of_stakeholder: Response
    lead: User
    contributor: User
    contact: User
    stakeholder: User
    coordinator: User
    facilitator: User
    observer: User

    def answer_all(self, response: Response) -> None:
        """Give every question of a response an answer that counts."""
        units = {Group.TEAM: self.units, Group.UNIT: [response.unit], Group.STAKEHOLDER: []}
        wanted = [(self.core, None)]
        if response.group != Group.STAKEHOLDER:
            wanted.append((self.other, None))
        wanted += [(self.unit_question, unit) for unit in units[Group(response.group)]]
        for question, unit in wanted:
            Answer.objects.get_or_create(
                response=response,
                question=question,
                about_unit=unit,
                defaults={"kind": AnswerKind.VALUE, "level": 3, "importance": 4},
            )

    def fill(self) -> None:
        """Rows in every branch of the pages: answers, history, a document behind each answer."""
        self.answer_all(self.team)
        for answer in self.team.answers.all():
            Answer.objects.filter(pk=answer.pk).update(edited_by=self.lead, version=7)
            AnswerRevision.objects.bulk_create(
                AnswerRevision(
                    answer=answer,
                    version=version,
                    field="importance",
                    values={"importance": version % 5 + 1},
                    by=self.lead if version % 2 else self.contributor,
                )
                for version in range(1, 7)
            )
            evidence = Evidence.objects.create(
                region_map=self.region_map, title="A document", url="https://a.example", added_by=self.lead
            )
            evidence.answers.add(answer)


def assessment(*, units: int = 2, region_map: RegionMap | None = None) -> Assessment:
    region_map = region_map or RegionMapFactory()
    # A fingerprint of its own: published versions are kept in memory by it.
    version = VersionFactory(fingerprint=uuid.uuid4().hex)
    themes = [
        SectionFactory(version=version, code=code, title=title, position=place)
        for place, (code, title) in enumerate([("E1", "Smart priorities"), ("E2", "Roles")], start=1)
    ]
    places = UnitFactory.create_batch(units, region_map=region_map)
    form = {"region_map": region_map, "questionnaire_version": version}
    person = member(Role.STAKEHOLDER, region_map)
    return Assessment(
        region_map=region_map,
        version=version,
        core=QuestionFactory(section=themes[0], code="1.1", short="Core statement"),
        other=QuestionFactory(section=themes[0], code="1.2", short="Another statement", is_core=False),
        unit_question=QuestionFactory(
            section=themes[1], code="2.1", short="Unit statement", is_core=False, scope="unit"
        ),
        units=places,
        team=ResponseFactory(**form),
        of_units=[ResponseFactory(**form, group=Group.UNIT, unit=place) for place in places],
        of_stakeholder=ResponseFactory(**form, group=Group.STAKEHOLDER, respondent=person, label="Firm"),
        lead=member(Role.REGIONAL_LEAD, region_map),
        contributor=member(Role.CONTRIBUTOR, region_map),
        contact=member(Role.UNIT_CONTACT, region_map, places[0]),
        stakeholder=person,
        coordinator=member(Role.COORDINATOR, region_map),
        facilitator=member(Role.FACILITATOR, region_map),
        observer=member(Role.OBSERVER, region_map),
    )
