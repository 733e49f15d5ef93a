"""A row of tabs that is wider than a phone."""

SEEN = """(link) => {
  const at = link.getBoundingClientRect(), row = link.closest(".tabs").getBoundingClientRect();
  return at.left >= row.left && at.right <= row.right;
}"""


def test_the_open_tab_is_in_sight_on_a_phone(page, live_server, transactional_db):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto("/matchmaking/")
    here = page.locator(".tabs [aria-current=page]")
    assert here.evaluate(SEEN) is True
    assert page.evaluate("scrollY") == 0
    # Without the script it would not be: the row is longer than the screen, and this tab one of its last.
    here.evaluate("(link) => { link.closest('.tabs').scrollLeft = 0; }")
    assert here.evaluate(SEEN) is False
