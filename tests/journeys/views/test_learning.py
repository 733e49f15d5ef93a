import pytest
from django.urls import reverse

from tests.factories.exchange import EventFactory, JourneyFactory, PracticeFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("rows", [1, 3])
def test_learning_counts_what_is_published(client, django_assert_num_queries, rows):
    PracticeFactory.create_batch(rows)
    EventFactory.create_batch(rows)
    JourneyFactory.create_batch(rows)
    PracticeFactory(state="draft", published_at=None)
    EventFactory(state="draft")
    JourneyFactory(published_at=None)
    with django_assert_num_queries(6):
        page = client.get(reverse("journeys:learning")).context["page"]
    assert (page.practices, page.journeys, page.events, page.plans) == (rows, rows, rows, 0)
