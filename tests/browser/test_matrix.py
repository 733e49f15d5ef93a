"""The matrix in a real browser: a strength changed in its cell, the code list typed into, no barriers."""

import re

import pytest
from playwright.sync_api import expect

from mapping.models import Capability
from tests.browser.barriers import barriers
from tests.browser.people import sign_in
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
    expect(lead.locator("h1")).to_have_text("Electronics")
    assert Capability.objects.get(pk=row.pk).strength == 5


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
