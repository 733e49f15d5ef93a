"""One list of a page among others: which part stands there, and the addresses of the others."""

import pytest

from cohes3ion.lib.list_pages import list_pages, page_with


def pages(count, *, number="1", kept=None):
    rows = range(count)
    return list_pages(rows, per_page=10, number=number, key="ties", anchor="ties", kept=kept or {})


def test_a_short_list_is_not_split():
    found = pages(10)
    assert (found.is_split, found.count, list(found.rows)) == (False, 10, list(range(10)))
    assert (found.previous, found.next) == ("", "")


def test_an_empty_list_has_one_empty_part():
    assert (list(pages(0).rows), pages(0).is_split) == ([], False)


def test_addresses_keep_what_else_was_asked_for():
    found = pages(31, number="2", kept={"q": "a&b", "page": "", "ties": "2"})
    assert list(found.rows) == list(range(10, 20))
    assert (found.previous, found.next) == ("?q=a%26b&ties=1#ties", "?q=a%26b&ties=3#ties")


@pytest.mark.parametrize("number, here", [("x", 1), ("", 1), ("-4", 1), ("0", 1), ("999", 10), ("²", 1)])
def test_a_number_that_is_none_leads_to_a_part_that_is_there(number, here):
    assert pages(100, number=number).page.number == here


def test_links_are_the_ends_and_the_neighbours():
    shown = [(link.number, link.is_here) for link in pages(100, number="5").links]
    assert shown == [
        (1, False),
        (None, False),
        (4, False),
        (5, True),
        (6, False),
        (None, False),
        (10, False),
    ]
    assert [link.number for link in pages(25).links] == [1, 2, 3]


@pytest.mark.parametrize("place, number", [(0, 1), (9, 1), (10, 2), (24, 3), (99, 3)])
def test_a_row_stands_on_the_part_with_its_place(place, number):
    assert page_with(range(25), per_page=10, place=place) == number
