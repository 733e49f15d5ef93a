import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils.html import strip_tags
from openpyxl import load_workbook

from journeys.models import ProjectTarget
from journeys.selectors.reports import Count
from mapping.enums import Role
from tests.factories.exchange import ActionPlanFactory, EventFactory, PracticeFactory
from tests.factories.mapping import ProjectFactory, RegionFactory, RegionMapFactory, member

pytestmark = pytest.mark.django_db
PAST = dt.datetime(2020, 11, 26, 9, tzinfo=dt.UTC)


@pytest.fixture
def region_map():
    project = ProjectFactory(starts_on="2019-08-01", ends_on="2022-07-31")
    project.refresh_from_db()
    return RegionMapFactory(
        exercise__project=project,
        region=RegionFactory(project=project),
        state="adopted",
        adopted_on="2020-07-20",
        adopted_by="A council",
    )


def fill(region_map, number):
    for _n in range(number):
        PracticeFactory(region=region_map.region, published_at=PAST)
        EventFactory(region=region_map.region, starts_at=PAST, people_reached=40)
        ActionPlanFactory(
            region_map=region_map,
            policy_instrument="A fund",
            instrument_change="A call",
            signed_on="2021-06-17",
        )
    EventFactory(region=region_map.region, starts_at=PAST)  # does not say how many came
    EventFactory(region=region_map.region)  # still to come
    EventFactory(region=region_map.region, starts_at=PAST, state="cancelled")
    PracticeFactory(region=region_map.region, state="draft", published_at=None)
    ActionPlanFactory(region_map=region_map, published_at=None)


@pytest.mark.parametrize("number", [1, 3])
def test_numbers_are_counted_from_rows(client, region_map, django_assert_num_queries, number):
    fill(region_map, number)
    client.force_login(member(Role.OBSERVER, region_map))
    address = reverse("journeys:report_detail", args=[region_map.exercise.project.slug])
    with django_assert_num_queries(9):
        page = client.get(address).context["page"]
    assert {line.key.value: (line.reached, line.silent) for line in page.lines} == {
        "maps": (1, 0),
        "practices": (number, 0),
        "events": (number + 1, 0),
        "people": (40 * number, 1),
        "plans": (number, 0),
        "instruments": (1, 0),
    }
    assert page.semesters == [2, 3, 4]
    assert page.lines[2].by_semester == {3: Count(known=number + 1, silent=0)}
    assert page.lines[3].by_semester == {3: Count(known=40 * number, silent=1)}


def cells(reply, key):
    """What a line of the table of semesters says, without the markup."""
    row = reply.content.decode().partition(f'<a href="#{key}">')[2].partition("</tr>")[0]
    return [" ".join(strip_tags(cell).split()) for cell in row.split('<td class="num">')[1:]]


def test_nothing_known_is_not_nobody(client, region_map):
    EventFactory(region=region_map.region, starts_at=PAST)
    client.force_login(member(Role.COORDINATOR, region_map))
    reply = client.get(reverse("journeys:report_detail", args=[region_map.exercise.project.slug]))
    line = reply.context["page"].lines[3]
    assert (line.key, line.reached, line.percent) == ("people", None, None)
    assert line.by_semester == {3: Count(known=None, silent=1)}
    # The map was adopted in semester 2, in which nobody met: that is known.
    assert cells(reply, "people") == ["0", "–not known"]


def test_where_some_events_do_not_say_how_many_the_sum_is_the_least(client, region_map):
    fill(region_map, 1)
    client.force_login(member(Role.COORDINATOR, region_map))
    reply = client.get(reverse("journeys:report_detail", args=[region_map.exercise.project.slug]))
    assert cells(reply, "people") == ["0", "40 or more", "0"]
    assert cells(reply, "events") == ["0", "2", "0"]


def test_an_event_counts_in_the_semester_of_its_own_day(client, region_map):
    """Midnight in Bucharest is still the day before in Brussels, in the semester before."""
    begins = dt.datetime(2020, 8, 1, tzinfo=ZoneInfo("Europe/Bucharest"))
    EventFactory(
        region=region_map.region,
        time_zone="Europe/Bucharest",
        starts_at=begins,
        ends_at=begins + dt.timedelta(days=1),
    )
    client.force_login(member(Role.COORDINATOR, region_map))
    reply = client.get(reverse("journeys:report_detail", args=[region_map.exercise.project.slug]))
    (row,) = reply.context["page"].lines[2].rows
    assert (row.on, row.semester) == (dt.date(2020, 8, 1), 3)


def test_the_coordinator_sets_a_target_and_others_do_not(client, region_map):
    fill(region_map, 1)
    address = reverse("journeys:report_target", args=[region_map.exercise.project.slug, "practices"])
    sent = {"target": "20", "version_target": "1"}
    client.force_login(member(Role.FACILITATOR, region_map))
    assert (client.post(address, sent).status_code, ProjectTarget.objects.count()) == (403, 0)
    client.force_login(member(Role.COORDINATOR, region_map))
    client.post(address, sent)
    page = client.get(reverse("journeys:report_detail", args=[region_map.exercise.project.slug])).context[
        "page"
    ]
    assert [(line.target.target, line.percent) for line in page.lines if line.key == "practices"] == [(20, 5)]
    reply = client.post(address, {"target": "0", "version_target": "2"})
    assert (reply.status_code, "Write a whole number above zero" in reply.content.decode()) == (422, True)


def test_the_workbook_has_the_rows_behind_each_number(client, region_map):
    fill(region_map, 2)
    client.force_login(member(Role.REGIONAL_LEAD, region_map))
    reply = client.get(reverse("journeys:report_download", args=[region_map.exercise.project.slug]))
    book = load_workbook(io.BytesIO(reply.content))
    assert book.sheetnames == [
        "Numbers",
        "Territorial maps",
        "Good practices",
        "Policy-learning events",
        "People reached",
        "Action plans",
        "Policy instruments improved",
    ]
    assert [row[4].value for row in book["People reached"].iter_rows(min_row=2)] == [40, 40, None]
    assert [cell.value for cell in book["Numbers"][3]][:3] == ["Good practices", 2, None]


def test_strangers_get_nothing(client, region_map):
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    for name in ("report_detail", "report_download"):
        reply = client.get(reverse(f"journeys:{name}", args=[region_map.exercise.project.slug]))
        assert reply.status_code == 404
