"""Whether rows that the public reads have changed: one read of a few marks, exact and across processes.

A trigger of the database writes a new random mark for its table in the transaction that changes a row. So
no service can forget it, and a mark is visible at the very moment the change is. Marks are random, not
counted: a transaction rolled back or a backup put back never brings a mark to other content.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection, connections

from cohes3ion.lib.models import ChangeMark

PREFIX = "mark_change"
POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {PREFIX}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO lib_changemark (name, mark) VALUES (TG_TABLE_NAME, gen_random_uuid()::text)
  ON CONFLICT (name) DO UPDATE SET mark = excluded.mark;
  RETURN NULL;
END $$"""
POSTGRES_TRIGGER = """
CREATE TRIGGER {name} AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION {prefix}()"""
SQLITE_TRIGGER = """
CREATE TRIGGER {name}_{event} AFTER {event} ON {table} BEGIN
  INSERT INTO lib_changemark (name, mark) VALUES ('{table}', hex(randomblob(16)))
  ON CONFLICT (name) DO UPDATE SET mark = excluded.mark;
END"""
EXISTING = {
    "postgresql": "SELECT tgname FROM pg_trigger",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}


def watched_tables() -> list[str]:
    return [apps.get_model(label)._meta.db_table for label in settings.PUBLIC_ROWS]


def statements(vendor: str, tables: Iterable[str]) -> dict[str, str]:
    """Triggers by name."""
    if vendor == "postgresql":
        names = {table: f"{PREFIX}_{table}" for table in tables}
        return {
            name: POSTGRES_TRIGGER.format(name=name, table=table, prefix=PREFIX)
            for table, name in names.items()
        }
    return {
        f"{PREFIX}_{table}_{event}": SQLITE_TRIGGER.format(name=f"{PREFIX}_{table}", table=table, event=event)
        for table in tables
        for event in ("INSERT", "UPDATE", "DELETE")
    }


def watch_tables(*, using: str, **_signal: Any) -> None:
    """Set the triggers that are missing: SQLite drops those of a table whose columns a migration changes."""
    database = connections[using]
    present = set(database.introspection.table_names())
    tables = [table for table in watched_tables() if table in present]
    if "lib_changemark" not in present:
        return
    with database.cursor() as cursor:
        cursor.execute(EXISTING[database.vendor])
        there = {name for (name,) in cursor.fetchall()}
        missing = {
            name: sql for name, sql in statements(database.vendor, tables).items() if name not in there
        }
        if missing and database.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for sql in missing.values():
            cursor.execute(sql)
    if missing or ChangeMark.objects.using(using).count() < len(tables):
        renew_marks(tables, using=using)


def renew_marks(tables: list[str], *, using: str) -> None:
    """Nobody watched for a while, or nothing was ever marked: what was kept before counts no more."""
    for table in tables:
        ChangeMark.objects.using(using).update_or_create(name=table, defaults={"mark": str(uuid.uuid4())})


def public_mark() -> str | None:
    """One text for the state of all watched rows. None when the database does not say: keep nothing then.

    One query. It is its own probe of a kept connection, which saves the separate one before it.
    """
    if connection.connection is not None and not connection.in_atomic_block:
        connection.health_check_done = True
        try:
            return read_marks()
        except (DatabaseError, InterfaceError):
            connection.close()  # the server went away since; ask again on a new connection
    try:
        return read_marks()
    except (DatabaseError, InterfaceError):
        return None


def read_marks() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT mark FROM lib_changemark ORDER BY name")
        return " ".join(mark for (mark,) in cursor.fetchall()) or None
