"""The matrix in a real browser: a strength changed in its cell, the code list typed into, no barriers."""

import re

import pytest
from playwright.sync_api import expect

from mapping.models import Capability
from tests.browser.barriers import barriers
from tests.browser.people import crash, sign_in
from tests.factories.matrix import matrix

SAVED = re.compile(r"^Saved \d\d:\d\d$")


@pytest.fixture
def place(transactional_db):
    return matrix()


@pytest.fixture
def lead(page, live_server, place):
    sign_in(page.context, place.lead, at=live_server.url)
    return page


def test_a_strength_changed_in_its_cell_is_there_after_a_reload(lead, place):
    lead.goto(f"/workspace/maps/{place.region_map.pk}/matrix/")
    cell = lead.get_by_label("Strength of Electronics")
    cell.select_option("5")
    expect(lead.locator("[data-save-text]")).to_have_text(SAVED)
    lead.reload()
    expect(cell).to_have_value("5")
    assert Capability.objects.get(pk=place.capability.pk).strength == 5


def test_what_waits_on_the_device_leads_to_its_cell_whatever_page_that_is_on(lead, place):
    context = lead.context
    lead.goto(f"/workspace/maps/{place.region_map.pk}/matrix/")
    context.set_offline(True)
    lead.get_by_label("Strength of Electronics").select_option("5")
    expect(lead.locator("[data-save-text]")).to_contain_text("kept on this device")
    crash(lead)
    context.set_offline(False)
    context.route("**/strength/", lambda route: route.abort())  # what the list sends by itself after a while
    listed = context.new_page()
    listed.goto("/workspace/")
    listed.locator("[data-waiting] a").click()
    assert listed.url.endswith(f"/matrix/?at=capability-{place.capability.pk}")
    expect(listed.get_by_role("button", name="Put it back")).to_be_visible()
    assert Capability.objects.get(pk=place.capability.pk).strength == 3


def test_two_people_in_one_cell_see_both_answers(lead, place):
    lead.goto(f"/workspace/maps/{place.region_map.pk}/matrix/")
    row = Capability.objects.get(pk=place.capability.pk)
    Capability.objects.filter(pk=row.pk).update(
        strength=1, version=2, field_versions={"strength": 2}, edited_by=place.contributor
    )
    lead.get_by_label("Strength of Electronics").select_option("5")
    panel = lead.locator(".conflict")
    expect(panel).to_contain_text("1 · First actors")
    expect(panel).to_contain_text("5 · Among the leading places in Europe")
    panel.get_by_role("button", name="Use this answer").click()
    lead.wait_for_url(f"**/maps/{place.region_map.pk}/matrix/?at=capability-{row.pk}*")
    expect(lead.get_by_label("Strength of Electronics")).to_have_value("5")
    assert Capability.objects.get(pk=row.pk).strength == 5


@pytest.mark.parametrize("guarded", [True, False])
def test_a_name_of_one_long_word_widens_no_cell(lead, place, guarded):
    Capability.objects.filter(pk=place.capability.pk).update(
        name="Mikroelektronik-und-Sensortechnologiezentrumsverbund"
    )
    lead.set_viewport_size({"width": 1200, "height": 900})
    lead.goto(f"/workspace/maps/{place.region_map.pk}/matrix/")
    if not guarded:
        lead.locator(".matrix-items").evaluate_all(
            "lists => lists.forEach((list) => { list.style.gridTemplateColumns = 'auto'; })"
        )
    over = lead.locator(f"#strength-{place.capability.pk}").evaluate(
        "field => field.getBoundingClientRect().right - field.closest('td').getBoundingClientRect().right"
    )
    assert (over < 0) is guarded


def test_a_code_is_found_by_words_and_saved(lead, place):
    lead.goto(f"/workspace/capability/{place.capability.pk}/")
    lead.get_by_role("combobox", name="Economic code").fill("food")
    lead.get_by_role("option", name="C10 Manufacture of food products").click()
    expect(lead.locator("[data-save-text]")).to_have_text(SAVED)
    assert sorted(place.capability.codes.values_list("key", flat=True)) == [
        "ford:2.2",
        "nace:C10",
        "nace:C26.1",
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_the_matrix_has_a_barrier(lead, place, theme):
    lead.emulate_media(color_scheme=theme)
    base = f"/workspace/maps/{place.region_map.pk}/"
    kinds = [f"/workspace/{kind}/{row.pk}/" for kind, row in place.rows().items()]
    others = [f"{base}matrix/", f"{base}capability/add/", f"{base}paste/", "/workspace/codes/?q=food"]
    found = {}
    for address in [*others, *kinds]:
        lead.goto(address)
        lead.evaluate(
            "document.querySelectorAll('details').forEach((item) => (item.open = item.name !== 'top'))"
        )
        found |= {address: faults} if (faults := barriers(lead)) else {}
    assert found == {}


@pytest.fixture
def large(place):
    """More than one page: a hundred capabilities of the city."""
    Capability.objects.bulk_create(
        Capability(
            region_map=place.region_map, unit=place.city, name=f"Field {at}", kind="sectoral", position=at + 5
        )
        for at in range(100)
    )
    return f"/workspace/maps/{place.region_map.pk}/matrix/"


def test_a_strength_on_a_later_page_is_reached_by_keys_and_saved(lead, large):
    lead.goto(large)
    pages = lead.get_by_role("navigation", name="Pages of the matrix", exact=True)
    expect(pages).to_contain_text("Lines 1–40 of 104")
    pages.get_by_role("link", name="Next").focus()
    lead.keyboard.press("Enter")
    expect(pages).to_contain_text("Lines 41–80 of 104")
    expect(lead.locator("#matrix")).to_be_in_viewport()
    cell = lead.get_by_label("Strength of Field 50", exact=True)
    cell.select_option("4")
    expect(lead.locator("[data-save-text]")).to_have_text(SAVED)
    lead.reload()
    expect(cell).to_have_value("4")
    assert Capability.objects.get(name="Field 50").strength == 4


def test_a_row_found_by_its_name_shows_both_answers_of_two_people(lead, large, place):
    lead.goto(large)
    lead.get_by_label("Find in this matrix").fill("field 77")
    lead.keyboard.press("Enter")
    expect(lead.get_by_role("status").filter(has_text="1 entry")).to_be_visible()
    Capability.objects.filter(name="Field 77").update(
        strength_answer="value", strength=1, field_versions={"strength": 2}, edited_by=place.contributor
    )
    lead.get_by_label("Strength of Field 77").select_option("5")
    expect(lead.locator(".conflict")).to_contain_text("1 · First actors")
    lead.locator(".conflict").get_by_role("radio").first.check()
    lead.get_by_role("button", name="Use this answer").click()
    expect(lead.get_by_text("The other answer stands.")).to_be_visible()
    expect(lead.get_by_label("Find in this matrix")).to_have_value("field 77")
    expect(lead.get_by_label("Strength of Field 77")).to_be_in_viewport()


@pytest.mark.parametrize("width", [1280, 390])
def test_no_part_of_a_large_matrix_has_a_barrier(lead, large, width):
    lead.set_viewport_size({"width": width, "height": 900})
    found = {}
    for asked in ("", "?page=2", "?q=field", "?q=nowhere"):
        lead.goto(f"{large}{asked}")
        found |= {asked: faults} if (faults := barriers(lead)) else {}
        assert lead.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert found == {}


def test_without_a_script_a_later_page_is_read_and_saved(chromium, live_server, place, large):
    context = chromium.new_context(java_script_enabled=False)
    sign_in(context, place.lead, at=live_server.url)
    page = context.new_page()
    page.goto(f"{live_server.url}{large}?page=2")
    field = page.locator("li", has=page.get_by_role("link", name="Field 60", exact=True))
    field.get_by_label("Strength of Field 60").select_option("2")
    field.get_by_role("button", name="Save strength Field 60").click()
    expect(page.get_by_label("Strength of Field 60")).to_have_value("2")
    expect(page.get_by_role("navigation", name="Pages of the matrix", exact=True)).to_contain_text("Lines 41")
    context.close()
