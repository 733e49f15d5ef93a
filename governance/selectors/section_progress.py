"""How far each section of several responses is, exactly, in a number of queries that does not grow."""

from collections.abc import Iterable

from django.utils.translation import get_language

from governance.enums import Group
from governance.models import Response
from governance.selectors.questionnaires import sections_of
from governance.selectors.responses import MINUTES, SectionProgress, progress
from governance.selectors.steps import GivenAnswers, made_steps
from mapping.models import TerritorialUnit


def sections_of_responses(responses: Iterable[Response]) -> dict[int, list[SectionProgress]]:
    """Sections with their steps by response; `questionnaire_version` and `unit` must be loaded.

    Two queries, one more with groups, for each version of a questionnaire, and one for the units of teams.
    """
    by_version: dict[int, list[Response]] = {}
    for response in responses:
        by_version.setdefault(response.questionnaire_version_id, []).append(response)
    units = _units_of_teams([row for rows in by_version.values() for row in rows])
    found: dict[int, list[SectionProgress]] = {}
    for rows in by_version.values():
        sections = sections_of(version=rows[0].questionnaire_version, language=get_language() or "en")
        questions = [item for section in sections for item in section.questions]
        given = GivenAnswers.of_many(responses=rows, questions=questions)
        for response in rows:
            asked = [response.unit] if response.group == Group.UNIT else units.get(response.pk, [])
            steps = made_steps(response=response, sections=sections, given=given[response.pk], units=asked)
            put = [step for step in steps if step.is_asked]
            found[response.pk] = progress(put, minutes=MINUTES[Group(response.group)])
    return found


def _units_of_teams(responses: list[Response]) -> dict[int, list[TerritorialUnit]]:
    """The units each team describes: those that were invited to the same version. One query."""
    teams = {
        (row.region_map_id, row.questionnaire_version_id): row.pk
        for row in responses
        if row.group == Group.TEAM
    }
    found: dict[int, list[TerritorialUnit]] = {}
    if not teams:
        return found
    invited = Response.objects.filter(group=Group.UNIT, region_map__in={key[0] for key in teams})
    places = invited.order_by("unit__position", "unit").select_related("unit")
    for row in places:
        team = teams.get((row.region_map_id, row.questionnaire_version_id))
        if team is not None:
            found.setdefault(team, []).append(row.unit)
    return found
