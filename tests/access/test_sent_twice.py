"""P07 for pages: a double click, or a retry, sends a form twice. Whatever it makes is made once."""

from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils.crypto import get_random_string

from tests.access.bodies import body
from tests.access.test_extra_fields import WRITES

pytestmark = pytest.mark.django_db
# Kept for the retry itself, by the session, and for the index of the search, which counts changes.
OTHER = {"KeptReply", "Session", "SearchChange"}
# Anybody may ask, signed in or not: the row is one, and only the letter to that address goes out again.
LETTERS = {"journeys:newsletter_ask": {"Mail"}, "journeys:event_register": {"Mail"}}
# What makes a second row when the page was opened again: it is wanted then. The negative control below.
ADDING = {
    *("journeys:news_add", "journeys:newsletter_add", "journeys:newsletter_words", "journeys:post_add"),
    *("journeys:post_message", "journeys:practice_add", "journeys:plan_add", "journeys:action_add"),
    *(
        "journeys:part_add",
        "journeys:event_create",
        "journeys:event_point_add",
        "journeys:event_material_add",
    ),
    *("journeys:journey_create", "journeys:visit_add", "journeys:visit_question_add"),
    *("journeys:takeaway_add", "governance:questionnaire_create", "governance:section_add"),
    *("governance:question_add", "governance:thread_start", "governance:record_thread_start"),
    *("governance:thread_reply", "governance:evidence_add", "governance:synthesis_add"),
    "governance:challenge_thread_start",
    *("governance:challenge_add", "mapping:invitation_renew"),
}


def rows() -> Counter[str]:
    """How many rows each table has: one question, as it is asked a thousand times."""
    models = [m for m in apps.get_models() if m.__name__ not in OTHER and m._meta.managed]
    tables = {m._meta.db_table: m.__name__ for m in models}
    counts = " UNION ALL ".join(f"SELECT '{table}', COUNT(*) FROM {table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(counts)
        return Counter({tables[table]: count for table, count in cursor.fetchall()})


def made(world: Any, line: Any, tokens: list[str]) -> tuple[list[int], list[str], list[Counter[str]]]:
    """What each sending of the same form answers, where it leads, and what stands after it."""
    names = world.names()
    role = next(role for role, status in line.expected["post"].items() if status == "302")
    client = world.clients[role]
    cookies, statuses, places, stands = deepcopy(client.cookies), [], [], []
    with transaction.atomic():
        for token in tokens:
            sent = {**(body(line.name, names) or {}), "csrfmiddlewaretoken": token}
            reply = client.post(line.address.format(**names), sent)
            statuses.append(reply.status_code)
            places.append(reply.get("Location", ""))
            stands.append(rows())
        transaction.set_rollback(True)
    client.cookies = cookies
    return statuses, places, stands


def again(world: Any, lines: list[Any], *, same: bool) -> dict[str, Counter[str]]:
    """By address: the rows that a second sending made, with the token of the first or with another one."""
    found = {}
    for line in lines:
        token, other = get_random_string(64), get_random_string(64)
        _statuses, places, (first, second) = made(world, line, [token, token if same else other])
        more = second - first
        for name in LETTERS.get(line.name, ()):
            del more[name]
        if more:
            found[line.name.partition("@")[0]] = more
        assert not same or line.name not in ADDING or places[0] == places[1]
    return found


def test_p07_a_form_sent_twice_makes_its_rows_once(world):
    assert again(world, WRITES, same=True) == {}


def test_p07_negative_control_a_page_opened_again_makes_a_second_row(world):
    adding = [line for line in WRITES if line.name in ADDING]
    assert set(again(world, adding, same=False)) == ADDING
