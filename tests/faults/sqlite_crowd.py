"""Twelve processes, each with sixty transactions that read and then write; prints how they fared.

With the argument "default" the options of the project are left out (the negative control).
"""

import json
import multiprocessing
import sys

from django.conf import settings
from django.db import OperationalError, connection, transaction

PROCESSES, TRANSACTIONS = 12, 60


def crowd(_number: int) -> tuple[int, int]:
    saved = locked = 0
    for _time in range(TRANSACTIONS):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT n FROM crowd")
                before = cursor.fetchone()[0]
                cursor.execute("UPDATE crowd SET n = %s", [before + 1])
            saved += 1
        except OperationalError:
            locked += 1
    return saved, locked


def main() -> None:
    if "default" in sys.argv:
        settings.DATABASES["default"]["OPTIONS"] = {}
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE crowd (n integer)")
        cursor.execute("INSERT INTO crowd VALUES (0)")
        mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
    connection.close()
    with multiprocessing.get_context("fork").Pool(PROCESSES) as pool:
        fared = pool.map(crowd, range(PROCESSES), chunksize=1)
    with connection.cursor() as cursor:
        counted = cursor.execute("SELECT n FROM crowd").fetchone()[0]
    saved, locked = (sum(column) for column in zip(*fared, strict=True))
    print(
        json.dumps({"mode": mode, "synchronous": synchronous, "saved": saved, "locked": locked, "n": counted})
    )


if __name__ == "__main__":
    main()
