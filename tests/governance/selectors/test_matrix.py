"""What stands in which cell of the matrix."""

import pytest

from governance.models import Opportunity
from governance.selectors.matrix import matrix_page
from tests.factories.matrix import matrix

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return matrix()


def rows(place, user):
    page = matrix_page(region_map=place.region_map, user=user)
    return {row.place.unit.name if row.place else "": row for row in page.rows}


def names(items):
    return [str(item) for item in items]


def test_each_row_stands_in_its_cells(place):
    city = rows(place, place.lead)["Warsaw"]
    assert city.place.depth == 1
    assert [item.row.name for item in city.horizontal] == ["Advice"]
    assert [item.row.name for item in city.sectoral] == ["Electronics"]
    assert (names(city.actors), names(city.spaces), names(city.opportunities)) == (
        ["University"],
        ["Council"],
        [],
    )
    assert names(rows(place, place.lead)["Płock"].opportunities) == ["Share a laboratory"]


def test_a_cell_says_strength_role_and_codes(place):
    item = rows(place, place.lead)["Warsaw"].sectoral[0]
    assert (item.strength, item.role, item.codes) == ("3", "production", ["C26.1"])
    assert rows(place, place.lead)["Warsaw"].horizontal[0].strength == ""


def test_what_names_no_unit_stands_in_a_last_row(place):
    Opportunity.objects.create(region_map=place.region_map, topic="Anywhere")
    last = rows(place, place.lead)[""]
    assert (names(last.opportunities), names(last.actors), last.may_edit) == (["Anywhere"], ["Agency"], False)


def test_a_contact_writes_in_the_own_row_only(place):
    found = rows(place, place.contact)
    assert [found[name].may_edit for name in ("Mazovia", "Warsaw", "Płock")] == [False, True, False]


def test_priorities_count_what_is_linked_and_strengths_what_is_answered(place):
    page = matrix_page(region_map=place.region_map, user=place.lead)
    assert [(line.row.name, line.codes, line.linked) for line in page.priorities] == [
        ("Safe food", ["C10"], 1)
    ]
    assert (page.units, page.capabilities, page.answered) == (3, 2, 1)
