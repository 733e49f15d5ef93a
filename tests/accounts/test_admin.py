"""The operators' site: set-up and jobs, no answers; for operators only."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from cohes3ion.accounts.models import User
from mapping.enums import Role
from mapping.models import Membership
from tests.factories.mapping import ExerciseFactory, RegionMapFactory, member
from tests.factories.region import analyse, small_region, small_version

pytestmark = pytest.mark.django_db
LISTS = [
    "mapping_project",
    "mapping_exercise",
    "mapping_region",
    "mapping_regionmap",
    "mapping_membership",
    "governance_analysis",
    "journeys_document",
    "accounts_user",
]


@pytest.fixture
def operator(client):
    user = User.objects.create_superuser("operator@test.invalid")
    client.force_login(user)
    return user


@pytest.mark.parametrize("name", LISTS)
def test_operator_reads_lists(client, operator, name):
    region = small_region(ExerciseFactory(), small_version())
    analyse(region.region_map.exercise)
    assert client.get(reverse(f"admin:{name}_changelist")).status_code == 200


def test_partners_do_not_get_in(client):
    client.force_login(member(Role.COORDINATOR, RegionMapFactory()))
    assert client.get(reverse("admin:index")).status_code == 302


def test_nobody_gives_a_role_to_oneself(operator):
    region_map = RegionMapFactory()
    with pytest.raises(IntegrityError):
        Membership.objects.create(
            user=operator, given_by=operator, role=Role.COORDINATOR, project=region_map.exercise.project
        )
