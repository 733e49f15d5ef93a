"""What is read in one snapshot is of one moment, whatever others write meanwhile (P15)."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction

from cohes3ion.accounts.models import User
from cohes3ion.lib.snapshots import one_snapshot

pytestmark = pytest.mark.django_db(transaction=True)


def write_elsewhere(number: int) -> None:
    try:
        User.objects.create(email=f"writer{number}@test.invalid", name="A writer")
    finally:
        connection.close()


def read_while_others_write(reading) -> tuple[int, int]:
    """How many rows are there before and after eight writers commit; SQLite lets them wait for the reader."""
    with ThreadPoolExecutor(8) as pool:
        with reading():
            before = User.objects.count()
            writers = [pool.submit(write_elsewhere, number) for number in range(8)]
            if connection.vendor == "postgresql":
                assert [writer.result() for writer in writers] == [None] * 8
            after = User.objects.count()
        assert [writer.result() for writer in writers] == [None] * 8
    return before, after


def test_one_moment_while_eight_people_write():
    assert read_while_others_write(one_snapshot) == (0, 0)
    assert User.objects.count() == 8


def test_without_the_snapshot_later_rows_show_up():
    """The control: a plain transaction of PostgreSQL reads what was committed meanwhile."""
    wanted = (0, 8) if connection.vendor == "postgresql" else (0, 0)
    assert read_while_others_write(transaction.atomic) == wanted


def test_inside_a_transaction_it_keeps_that_view():
    with transaction.atomic():
        User.objects.create(email="first@test.invalid", name="First")
        with one_snapshot():
            assert User.objects.count() == 1
