"""What the respondents named stands beside what the region concludes, when enough of them did."""

import pytest

from cohes3ion.lib.history import history_may_go
from governance.models import GovernanceScore
from governance.models.score import ScoreGroup
from governance.selectors.synthesis import synthesis_page
from mapping.enums import MapState, Role
from tests.factories.mapping import RegionMapFactory, member
from tests.factories.synthesis import named_by

pytestmark = pytest.mark.django_db


def page_of(region_map):
    return synthesis_page(region_map=region_map, user=member(Role.REGIONAL_LEAD, region_map))


def named(page) -> dict[str, int | None]:
    return {line.code: line.named for line in page.lines if line.named is not None}


def test_areas_are_counted_by_respondent_from_three_on():
    region_map = RegionMapFactory(state=MapState.CONSULTATION)
    named_by(region_map, "E1", "E1", "E2")
    named_by(region_map, "E1", "E3")
    page = page_of(region_map)
    assert (page.stakeholders, named(page)) == (None, {})
    named_by(region_map, "E1", "E2", "")
    page = page_of(region_map)
    assert (page.stakeholders, named(page)) == (3, {"E1": 3})


def test_answers_that_were_not_sent_do_not_count():
    region_map = RegionMapFactory(state=MapState.CONSULTATION)
    for _ in range(3):
        response = named_by(region_map, "E1")
    with history_may_go():  # no way leads back to a draft
        type(response).objects.filter(pk=response.pk).update(state="draft", submitted_at=None)
    assert named(page_of(region_map)) == {}


@pytest.mark.parametrize(("n", "shown"), [(3, None), (4, 2.5)])
def test_the_regions_score_stands_on_three_others_than_the_team(n, shown):
    region_map = RegionMapFactory()
    common = {"region_map": region_map, "code": "E1", "method_version": "stm-1"}
    GovernanceScore.objects.create(**common, group=ScoreGroup.TEAM, mean=3.0, n=1)
    GovernanceScore.objects.create(**common, group=ScoreGroup.ALL, mean=2.5, n=n)
    first = page_of(region_map).lines[0]
    assert (first.team, first.region) == (3.0, shown)
    assert page_of(region_map).lines[1].region is None
