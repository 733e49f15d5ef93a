"""A running response to a questionnaire with a question of every type, and who works on it."""

from dataclasses import dataclass
from typing import Any

from cohes3ion.accounts.models import User
from governance.models import Response
from governance.services.carrying import attach_version
from governance.services.questionnaires import draft_from_dict, publish_version
from mapping.enums import ExerciseState, Role
from mapping.models import RegionMap
from tests.factories.mapping import RegionMapFactory, UnitFactory, member
from tests.factories.questionnaires import every_type


@dataclass(frozen=True, kw_only=True)
class Room:
    region_map: RegionMap
    response: Response
    lead: User
    contributor: User

    @property
    def api(self) -> str:
        return f"/api/v1/responses/{self.response.pk}/"


def open_room(definition: dict[str, Any] | None = None) -> Room:
    region_map = RegionMapFactory(exercise__state=ExerciseState.OPEN)
    UnitFactory(region_map=region_map, key="town")
    draft = draft_from_dict(
        definition=definition or every_type(), project=region_map.exercise.project, by=None
    )
    attach_version(version=publish_version(version=draft), exercise=region_map.exercise, by=None)
    return Room(
        region_map=region_map,
        response=Response.objects.get(region_map=region_map),
        lead=member(Role.REGIONAL_LEAD, region_map),
        contributor=member(Role.CONTRIBUTOR, region_map),
    )
