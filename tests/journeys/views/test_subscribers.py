"""Who asked for the newsletter: coordinators of the partnership see counts and addresses, and remove one."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from journeys.models import Delivery, Subscriber
from journeys.services import subscriptions
from mapping.enums import Role
from tests.factories.exchange import NewsletterFactory, SubscriberFactory
from tests.factories.mapping import RegionMapFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def region_map():
    return RegionMapFactory()


@pytest.fixture
def project(region_map):
    return region_map.exercise.project


def signed_in(role, region_map):
    client = Client()
    client.force_login(member(role, region_map))
    return client


@pytest.fixture
def coordinator(region_map):
    return signed_in(Role.COORDINATOR, region_map)


@pytest.fixture
def address(project):
    return f"/workspace/projects/{project.slug}/subscribers/"


def emails(reply):
    return [row.email for row in reply.context["page"]]


def test_states_and_languages_are_counted_and_narrowed(coordinator, project, address):
    now = timezone.now()
    SubscriberFactory.create_batch(2, project=project, confirmed_at=now, language="pl")
    SubscriberFactory(project=project, confirmed_at=now, language="en", email="one@region.test")
    SubscriberFactory(project=project, state="asked", email="two@region.test")
    SubscriberFactory(project=project, state="stopped", email="three@else.test")
    SubscriberFactory(email="foreign@region.test")  # of another partnership
    reply = coordinator.get(address)
    assert [(state, n) for state, _words, n in reply.context["found"].states] == [
        ("asked", 1),
        ("confirmed", 3),
        ("stopped", 1),
    ]
    assert reply.context["found"].languages == [("English", 1), ("Polski", 2)]
    assert len(emails(reply)) == 5
    assert emails(coordinator.get(f"{address}?state=asked")) == ["two@region.test"]
    assert sorted(emails(coordinator.get(f"{address}?q=REGION.test"))) == [
        "one@region.test",
        "two@region.test",
    ]
    assert emails(coordinator.get(f"{address}?state=stopped&q=region")) == []
    assert len(emails(coordinator.get(f"{address}?state=other&page=99"))) == 5
    assert coordinator.get(f"{address}?q=%00'%22%25_&page=x").status_code == 200


def test_nobody_else_sees_an_address(region_map, project, address):
    row = SubscriberFactory(project=project)
    stranger = signed_in(Role.COORDINATOR, RegionMapFactory())
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"/workspace/subscribers/{row.pk}/remove/").status_code == 404
    for role in set(Role) - {Role.COORDINATOR}:
        client = signed_in(role, region_map)
        assert client.get(address).status_code == 403
        assert client.post(f"/workspace/subscribers/{row.pk}/remove/").status_code == 404
    assert Subscriber.objects.filter(pk=row.pk).exists()
    assert row.email not in Client().get("/api/v1/newsletters/").content.decode()


def test_an_address_is_removed_with_every_mail_to_it(coordinator, project, address):
    subscriptions.ask(project=project, email="reader@test.invalid", language="en")
    row, other = Subscriber.objects.get(), SubscriberFactory(project=project)
    letter = NewsletterFactory(project=project, sent_at=timezone.now())
    Delivery.objects.create(newsletter=letter, subscriber=row, mail=Mail.objects.get())
    reply = coordinator.post(f"/workspace/subscribers/{row.pk}/remove/?state=asked&page=1")
    assert (reply.status_code, reply["Location"]) == (302, f"{address}?state=asked&page=1")
    assert (list(Subscriber.objects.all()), Mail.objects.count(), Delivery.objects.count()) == ([other], 0, 0)
    assert coordinator.post(f"/workspace/subscribers/{row.pk}/remove/").status_code == 404


def test_nobody_has_subscribed(coordinator, address):
    assert "Nobody has subscribed yet" in coordinator.get(address).content.decode()


@pytest.mark.parametrize("rows", [1, 10_000])
def test_pages_in_a_number_of_queries_that_stays(
    coordinator, project, address, rows, django_assert_num_queries
):
    now = timezone.now()
    Subscriber.objects.bulk_create(
        Subscriber(
            project=project,
            email=f"p{n}@test.invalid",
            state="confirmed",
            confirmed_at=now,
            asked_at=now - dt.timedelta(seconds=n),
            consent_text="Yes",
        )
        for n in range(rows)
    )
    with django_assert_num_queries(8):  # session, user; partnership, role; two counts, number, rows
        reply = coordinator.get(f"{address}?page=200")
    page = reply.context["page"]
    assert (len(page), page.paginator.num_pages) == ((1, 1) if rows == 1 else (50, 200))
