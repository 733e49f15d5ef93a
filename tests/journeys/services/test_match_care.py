"""What the scheduler does for needs and offers."""

import datetime as dt

import pytest
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from journeys.models import Introduction, Match, Post
from journeys.services.match_care import ask_for_results, drop_closed, look_after_matches, match_new
from tests.factories.exchange import PostFactory
from tests.factories.mapping import UserFactory

pytestmark = pytest.mark.django_db


def need(**values):
    return PostFactory(
        **{"title": "Oczyszczanie ścieków", "text": "Dla mleczarni.", "language": "pl"} | values
    )


def offer(**values):
    text = {"title": "Aguas residuales", "text": "Plantas para queserías.", "language": "es"}
    return PostFactory(**text | {"kind": "offer"} | values)


def pairs():
    return [(match.need_id, match.offer_id) for match in Match.objects.all()]


def test_a_need_finds_an_offer_in_another_language_and_another_region():
    asked, given = need(), offer()
    assert match_new() == 2
    assert pairs() == [(asked.pk, given.pk)]
    match = Match.objects.get()
    assert match.score == pytest.approx(sum(match.parts.values()), abs=1e-5)
    assert match_new() == 0


@pytest.mark.parametrize(
    "values",
    [
        {"state": "withdrawn"},
        {"state": "draft"},
        {"valid_until": dt.date(2020, 1, 1)},
        {"organisation_key": "one house"},
        {"title": "?", "text": "!"},
        {"reach": "region"},
        {"language": "fi", "title": "Jätevesi", "text": "Pienille."},
    ],
)
def test_what_is_closed_apart_or_says_nothing_is_never_matched(values):
    need(organisation_key="one house")
    offer(**values)
    match_new()
    assert pairs() == []


@pytest.mark.parametrize("values", [{"state": "withdrawn"}, {"valid_until": dt.date(2020, 1, 1)}])
def test_an_offer_that_goes_takes_its_matches_with_it(values):
    need()
    given = offer()
    match_new()
    Post.objects.filter(pk=given.pk).update(**values)
    assert drop_closed() == 1
    assert pairs() == []


def test_a_changed_post_is_compared_anew():
    asked, given, other = need(), offer(), offer(title="Zapatos", text="De cuero")
    match_new()
    assert pairs() == [(asked.pk, given.pk)]
    Post.objects.filter(pk=other.pk).update(title="Depuradora", text="Aguas residuales", is_unmatched=True)
    assert match_new() == 1
    assert sorted(pairs()) == [(asked.pk, given.pk), (asked.pk, other.pk)]


def test_the_number_of_queries_does_not_grow_with_posts(django_assert_max_num_queries):
    for _n in range(5):
        need()
        offer()
    with django_assert_max_num_queries(24):
        look_after_matches()
    assert len(pairs()) == 25


def test_two_who_met_are_asked_once_what_came_of_it():
    asked, given = need(owner=UserFactory()), offer(owner=UserFactory())
    long_ago = timezone.now() - dt.timedelta(days=61)
    introduction = Introduction.objects.create(
        need=asked, offer=given, need_says="yes", offer_says="yes", agreed_at=long_ago
    )
    assert (ask_for_results(), ask_for_results()) == (2, 0)
    assert sorted(Mail.objects.values_list("to", flat=True)) == sorted([asked.owner.email, given.owner.email])
    # Neither before its time nor after an answer.
    for change in ({"agreed_at": timezone.now()}, {"agreed_at": long_ago, "result": "talking"}):
        Introduction.objects.filter(pk=introduction.pk).update(result_asked_at=None, **change)
        assert ask_for_results() == 0
