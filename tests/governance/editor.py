"""A partnership with its coordinator at work on a draft with a question of every type."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from governance.models import Question, QuestionnaireVersion, Section
from governance.services.carrying import attach_version
from governance.services.questionnaires import draft_from_dict, publish_version
from mapping.enums import Role
from mapping.models import Exercise, RegionMap
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.questionnaires import every_type


@dataclass(kw_only=True)
class Desk:
    region_map: RegionMap
    draft: QuestionnaireVersion
    coordinator: Any
    client: Client

    @property
    def exercise(self) -> Exercise:
        return self.region_map.exercise

    @property
    def root(self) -> str:
        return f"/workspace/people/{self.exercise.project.slug}/questionnaires/"

    @property
    def address(self) -> str:
        return f"{self.root}{self.draft.pk}/"

    def question(self, code: str) -> Question:
        return Question.objects.get(section__version=self.draft, code=code)

    def section(self, code: str) -> Section:
        return Section.objects.get(version=self.draft, code=code)

    def save(self, code: str, client: Client | None = None, **sent: Any) -> Any:
        """Send parts of a question, by their names with "__" for a point."""
        row = self.question(code)
        data = {name.replace("__", "."): value for name, value in sent.items()}
        return (client or self.client).post(f"{self.address}questions/{row.pk}/save/", data)


def client_of(role: str, region_map: RegionMap) -> Client:
    client = Client()
    client.force_login(member(role, region_map))
    return client


def desk(**changes: Any) -> Desk:
    region_map = RegionMapFactory()
    project = region_map.exercise.project
    coordinator = member(Role.COORDINATOR, region_map)
    draft = draft_from_dict(definition=every_type() | changes, project=project, by=coordinator)
    client = Client()
    client.force_login(coordinator)
    return Desk(region_map=region_map, draft=draft, coordinator=coordinator, client=client)


def asked_desk() -> Desk:
    """The questionnaire is published and asked: the team of the region has its form."""
    made = desk()
    version = publish_version(version=made.draft)
    attach_version(version=version, exercise=made.exercise, by=made.coordinator)
    return made
