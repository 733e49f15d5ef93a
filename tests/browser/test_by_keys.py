"""P94 and P95: every stop of the Tab key is seen, in order, without a trap; errors lead to their fields."""

from typing import Any

import pytest
from playwright.sync_api import expect

from governance.services.workshops import open_workshop
from tests.browser.people import sign_in
from tests.factories.assessment import assessment

# What has the focus: is it in view, on top, marked, and after the one before?
STOP = """() => {
  const now = document.activeElement, last = window.lastStop;
  if (!now || now === document.body) return null;
  const seen = now.closest("label") ?? now, box = seen.getBoundingClientRect();
  const x = Math.min(Math.max(box.x + Math.min(box.width / 2, 20), 1), innerWidth - 2);
  const middle = document.elementFromPoint(x, box.y + Math.min(box.height / 2, 14));
  const marked = [now, now.closest(".option, .scale label")].some((item) => {
    const { outlineStyle, outlineWidth, boxShadow } = item ? getComputedStyle(item) : {};
    return item && ((outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none");
  });
  window.lastStop = now;
  const before = Node.DOCUMENT_POSITION_PRECEDING;
  return {
    name: now.outerHTML.slice(0, 90),
    hidden: !middle || !(seen.contains(middle) || middle.contains(seen)),
    unmarked: !marked,
    backwards: Boolean(last?.isConnected && last.compareDocumentPosition(now) & before),
  };
}"""
EMPTY = """() => {
  for (const input of document.querySelectorAll("main input[name]:not([type=hidden])")) input.value = "";
}"""
# The words beside the field that has the focus, as a screen reader finds them.
TOLD = """() => {
  const at = document.activeElement, box = at.closest("fieldset[aria-describedby]") ?? at;
  const words = (box.getAttribute("aria-describedby") ?? "").split(" ");
  return {
    wrong: at.getAttribute("aria-invalid"),
    told: words.map((id) => document.getElementById(id)?.innerText ?? "").join(" "),
  };
}"""
MOST = 120


@pytest.fixture
def room(transactional_db):
    room = assessment()
    room.fill()
    return room


def walk_by_tab(page: Any) -> tuple[list[str], int]:
    """Faults of all stops from the top of the page until the keyboard leaves it, and how many there were."""
    found = []
    page.evaluate("window.lastStop = null; document.activeElement?.blur()")
    for count in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            return found, count
        found += [f"{fault}: {stop['name']}" for fault in ("hidden", "unmarked", "backwards") if stop[fault]]
    return [*found, "the keyboard never leaves the page"], MOST


@pytest.mark.parametrize("width", [1280, 390])
def test_p94_every_stop_is_seen_and_in_order(page, live_server, room, width):
    open_workshop(region_map=room.region_map, audience="team", people={"team": 3}, by=room.lead)
    sign_in(page.context, room.lead, at=live_server.url)
    page.set_viewport_size({"width": width, "height": 700})
    answers, region = f"/workspace/responses/{room.team.pk}/", f"/workspace/maps/{room.region_map.pk}/"
    places = [
        f"{answers}1.1/",
        f"{answers}check/",
        f"{region}synthesis/",
        f"{region}workshop/statements/1.1/",
    ]
    found = []
    for address in places:
        page.goto(address)
        faults, stops = walk_by_tab(page)
        found += [f"{address} {fault}" for fault in faults]
        assert stops > 10, address
    assert found == [], "\n".join(found)


def test_p94_negative_control_a_hidden_stop_is_noticed(page, live_server, room):
    sign_in(page.context, room.lead, at=live_server.url)
    page.goto(f"/workspace/maps/{room.region_map.pk}/briefs/")
    assert walk_by_tab(page)[0] == []
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('afterbegin', '<div id=cover></div>');"
        "Object.assign(document.querySelector('#cover').style,"
        " {position: 'fixed', inset: 0, zIndex: 99, background: 'white'})"
    )
    assert any(fault.startswith("hidden") for fault in walk_by_tab(page)[0])


def test_p95_what_is_wrong_leads_to_its_field(page, live_server, room):
    sign_in(page.context, room.lead, at=live_server.url)
    region = f"/workspace/maps/{room.region_map.pk}/"
    forms = {f"{region}briefs/": "Make the brief", f"{region}workshop/": "Begin the workshop"}
    for address, button in forms.items():
        page.goto(address)
        assert (page.locator(".problem").count(), "Error:" in page.title()) == (0, False)  # negative control
        page.evaluate(EMPTY)
        page.get_by_role("button", name=button).click()
        summary = page.locator(".problem")
        expect(summary).to_be_focused()
        expect(summary.get_by_role("heading")).to_have_text("There is a problem")
        assert page.title().startswith("Error:")
        links = summary.get_by_role("link").all()
        assert links
        for link in links:
            words = link.inner_text()
            link.press("Enter")
            field = page.evaluate(TOLD)
            assert field["wrong"] == "true", words
            assert words in field["told"]
