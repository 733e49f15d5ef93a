"""A personal link, and the page where links are made, in every state of map, round and consultation."""

import datetime as dt
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from governance.models import PersonalLink
from mapping.models import Exercise, RegionMap
from tests.governance.links import consulted_map, invited, save, started
from tests.governance.views.test_stakeholders import form, lead_of

pytestmark = pytest.mark.django_db
COMMENTS = "Comments are taken now."
COMMENT_LINK = "Comment on single parts of the draft map"
CLOSED = "The round is closed. Answers can no longer be sent"
WAIT = "You can start when the round is opened."
DRAFT = "You can start when the consultation begins."
FIRST = "The round was closed before the consultation began"
OVER = "The consultation is over. Answers can no longer be sent"
SENTENCES = (CLOSED, "Answers were taken until", WAIT, DRAFT, FIRST, OVER)


def words(reply) -> str:
    return " ".join(unescape(reply.content.decode()).split())


def long_ago() -> dt.datetime:
    return timezone.now() - dt.timedelta(days=3)


@pytest.mark.parametrize(
    "map_state, round_state, passed, said",
    [
        ("consultation", "open", True, "Answers were taken until {when}. They can no longer be sent"),
        ("consultation", "closed", False, CLOSED),
        ("consultation", "draft", False, WAIT),
        ("draft", "open", False, DRAFT),
        ("draft", "draft", False, DRAFT),
        ("draft", "open", True, FIRST),
        ("draft", "closed", False, FIRST),
        ("adopted", "open", False, OVER),
        ("adopted", "open", True, OVER),
        ("published", "closed", True, OVER),
    ],
)
def test_a_link_says_one_thing(map_state, round_state, passed, said):
    region_map = consulted_map()
    _link, address = invited(region_map)
    adopted = {"adopted_on": timezone.localdate(), "adopted_by": "The council"}
    adopted |= {"released_at": long_ago(), "published_at": long_ago()} if map_state == "published" else {}
    RegionMap.objects.update(state=map_state, **(adopted if said == OVER else {}))
    if said == OVER:  # the step to adoption ends the consultation
        region_map.consultations.update(closed_at=timezone.now())
    Exercise.objects.update(state=round_state, closes_at=long_ago() if passed else None)
    page = words(Client().get(address))
    assert said.format(when=Exercise.objects.get().closing_time) in page
    assert [sentence for sentence in SENTENCES if sentence in page] == [
        next(sentence for sentence in SENTENCES if said.startswith(sentence))
    ]
    assert COMMENTS not in page
    assert "Start</button>" not in page


def test_negative_control_an_open_round_takes_answers_and_comments():
    _link, address = invited(consulted_map())
    page = words(Client().get(address))
    assert (COMMENTS in page, "Start</button>" in page) == (True, True)
    assert not any(sentence in page for sentence in SENTENCES)


def test_whoever_began_is_told_that_comments_are_still_taken():
    _link, address = invited(consulted_map())
    client = started(address)
    Exercise.objects.update(closes_at=long_ago())
    page = words(client.get(address))
    assert "They can no longer be sent; thank you for your interest. You can still comment on" in page
    assert (COMMENTS in page, COMMENT_LINK in page) == (True, True)
    PersonalLink.objects.get().region_map.consultations.update(closed_at=timezone.now())
    page = words(client.get(address))
    assert ("You can still comment on" in page, COMMENTS in page) == (False, False)


def test_what_comes_too_late_is_refused_for_the_true_reason():
    _link, address = invited(consulted_map())
    client = started(address)
    Exercise.objects.update(closes_at=long_ago())
    reply = save(client, address, script=False, comment="An hour of work", version_comment="0")
    page = words(reply)
    assert (reply.status_code, "An hour of work" in page) == (409, True)
    assert f"Answers were taken until {Exercise.objects.get().closing_time}." in page
    assert "has not begun" not in page


@pytest.mark.parametrize(
    "round_state, passed, said",
    [
        ("open", False, ""),
        ("open", True, "Answers were taken until {when}: who opens a link now cannot answer."),
        ("closed", False, "The round is closed: who opens a link now cannot answer."),
        ("draft", False, "The round is not open yet: who opens a link can start only when"),
    ],
)
def test_where_links_are_made_the_round_is_told(round_state, passed, said):
    region_map = consulted_map()
    Exercise.objects.update(state=round_state, closes_at=long_ago() if passed else None)
    client = lead_of(region_map)
    address = f"/workspace/maps/{region_map.pk}/stakeholders/"
    for reply in (client.get(address), client.post(f"{address}invite/", form())):
        page = words(reply)
        assert said.format(when=Exercise.objects.get().closing_time) in page
        assert page.count("opens a link") == bool(said)
    assert PersonalLink.objects.count() == 1
