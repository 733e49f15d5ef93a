"""P29: two people, one of them on a line that breaks, fill in the whole map of Mazovia by keys alone."""

import re
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from tests.faults.site import Site

pytestmark = pytest.mark.long
SAVED = re.compile(r"^Saved \d\d:\d\d$")
FIELDS = {"level", "importance", "explanation", "strength", "role", "text"}
LETTERS = "é ő ş ł ή й"
BREAKS = 2  # the line of the second person is away at every second statement
PEOPLE = ("regional-lead", "contributor")
Entry = tuple[str, str, str]


class Writer:
    """A person at the keyboard, and a book of everything this browser was told is saved."""

    def __init__(self, context: Any) -> None:
        self.context = context
        self.page = context.new_page()
        self.seen: list[Entry] = []
        self.page.on("response", self._note)

    def _note(self, reply: Any) -> None:
        request = reply.request
        if request.method != "POST" or reply.status != 200 or "hx-request" not in request.headers:
            return
        sent = parse_qs(request.post_data or "", keep_blank_values=True)
        place = urlsplit(reply.url).path
        self.seen += [(place, name, sent[name][0]) for name in FIELDS & set(sent)]

    def tab_to(self, selector: str) -> None:
        for _stop in range(600):
            if self.page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {selector} by keys")

    def choose(self, selector: str) -> None:
        """The next choice."""
        self.tab_to(selector)
        self.page.keyboard.press("ArrowDown")

    def write(self, selector: str, text: str) -> None:
        self.tab_to(selector)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def go_on(self) -> None:
        """Save and continue, to the next page."""
        self.tab_to("button[name=continue]")
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")

    def wait_until_told(self, place: str, *names: str) -> None:
        """Until this browser was told that all of these are saved, and says so."""
        until = time.monotonic() + 60
        while not set(names) <= {name for at, name, _text in self.seen if at == place}:
            assert time.monotonic() < until, f"{place} {names}: {self.seen[-3:]}"
            self.page.wait_for_timeout(20)
        expect(self.page.locator("[data-save-text]")).to_have_text(SAVED, timeout=60_000)

    def is_away(self, away: bool) -> None:
        self.context.set_offline(away)


@pytest.fixture
def team(site, chromium) -> Iterator[tuple[Site, dict, Writer, Writer]]:
    site.start_web()
    room = site.clerk("open_for_answers", region="mazovia", people=list(PEOPLE))
    room |= site.clerk("open_map", response=room["response"])
    at = f"http://127.0.0.1:{site.port}"
    writers = []
    for who in PEOPLE:
        context = chromium.new_context(base_url=at, locale="en-GB")
        context.add_cookies([{"name": "sessionid", "value": site.known["sessions"][who], "url": at}])
        writers.append(Writer(context))
    yield site, room, *writers
    for writer in writers:
        writer.context.close()


def answer(near: Writer, far: Writer, place: str, *, number: int) -> None:
    """One statement: both on its page, one with the scales, the other with the words."""
    away = number % BREAKS == 0
    save = f"{place}save/"
    far.is_away(away)
    far.write("#explanation", f"{LETTERS} {number}")
    near.choose("[name=level]")
    near.choose("[name=importance]")
    near.wait_until_told(save, "level", "importance")
    if away:
        far.tab_to("[name=confidence]")  # leaving the field tries to save at once
        expect(far.page.locator("[data-save-text]")).to_have_text(re.compile("^Not connected"))
        far.is_away(False)
    far.wait_until_told(save, "explanation")


def test_everything_either_saw_as_saved_is_in_the_history(team):
    site, room, near, far = team
    begun = time.monotonic()
    for writer in (near, far):
        writer.page.goto(room["statements"][0])
    for number, place in enumerate(room["statements"]):
        for writer in (near, far):
            expect(writer.page).to_have_url(re.compile(f"{re.escape(place)}$"))
        answer(near, far, place, number=number)
        for writer in (near, far):
            writer.go_on()
    for writer in (near, far):
        expect(writer.page).to_have_url(re.compile("/check/$"))

    # A row of the matrix, two fields of it at once; then a strength and an area of the synthesis.
    row = f"/workspace/capability/{room['capability']}/"
    for writer in (near, far):
        writer.page.goto(f"/workspace/maps/{room['map']}/matrix/")
    far.is_away(True)
    far.choose(f"#role-{room['capability']}")
    near.choose(f"#strength-{room['capability']}")
    near.wait_until_told(f"{row}strength/", "strength")
    far.is_away(False)
    far.wait_until_told(f"{row}role/", "role")

    base = f"/workspace/maps/{room['map']}/synthesis/"
    for writer in (near, far):
        writer.page.goto(base)
    for writer, kind in ((near, "strength"), (far, "area")):
        item = f"{base}{kind}/{room[kind]}/"
        writer.write(f"form[action='{item}'] [name=text]", f"{LETTERS} {kind}")
        writer.page.keyboard.press("Tab")
        writer.wait_until_told(item, "text")

    kept = {tuple(entry) for entry in site.clerk("versions_of_map", response=room["response"])}
    missing = [entry for entry in near.seen + far.seen if entry not in kept]
    took = time.monotonic() - begun
    print(
        f"{len(room['statements'])} statements, a row and two conclusions by keys in {took:.0f} s: "
        f"{len(near.seen)} + {len(far.seen)} seen as saved, {len(missing)} missing of {len(kept)} kept"
    )
    assert missing == []
    answered = {place for place, _name, _text in far.seen}
    assert {f"{place}save/" for place in room["statements"]} <= answered
    assert {name for _place, name, _text in near.seen + far.seen} == FIELDS
    # Negative control: what nobody was told is not among the kept versions either.
    assert (f"{room['statements'][0]}save/", "explanation", "never written") not in kept
