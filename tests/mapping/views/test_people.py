"""Who holds which role: the page, giving, taking, and the mails about it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cohes3ion.accounts.models import Mail
from mapping.enums import Role
from mapping.models import Membership, RoleChange, RoleInvitation
from tests.factories.mapping import RegionFactory, RegionMapFactory, UnitFactory, UserFactory, member

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def address(region_map) -> str:
    return f"/workspace/people/{region_map.exercise.project.slug}/"


def form(region_map, **values) -> dict:
    given = {"email": "new@test.invalid", "role": "contributor", "language": "pl"}
    return {**given, "region": region_map.region_id, **values}


def test_a_lead_sees_and_gives_in_the_own_region_only(region_map, address):
    lead = member(Role.REGIONAL_LEAD, region_map)
    member(Role.COORDINATOR, region_map)
    other = RegionFactory(project=region_map.exercise.project, name="Elsewhere")
    client = signed_in(lead)
    page = client.get(address)
    assert [row.membership.user for row in page.context["page"].rows] == [lead]
    assert "Elsewhere" not in page.content.decode()
    for values in ({"role": "coordinator", "region": ""}, {"role": "regional_lead"}, {"region": other.pk}):
        assert client.post(f"{address}give/", form(region_map, **values)).status_code == 422
    assert not RoleInvitation.objects.exists()
    assert client.get(f"{address}?region={other.slug}").status_code == 404


def test_an_address_gets_the_same_answer_whether_it_has_an_account_or_not(region_map, address):
    client = signed_in(member(Role.REGIONAL_LEAD, region_map))
    account = UserFactory()
    pages = []
    for email in ("new@test.invalid", account.email.upper()):
        reply = client.post(f"{address}give/", form(region_map, email=email), follow=True)
        pages.append(str(next(iter(reply.context["messages"]))).replace(email.lower(), "x"))
    assert pages[0] == pages[1]
    assert RoleInvitation.objects.count() == Mail.objects.count() == 2
    assert not account.memberships.exists()
    mail = Mail.objects.earliest("pk")
    assert (mail.to, mail.language, mail.place) == (
        "new@test.invalid",
        "pl",
        f"region-{region_map.region_id}",
    )


def test_a_colleague_gets_a_further_role_at_once(region_map, address):
    coordinator, observer = member(Role.COORDINATOR, region_map), member(Role.OBSERVER, region_map)
    reply = signed_in(coordinator).post(
        f"{address}give/", form(region_map, email=observer.email, role="regional_lead")
    )
    assert reply.status_code == 302
    given = Membership.objects.get(user=observer, role="regional_lead")
    assert (given.region, given.given_by) == (region_map.region, coordinator)
    assert Mail.objects.get().to == observer.email
    again = signed_in(coordinator).post(
        f"{address}give/", form(region_map, email=observer.email, role="regional_lead")
    )
    assert again.status_code == 422


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": "аdmin@test.invalid"}, "email"),
        ({"role": "operator"}, "role"),
        ({"role": "observer"}, "region"),
        ({"region": ""}, "region"),
        ({"role": "unit_contact"}, "unit"),
        ({"region": "99999"}, "region"),
    ],
)
def test_what_does_not_fit_is_said_at_the_field(region_map, address, values, field):
    UnitFactory(region_map=region_map)
    client = signed_in(member(Role.COORDINATOR, region_map))
    reply = client.post(f"{address}give/?region={region_map.region.slug}", form(region_map, **values))
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, [field])
    assert "Select a valid choice" not in reply.content.decode()
    assert not RoleInvitation.objects.exists()


def test_the_contact_of_a_unit_is_invited_on_the_page_of_the_region(region_map, address):
    unit = UnitFactory(region_map=region_map)
    client = signed_in(member(Role.REGIONAL_LEAD, region_map))
    sent = form(region_map, role="unit_contact", unit=unit.pk)
    assert client.post(f"{address}give/", sent).status_code == 302
    assert RoleInvitation.objects.get().unit == unit


def test_one_does_not_invite_oneself(region_map, address):
    lead = member(Role.REGIONAL_LEAD, region_map)
    reply = signed_in(lead).post(f"{address}give/", form(region_map, email=lead.email))
    assert (reply.status_code, list(reply.context["form"].errors)) == (422, ["email"])


def test_taking_a_role_away(region_map, address):
    lead, helper = member(Role.REGIONAL_LEAD, region_map), member(Role.CONTRIBUTOR, region_map)
    client, theirs = signed_in(lead), helper.memberships.get()
    own = lead.memberships.get()
    coordinator = member(Role.COORDINATOR, region_map)
    assert client.post(f"{address}roles/{own.pk}/take/").status_code == 302
    assert client.post(f"{address}roles/{coordinator.memberships.get().pk}/take/").status_code == 404
    assert signed_in(coordinator).post(f"{address}roles/{own.pk}/take/").status_code == 302
    assert Membership.objects.filter(pk=own.pk).exists()
    assert client.post(f"{address}roles/{theirs.pk}/take/").status_code == 302
    assert list(RoleChange.objects.values_list("step", "user")) == [("taken", helper.pk)]


def test_a_mail_that_failed_is_sent_again(region_map, address):
    client = signed_in(member(Role.REGIONAL_LEAD, region_map))
    client.post(f"{address}give/", form(region_map))
    Mail.objects.update(state="failed", attempts=6, error="refused")
    page = client.get(f"{address}mails/")
    assert "Send again" in page.content.decode()
    row = Mail.objects.get()
    assert client.post(f"{address}mails/{row.pk}/again/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.attempts) == ("waiting", 0)
    other = RegionMapFactory()
    stranger = signed_in(member(Role.REGIONAL_LEAD, other))
    own = f"/workspace/people/{other.exercise.project.slug}/mails/{row.pk}/again/"
    assert stranger.post(own).status_code == 404


def test_the_number_of_queries_does_not_grow(region_map, address):
    client = signed_in(member(Role.COORDINATOR, region_map))
    counts = []
    for more in (1, 6):
        for number in range(more):
            member(Role.CONTRIBUTOR, region_map)
            sent = form(region_map, email=f"p{more}-{number}@test.invalid")
            client.post(f"{address}give/", sent)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    # Session and person, two for the reach, three for the right and the regions, three lists.
    assert counts[0] <= 9
