"""A page that goes while a save is on its way: nobody is overwritten unseen or in conflict with oneself."""

import pytest
from playwright.sync_api import expect

from governance.models import Answer, AnswerRevision
from tests.browser.people import sign_in
from tests.browser.saving import SAVED, colleague_writes, kept, state

# The guard left out: the version that the save on its way would make, guessed.
GUESS = (
    "savers.forEach((saver) => saver.leave())",
    "savers.filter((saver) => saver.busy)"
    ".forEach((saver) => saver.send(saver.read(), Number(saver.version.value) + 1).catch(() => {}))",
)
NO_GOODBYE = 'addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);'


@pytest.fixture
def lead(page, live_server, room):
    sign_in(page.context, room.lead, at=live_server.url)
    return page


def write_while_saving(page, *, arrives):
    """The answer to the first save never comes; it was stored or not. Somebody writes on meanwhile."""
    held = []

    def hold(route):
        if held:
            return route.continue_()
        held.append(route)
        return route.fetch() if arrives else None

    page.route("**/save/", hold)
    with page.expect_request("**/save/"):
        page.fill("#explanation", "One")
    page.fill("#explanation", "One and two")
    while arrives and not Answer.objects.filter(explanation="One").exists():
        page.wait_for_timeout(50)  # stored, whatever becomes of the page from now on
    return held[0]


def leave(page):
    with page.expect_response("**/save/"):
        page.evaluate("dispatchEvent(new Event('pagehide'))")


def history():
    return [row.values["explanation"] for row in AnswerRevision.objects.order_by("pk")]


@pytest.mark.parametrize("guarded", [True, False])
def test_p23_closing_never_overwrites_what_somebody_wrote_meanwhile(lead, room, address, guarded):
    if not guarded:

        def guess(route):
            reply = route.fetch()
            return route.fulfill(response=reply, body=reply.text().replace(*GUESS))

        lead.route("**/autosave*.js", guess)
    lead.goto(address)
    write_while_saving(lead, arrives=False)
    colleague_writes(room, "Theirs")
    leave(lead)
    assert Answer.objects.get().explanation == ("Theirs" if guarded else "One and two")
    assert history() == (["Theirs", "One", "One and two"] if guarded else ["Theirs", "One and two"])
    refused = AnswerRevision.objects.filter(values__has_key="refused").values_list("by", flat=True)
    assert list(refused) == [room.lead.pk] * (2 if guarded else 0)


@pytest.mark.parametrize("arrives", [True, False])
def test_p24_what_was_typed_last_stands_whether_or_not_the_save_before_arrived(lead, address, arrives):
    lead.goto(address)
    late = write_while_saving(lead, arrives=arrives)
    leave(lead)
    assert Answer.objects.get().explanation == "One and two"
    assert history() == ["One", "One and two"]
    if not arrives:  # it comes after all: too late to change anything
        late.fetch()
        assert Answer.objects.get().explanation == "One and two"


def test_p24_a_tab_that_crashed_while_saving_is_in_no_conflict_with_itself(lead, address):
    context = lead.context
    lead.add_init_script(NO_GOODBYE)
    lead.goto(address)
    write_while_saving(lead, arrives=True)
    lead.close(run_before_unload=False)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#explanation")).to_have_value("One")
    again.get_by_role("button", name="Put it back").click()
    expect(state(again)).to_have_text(SAVED)
    assert (again.locator(".conflict").count(), kept(again), history()) == (0, [], ["One", "One and two"])


@pytest.mark.parametrize("pressed", [True, False])
def test_p10_what_a_crash_left_is_sent_from_the_list_after_what_was_on_its_way(lead, room, address, pressed):
    """At once when somebody says so, and by itself a moment later: the connection is there."""
    context = lead.context
    lead.add_init_script(NO_GOODBYE)
    lead.goto(address)
    write_while_saving(lead, arrives=True)
    lead.close(run_before_unload=False)
    listed = context.new_page()
    listed.goto(f"/workspace/responses/{room.team.pk}/")
    expect(listed.locator("[data-waiting]")).to_be_visible()
    if pressed:
        listed.get_by_role("button", name="Send them now").click()
    expect(listed.locator("[data-waiting]")).to_be_hidden()
    assert (kept(listed), history()) == ([], ["One", "One and two"])
