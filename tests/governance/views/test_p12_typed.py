"""P12: one error on a page, and everything else that was typed or ticked is there to be sent again."""

from functools import partial

import pytest
from django.test import Client

from governance.forms.controls import control_page
from governance.models import Answer, GroupEntry
from tests.bad_inputs.senders import Typed
from tests.factories.rooms import Room, open_room

pytestmark = pytest.mark.django_db
LONG = "x" * 5001  # one letter more than an explanation may have
# By question: what a form sends, and what is stored.
GIVEN = {
    "1.2": (["yes"], "yes"),
    "1.3": (["", "a", "b"], ["a", "b"]),
    "1.4": (["12,5"], 12.5),
    "1.5": (["2026-03-01"], "2026-03-01"),
    "1.7": (["A name"], "A name"),
    "1.8": (["Two\nlines"], "Two\nlines"),
    "2.3": (["", "town"], ["town"]),
}


@pytest.fixture
def room() -> Room:
    return open_room()


@pytest.fixture
def lead(client, room) -> Client:
    client.force_login(room.lead)
    return client


def typed_in(reply) -> list[str]:
    page = Typed()
    page.feed(reply.content.decode())
    return [*page.values, *(text.removeprefix("\n") for text in page.texts)]


def save(client, room, code, data, name="value"):
    return client.post(f"/workspace/responses/{room.response.pk}/{code}/{name}/", data)


@pytest.mark.parametrize("code", GIVEN)
def test_p12_the_value_stays_when_the_explanation_is_refused(lead, room, code):
    if code == "1.3":
        save(lead, room, "1.2", {"value": "yes", "version_value": "1"})
    sent, stored = GIVEN[code]
    form = {"value": sent, "version_value": "1", "explanation": LONG, "version_explanation": "1"}
    reply = save(lead, room, code, form)
    assert reply.status_code == 422
    assert [text for text in [*sent, LONG] if text and text not in typed_in(reply)] == []
    page = reply.content.decode()
    assert ("<title>Error:" in page, 'href="#explanation"' in page) == (True, True)
    again = save(lead, room, code, {**form, "explanation": "Shorter", "version_value": "2"})
    assert again.status_code == 302
    row = Answer.objects.get(question__code=code)
    assert (row.value, row.explanation) == (stored, "Shorter")


def test_p12_a_scale_keeps_all_four_fields(lead, room):
    form = {"level": "4", "importance": "5", "confidence": "sure", "explanation": LONG}
    form |= {f"version_{name}": "1" for name in form}
    reply = save(lead, room, "1.1", form, name="save")
    assert reply.status_code == 422
    assert [text for text in ("4", "5", "sure", LONG) if text not in typed_in(reply)] == []
    row = Answer.objects.get()
    assert (row.level, row.importance, row.confidence, row.explanation) == (4, 5, "sure", "")


def test_p12_one_wrong_answer_of_an_entry_keeps_nothing_else_back(lead, room):
    lead.post(f"/workspace/responses/{room.response.pk}/2.6/entries/")
    key = GroupEntry.objects.get().key
    names = {f"item.{key}.2.6a": "Cluster of the north", f"item.{key}.2.6b": "twelve"}
    form = names | {f"version_{name}": "1" for name in names}
    reply = save(lead, room, "2.6", form)
    assert reply.status_code == 422
    assert {"Cluster of the north", "twelve"} <= set(typed_in(reply))
    assert Answer.objects.get(question__code="2.6a").value == "Cluster of the north"
    assert not Answer.objects.filter(question__code="2.6b", kind="value").exists()
    again = save(lead, room, "2.6", form | {f"item.{key}.2.6b": "12", f"version_item.{key}.2.6a": "2"})
    assert (again.status_code, Answer.objects.get(question__code="2.6b").value) == (302, 12)


def test_p12_one_wrong_cell_keeps_nothing_else_back(lead, room):
    cells = {"cell.a.a": "60", "cell.a.b": "lots"}
    reply = save(lead, room, "2.5", cells | {f"version_{name}": "1" for name in cells})
    assert reply.status_code == 422
    assert {"60", "lots"} <= set(typed_in(reply))
    assert Answer.objects.get(part="a.a").value == 60


def test_p12_negative_control_a_page_drawn_from_the_database(lead, room, monkeypatch):
    """A page that forgets the form and shows what is stored has lost what was typed."""
    forgetful = partial(control_page, form=None)
    monkeypatch.setattr("governance.views.values.control_page", lambda form, **more: forgetful(**more))
    form = {"value": "101", "version_value": "1"}
    reply = save(lead, room, "1.4", form)
    assert (reply.status_code, "101" in typed_in(reply)) == (422, False)
