"""P29 and P94: two browsers, one on a line that breaks, fill in a part of the Mazovia map by keys alone."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Error, expect

from tests.faults.bad_line import BadLine
from tests.faults.site import Site

SAVED = re.compile(r"^Saved \d\d:\d\d$")
STATEMENTS = 3
LETTERS = "é ő ş ł ή й"
PERSON = {"regional-lead": "level", "contributor": "explanation"}


class Writer:
    """A person at a browser, and a book of everything this browser was told is saved."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.seen: list[tuple[str, str, str]] = []
        self.cut: list[str] = []
        page.on("response", self._note)
        page.on("requestfailed", lambda request: self.cut.append(request.url))

    def _note(self, reply: Any) -> None:
        if reply.request.method == "POST" and reply.url.endswith("/save/") and reply.status == 200:
            sent = {name: texts[0] for name, texts in parse_qs(reply.request.post_data or "").items()}
            code = reply.url.split("/")[-3]
            self.seen += [
                (code, field, sent[field])
                for field in ("level", "importance", "explanation")
                if field in sent
            ]

    def open(self, address: str) -> None:
        """As somebody loads a page again that came without a part of it."""
        for _try in range(12):
            self.cut.clear()
            try:
                self.page.goto(address)
                self.page.wait_for_function(
                    "document.querySelector('[data-save-text]')?.textContent !== undefined"
                )
            except Error:  # the line broke while the page came
                continue
            if not any("/static/js/" in url for url in self.cut):
                return
        raise AssertionError("the page never came")

    def tab_to(self, selector: str) -> None:
        """The Tab key until the control has the focus: no mouse, and no trap on the way."""
        for _stop in range(60):
            if self.page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no way to {selector} by keys")

    def choose(self, field: str, steps: int) -> None:
        self.tab_to(f"[name={field}]")
        self.page.keyboard.press("Space")
        for _step in range(steps):
            self.page.keyboard.press("ArrowDown")

    def compose(self, text: str) -> None:
        """Letters that are put together, as an input method sends them: first a part, then the letter."""
        self.tab_to("#explanation")
        self.page.keyboard.press("Control+A")
        keys = self.page.context.new_cdp_session(self.page)
        for letter in text:
            keys.send("Input.imeSetComposition", {"text": letter, "selectionStart": 1, "selectionEnd": 1})
            keys.send("Input.insertText", {"text": letter})

    def wait_until_saved(self) -> None:
        expect(self.page.locator("[data-save-text]")).to_have_text(SAVED, timeout=60_000)


@pytest.fixture(scope="module")
def serving(site) -> Site:
    site.start_web()
    return site


@pytest.fixture
def team(serving, chromium) -> Iterator[tuple[dict, list[Writer], BadLine]]:
    """Two colleagues of Mazovia: one beside the server, one far away."""
    site = serving
    room = site.clerk("open_for_answers", region="mazovia", people=list(PERSON))
    line = BadLine(site.port)
    writers = []
    for who, port in zip(PERSON, (site.port, line.port), strict=True):
        at = f"http://127.0.0.1:{port}"
        context = chromium.new_context(base_url=at, locale="en-GB")
        context.add_cookies([{"name": "sessionid", "value": site.known["sessions"][who], "url": at}])
        writers.append(Writer(context.new_page()))
    yield room, writers, line
    for writer in writers:
        writer.page.context.close()
    line.close()


def test_p29_everything_either_saw_as_saved_is_there(serving, team):
    room, (near, far), line = team
    for place, code in enumerate(room["codes"][:STATEMENTS], start=1):
        address = f"/workspace/responses/{room['response']}/{code}/"
        text = f"{LETTERS} {code}"
        for writer in (near, far):
            writer.open(address)
        near.choose("level", place % 5)
        far.compose(text)
        near.choose("importance", (place + 1) % 5)
        for writer in (near, far):
            writer.wait_until_saved()
        near.open(address)
        expect(near.page.locator("#explanation")).to_have_value(text)
        expect(far.page.locator("#explanation")).to_have_value(text)
    kept = {tuple(row) for row in serving.clerk("every_version", response=room["response"])}
    missing = [entry for entry in near.seen + far.seen if entry not in kept]
    seen = f"{len(near.seen)} + {len(far.seen)} seen as saved"
    print(f"P29 {seen}, {line.cut} answers cut, {len(missing)} missing")
    assert missing == []
    assert {field for _code, field, _text in near.seen} == {"level", "importance"}
    assert {code for code, _field, _text in far.seen} == set(room["codes"][:STATEMENTS])
    assert line.cut > 0


def test_p29_negative_control_no_answer_comes_back(team):
    """With every answer cut the text arrives, and yet nobody is told that it is saved."""
    room, (_near, far), line = team
    far.open(f"/workspace/responses/{room['response']}/{room['codes'][-1]}/")
    line.cuts = 1.0
    far.compose("Never confirmed")
    state = far.page.locator("[data-save-text]")
    expect(state).to_have_text("Not connected. Your text is kept on this device.", timeout=60_000)
    assert far.seen == []
