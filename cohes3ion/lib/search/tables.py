"""What the database itself does for the search: triggers that note changes, and the full-text index.

No service can forget to note a change, and whoever writes past the services is noted too. Set after every
migration, like the marks of public pages (change_marks.py): SQLite drops the triggers of a table whose
columns a migration changes.
"""

import zlib
from dataclasses import dataclass
from typing import Any

from django.db import connections

from cohes3ion.lib.full_text import FTS_TABLE, VECTOR
from cohes3ion.lib.models import SearchChange, SearchEntry
from cohes3ion.lib.search.sources import EVERYTHING, SOURCES, Watched

PREFIX = "search_"
TABLE = SearchEntry._meta.db_table
NOTES = SearchChange._meta.db_table
ADD_VECTOR = f"ALTER TABLE {TABLE} ADD COLUMN {VECTOR} tsvector GENERATED ALWAYS AS (words::tsvector) STORED"
OLD_GIN = f"DROP INDEX IF EXISTS {TABLE}_words"
GIN = f"CREATE INDEX IF NOT EXISTS {TABLE}_vector ON {TABLE} USING gin ({VECTOR})"
FTS = f"""
CREATE VIRTUAL TABLE IF NOT EXISTS {FTS_TABLE}
USING fts5(words, content='{TABLE}', content_rowid='id', tokenize='ascii', prefix='2 3')"""
FTS_IN = f"INSERT INTO {FTS_TABLE} (rowid, words) VALUES (NEW.id, NEW.words);"
FTS_OUT = f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}, rowid, words) VALUES ('delete', OLD.id, OLD.words);"
FTS_ANEW = f"INSERT INTO {FTS_TABLE} ({FTS_TABLE}) VALUES ('rebuild')"
FTS_TRIGGERS = {"INSERT": FTS_IN, "DELETE": FTS_OUT, "UPDATE": FTS_OUT + FTS_IN}
EXISTING = {
    "postgresql": "SELECT tgname FROM pg_trigger",
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
}
POSTGRES = """
CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  {body}
  RETURN NULL;
END $$;
CREATE TRIGGER {name} AFTER {event} ON {table} FOR EACH ROW {when} EXECUTE FUNCTION {name}();"""
SQLITE = "CREATE TRIGGER {name} AFTER {event} ON {table} {when} BEGIN {body} END"


def watched() -> list[tuple[str, Watched]]:
    """Each watched table with the source that its rows belong to."""
    found = [(part.source or source.name, part) for source in SOURCES.values() for part in source.watched]
    return list({(name, part.model, part.key): (name, part) for name, part in found}.values())


@dataclass(frozen=True, kw_only=True)
class Trigger:
    table: str
    sql: str


def triggers(vendor: str) -> dict[str, Trigger]:
    """By name. The name ends in a sum of what the trigger does, so that a changed one is set anew."""
    form = POSTGRES if vendor == "postgresql" else SQLITE
    made = {}
    for source, part in watched():
        table = part.model._meta.db_table
        for event in part.events:
            body, when = _note(vendor, source, part, event)
            name = f"{PREFIX}{source.strip('*')}_{table}"[:46] + f"_{event[0].lower()}"
            name += f"_{zlib.crc32(f'{table}{body}{when}{part.mark}'.encode()):08x}"
            sql = form.format(name=name, event=event, table=table, when=when, body=body)
            made[name] = Trigger(table=table, sql=sql)
    if vendor == "sqlite":
        for event, body in FTS_TRIGGERS.items():
            name = f"{PREFIX}words_{event[0].lower()}"
            sql = form.format(name=name, event=event, table=TABLE, when="", body=body)
            made[name] = Trigger(table=TABLE, sql=sql)
    return made


def _note(vendor: str, source: str, part: Watched, event: str) -> tuple[str, str]:
    """What a trigger does, and when: an update only if a column that is searched has changed."""
    rows = {"INSERT": ["NEW"], "DELETE": ["OLD"], "UPDATE": ["OLD", "NEW"]}[event]
    if part.key == "id":
        rows = rows[-1:]
    body = " ".join(
        f"INSERT INTO {NOTES} (source, source_id) VALUES ('{source}', {row}.{part.key});" for row in rows
    )
    if event != "UPDATE":
        return body, ""
    differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
    columns = part.columns if part.key == "id" else (part.key, *part.columns)
    changed = " OR ".join(f'OLD."{column}" {differs} NEW."{column}"' for column in columns)
    return body, f"WHEN ({changed})"


def set_up_words(cursor: Any, database: Any) -> None:
    """The full-text index; the column that PostgreSQL makes of the words is no part of the model."""
    if database.vendor != "postgresql":
        cursor.execute(FTS)
        return
    columns = database.introspection.get_table_description(cursor, TABLE)
    if VECTOR not in {column.name for column in columns}:
        cursor.execute(ADD_VECTOR)
    cursor.execute(OLD_GIN)
    cursor.execute(GIN)


def set_up(*, using: str, **_signal: Any) -> None:
    """Set what is missing and drop what is outdated; whatever changed meanwhile is read anew then."""
    database = connections[using]
    present = set(database.introspection.table_names())
    if not {TABLE, NOTES} <= present:
        return
    is_postgres = database.vendor == "postgresql"
    wanted = {name: item for name, item in triggers(database.vendor).items() if item.table in present}
    with database.cursor() as cursor:
        set_up_words(cursor, database)
        cursor.execute(EXISTING[database.vendor])
        there = {name for (name,) in cursor.fetchall() if name.startswith(PREFIX)}
        for name in there - wanted.keys():
            cursor.execute(f"DROP FUNCTION {name} CASCADE" if is_postgres else f"DROP TRIGGER {name}")
        missing = wanted.keys() - there
        for name in missing:
            cursor.execute(wanted[name].sql)
        if missing and not is_postgres:
            cursor.execute(FTS_ANEW)
    if missing:
        SearchChange.objects.using(using).create(source=EVERYTHING, source_id=0)
    else:
        note_what_no_table_holds(using=using)


def note_what_no_table_holds(*, using: str) -> None:
    """It may have come with new code, and no trigger would say so."""
    SearchChange.objects.using(using).bulk_create(
        SearchChange(source=source.name, source_id=0) for source in SOURCES.values() if not source.watched
    )
