"""The history of an answer: from what to what, compared, brought back; and what changed since a day."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from governance.models import Answer, AnswerRevision, Response
from tests.factories.assessment import Assessment, assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def room() -> Assessment:
    return assessment()


@pytest.fixture
def address(room) -> str:
    return f"/workspace/responses/{room.team.pk}/1.1/"


@pytest.fixture
def lead(client, room, address):
    """The lead, after three versions of the explanation and one of the level."""
    client.force_login(room.lead)
    for version, text in enumerate(["Two calls", "Two open calls", "Three open calls"], start=1):
        client.post(f"{address}save/", {"explanation": text, "version_explanation": str(version)})
    client.post(f"{address}save/", {"level": "3", "version_level": "1"})
    return client


def revision(text: str) -> AnswerRevision:
    return AnswerRevision.objects.filter(values__explanation=text).earliest("pk")


def test_history_says_from_what_to_what(lead, address):
    page = lead.get(f"{address}history/").content.decode()
    assert "<del>Two </del><ins>Three </ins>open calls" in page
    assert "<ins>3 Partly in place</ins>" in page
    assert page.count("Bring this version back") == 4


def test_versions_of_one_minute_are_told_apart_by_who_and_whether_too_late(lead, room, address):
    lead.force_login(room.contributor)
    lead.post(f"{address}save/", {"explanation": "No calls", "version_explanation": "2"})
    page = " ".join(lead.get(f"{address}history/").content.decode().split())
    assert " · You · came too late, kept here </option>" in page
    assert f" · {room.lead.name or room.lead.email} </option>" in page


def test_two_versions_are_compared(lead, address):
    pair = {
        "second": f"{revision('Two calls').pk}-explanation",
        "first": f"{revision('Three open calls').pk}-explanation",
    }
    page = lead.get(f"{address}history/", pair).content.decode()
    assert "<del>Two </del><ins>Three open </ins>calls" in page
    page = lead.get(f"{address}history/", {"first": "1-level", "second": "x"}).content.decode()
    assert "Choose two different versions" in page


def restore(client, address, text, version, **more):
    sent = {"revision": revision(text).pk, "field": "explanation", "version": version, **more}
    return client.post(f"{address}history/restore/", sent)


def test_an_old_version_stands_again_as_a_new_one(lead, address):
    assert restore(lead, address, "Two calls", 4).status_code == 302
    answer = Answer.objects.get()
    assert (answer.explanation, answer.version_of("explanation")) == ("Two calls", 5)
    assert AnswerRevision.objects.filter(field="explanation").count() == 4


def test_an_old_version_never_overwrites_a_newer_one(lead, address):
    assert restore(lead, address, "Two calls", 3).status_code == 409
    assert restore(lead, address, "Two calls", "").status_code == 428
    assert restore(lead, address, "Two calls", 4, field="nothing").status_code == 422
    assert restore(lead, address, "Two calls", 4, field="level").status_code == 404
    assert Answer.objects.get().explanation == "Three open calls"


def test_a_sent_response_keeps_its_version(lead, address):
    Response.objects.update(state="submitted")
    assert restore(lead, address, "Two calls", 4).status_code == 409
    assert "Bring this version back" not in lead.get(f"{address}history/").content.decode()


def test_history_is_for_those_who_read_the_answer(lead, client, room, address):
    for person, read, write in (
        (room.coordinator, 200, 403),
        (room.observer, 404, 404),
        (room.contact, 404, 404),
    ):
        client.force_login(person)
        assert client.get(f"{address}history/").status_code == read
        assert restore(client, address, "Two calls", 4).status_code == write


def test_changes_since_a_day_and_since_it_was_sent(lead, room, address, django_assert_num_queries):
    page = f"/workspace/responses/{room.team.pk}/changes/"
    text = lead.get(page).content.decode()
    assert ("1.1 Core statement" in text, "<ins>Two calls</ins>" in text) == (True, True)
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert "Nothing changed since then" in lead.get(page, {"since": tomorrow.isoformat()}).content.decode()
    Response.objects.filter(pk=room.team.pk).update(submitted_at=revision("Two open calls").at)
    text = lead.get(page).content.decode()
    assert ("<ins>Two calls</ins>" in text, "<ins>Three </ins>" in text) == (False, True)
    assert lead.get(page, {"since": "31.02"}).status_code == 200


def test_versions_of_one_minute_and_one_person_have_names_of_their_own(lead, address):
    page = " ".join(lead.get(f"{address}history/").content.decode().split())
    options = re.findall(r"<option value=\"[^\"]+\"(?: selected)?>(.*?)</option>", page)
    buttons = re.findall(r"Bring this version back<span class=\"vh\">(.*?)</span>", page)
    assert (len(set(options)), len(options)) == (4, 8)
    assert (len(set(buttons)), len(buttons)) == (4, 4)


def test_the_two_newest_versions_of_a_field_are_chosen_beforehand(lead, address):
    page = lead.get(f"{address}history/")
    assert (page.context["first"], page.context["second"]) == (
        f"{revision('Two open calls').pk}-explanation",
        f"{revision('Three open calls').pk}-explanation",
    )
    assert (page.content.decode().count(" selected>"), page.context["compared"]) == (2, None)


def test_a_version_that_was_brought_back_says_so(lead, address):
    restore(lead, address, "Two calls", 4)
    page = " ".join(lead.get(f"{address}history/").content.decode().split())
    assert page.count("brought back from") == 1
    assert "You brought back the explanation of" in " ".join(lead.get(address).content.decode().split())
    sent = {"explanation": "Typed again", "version_explanation": "5"}
    assert lead.post(f"{address}save/", sent).status_code in (200, 302)
    sent = {"explanation": "Two calls", "version_explanation": "6"}
    assert lead.post(f"{address}save/", sent).status_code in (200, 302)
    # The same words typed again are nobody's old version.
    page = lead.get(f"{address}history/")
    assert [change.mark for change in page.context["changes"][:3]] == ["", "", "restored"]
