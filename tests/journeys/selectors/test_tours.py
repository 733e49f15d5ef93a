import pytest
from django.urls import reverse

from journeys.models import SeenTour
from journeys.selectors.tours import tour_stop, unseen_tour
from mapping.enums import Role
from mapping.models import Membership
from tests.factories.mapping import ExerciseFactory, UserFactory, member
from tests.factories.region import small_region, small_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    return small_region(ExerciseFactory(), small_version())


def stops(user, role):
    found, number = [], 1
    while stop := tour_stop(user=user, role=role, number=number):
        found.append(stop)
        number += 1
    return found


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.OBSERVER, 2),
        (Role.STAKEHOLDER, 3),  # without answers of their own yet
        (Role.CONTRIBUTOR, 7),
        (Role.REGIONAL_LEAD, 9),
        (Role.FACILITATOR, 5),
        (Role.COORDINATOR, 7),
    ],
)
def test_every_stop_of_a_role_opens_and_says_what_it_is(client, region, role, expected):
    user = member(role, region.region_map)
    client.force_login(user)
    found = stops(user, role)
    assert len(found) == expected
    for stop in found:
        reply = client.get(stop.address, follow=True)
        if role == Role.STAKEHOLDER and "draft" in stop.address:
            continue  # only while the map is in consultation
        text = reply.content.decode()
        assert (reply.status_code, f'id="tour-title">{stop.title}<' in text) == (200, True), stop.address
    assert [bool(stop.next_address) for stop in found] == [True] * (expected - 1) + [False]


def test_a_tour_opens_by_itself_until_it_was_ended(client, region):
    user = member(Role.CONTRIBUTOR, region.region_map)
    client.force_login(user)
    home = reverse("governance:workspace")
    assert "Take the tour" in client.get(home).content.decode()
    for _n in range(2):
        client.post(reverse("journeys:tour_end", args=["contributor"]))
    assert (SeenTour.objects.count(), unseen_tour(user=user)) == (1, None)
    assert "Take the tour" not in client.get(home).content.decode()


def test_a_second_role_has_a_tour_of_its_own(region):
    user = member(Role.CONTRIBUTOR, region.region_map)
    SeenTour.objects.create(user=user, role="contributor")
    Membership.objects.create(user=user, role=Role.OBSERVER, project=region.region_map.exercise.project)
    assert unseen_tour(user=user).role == "observer"


@pytest.mark.parametrize("query", ["tour=coordinator&stop=1", "tour=contributor&stop=99", "tour=x&stop=-1"])
def test_tours_of_other_roles_and_stops_that_are_none_show_nothing(client, region, query):
    client.force_login(member(Role.CONTRIBUTOR, region.region_map))
    html = client.get(f"{reverse('governance:workspace')}?{query}").content.decode()
    assert "Tour: stop" not in html


def test_without_a_role_there_is_no_tour(client):
    user = UserFactory()
    assert unseen_tour(user=user) is None
    client.force_login(user)
    assert client.post(reverse("journeys:tour_end", args=["observer"])).status_code == 404
