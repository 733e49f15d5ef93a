"""What stands in which cell of the matrix."""

import pytest

from governance.models import Opportunity
from governance.selectors.matrix import matrix_page
from governance.selectors.matrix_parts import Asked
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


def test_what_was_asked_for_is_read_from_an_address():
    asked = Asked.of({"q": "  food ", "at": "actor-12", "ties": "3", "more": "x"})
    assert (asked.q, asked.place, asked.kept["ties"]) == ("food", ("actor", 12), "3")
    assert [Asked.of({"at": at}).place for at in ("actor", "actor-x", "actor-²")] == [("", 0)] * 3
    assert len(Asked.of({"q": "x" * 900}).q) == 200


def test_a_small_matrix_is_one_part_and_can_be_searched(place):
    page = matrix_page(region_map=place.region_map, user=place.lead, asked=Asked(q="elec"))
    assert [(row.place.unit.name, len(row.sectoral), len(row.horizontal)) for row in page.rows] == [
        ("Warsaw", 1, 0)
    ]
    assert (page.parts.is_large, page.parts.is_searched, page.parts.found) == (False, True, 1)
    assert (page.capabilities, page.units, page.ties, page.priorities) == (2, 3, [], [])


@pytest.mark.parametrize(
    "words, found", [("university", 2), ("member", 1), ("safe", 1), ("city strategy", 1), ("nothing", 0)]
)
def test_ties_priorities_and_strategies_are_found_too(place, words, found):
    page = matrix_page(region_map=place.region_map, user=place.lead, asked=Asked(q=words))
    assert page.parts.found == found
