"""One person is one address."""

import pytest
from django.core.exceptions import ValidationError

from cohes3ion.accounts.addresses import one_address


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Anna@Region.EXAMPLE ", "anna@region.example"),
        ("ａｎｎａ@region.example", "anna@region.example"),
        ("Zoe\u0308@region.example", "zoë@region.example"),
        ("мария@пример.example", "мария@пример.example"),
        ("anna.мария@region.example", "anna.мария@region.example"),
    ],
)
def test_one_address_however_it_is_typed(typed, kept):
    assert one_address(typed) == kept


@pytest.mark.parametrize("typed", ["аdmin@region.example", "admin@regiοn.example"])
def test_letters_of_two_alphabets_in_one_part_are_refused(typed):
    with pytest.raises(ValidationError):
        one_address(typed)
