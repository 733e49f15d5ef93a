"""What the scheduler does for needs and offers."""

import datetime as dt

import pytest
from django.utils import timezone

from cohes3ion.accounts.models import Mail
from cohes3ion.lib.jobs import JobState
from governance.enums import AnalysisKind
from governance.models import Analysis
from journeys.models import Introduction, Match, Post
from journeys.selectors import match_inputs
from journeys.services import match_care
from journeys.services.match_care import ask_for_results, drop_closed, look_after_matches, match_new
from tests.factories.exchange import PostFactory
from tests.factories.mapping import ExerciseFactory, UserFactory

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
    Post.objects.filter(pk=other.pk).update(title="Depuradora", text="Aguas residuales", matched_with="")
    assert match_new() == 1
    assert sorted(pairs()) == [(asked.pk, given.pk), (asked.pk, other.pk)]


def test_a_post_that_changes_while_others_are_compared_waits_for_the_next_time(monkeypatch):
    asked, _given = need(), offer()
    load = match_care.load_postings

    def and_meanwhile(posts):
        found = load(posts=posts)
        Post.objects.filter(pk=asked.pk).update(version=7, matched_with="")
        return found

    monkeypatch.setattr(match_care, "load_postings", and_meanwhile)
    assert match_new() == 2
    assert list(Post.objects.filter(matched_with="").values_list("pk", flat=True)) == [asked.pk]


def test_all_are_compared_again_after_a_change_of_the_method(monkeypatch):
    need(), offer()
    match_new()
    Match.objects.update(score=0.9, method_version="0")
    assert match_new() == 0
    monkeypatch.setattr(match_inputs, "METHOD_VERSION", "next")
    assert match_new() == 2
    assert Match.objects.get().score != 0.9
    assert match_new() == 0


def test_a_newly_published_synergy_run_counts_for_all():
    asked, given = need(), offer()
    match_new()
    assert Match.objects.get().parts["regions"] == 0
    pair = {"source": given.region.slug, "target": asked.region.slug, "complementarity": 0.5}
    Analysis.objects.create(
        exercise=ExerciseFactory(),
        kind=AnalysisKind.SYNERGIES,
        state=JobState.DONE,
        published_at=timezone.now(),
        result={"pairs": [pair]},
    )
    assert match_new() == 2
    assert Match.objects.get().parts["regions"] == 0.04


def test_a_flood_of_the_same_text_fills_no_list(client):
    asked = need(owner=UserFactory())
    for _n in range(15):
        offer()
    match_new()
    # Each offer keeps its best need; of fifteen that say the same none is better.
    assert len(pairs()) == 15
    assert len(set(Match.objects.values_list("score", flat=True))) == 1
    client.force_login(asked.owner)
    reply = client.get(f"/workspace/matchmaking/{asked.pk}/matches/")
    assert len(reply.context["matches"]) == match_care.KEPT


def test_the_number_of_queries_does_not_grow_with_posts(django_assert_max_num_queries):
    for _n in range(5):
        need()
        offer()
    with django_assert_max_num_queries(22):
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
