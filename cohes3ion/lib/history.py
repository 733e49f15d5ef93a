"""History that nobody can rewrite: triggers refuse UPDATE and DELETE on the tables that keep it.

Two things are allowed. A person who is erased leaves the column that names them (it becomes empty). And rows
may go with what they belong to, for example with the demonstration, while `history_may_go` is open: a row in
a table of its own, seen by this transaction alone, that both databases can ask for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.migrations.operations import RunPython

from cohes3ion.lib.models import HistoryGate

POSTGRESQL = """
CREATE OR REPLACE FUNCTION stm_keep_history() RETURNS trigger AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM lib_historygate) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(NEW) - TG_ARGV[0] = to_jsonb(OLD) - TG_ARGV[0]
           AND to_jsonb(NEW) ->> TG_ARGV[0] IS NULL THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'history is append-only: % on %', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'integrity_constraint_violation';
END;
$$ LANGUAGE plpgsql;
"""


@contextmanager
def history_may_go() -> Iterator[None]:
    """In this block and transaction, rows of the history may go with what they belong to."""
    with transaction.atomic():
        gate = HistoryGate.objects.create()
        yield
        gate.delete()


def guard_history(app: str, *models: tuple[str, str]) -> RunPython:
    """A migration that makes the tables of these models append-only: (model, field that names the person)."""

    def put(apps: Any, editor: Any) -> None:
        if editor.connection.vendor == "postgresql":
            editor.execute(POSTGRESQL, params=None)  # its % are no places for values
        for name, person in models:
            for statement in statements(editor, apps.get_model(app, name), person):
                editor.execute(statement)

    def take_away(apps: Any, editor: Any) -> None:
        for name, _person in models:
            table = apps.get_model(app, name)._meta.db_table
            where = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            for kind in ("keep", "update", "delete"):
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_{kind}{where}")

    return RunPython(put, take_away)


def statements(editor: Any, model: Any, person: str) -> Iterator[str]:
    table, column = model._meta.db_table, model._meta.get_field(person).column
    if editor.connection.vendor == "postgresql":
        yield (
            f"CREATE TRIGGER {table}_keep BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION stm_keep_history('{column}')"
        )
        return
    refuse = f"SELECT RAISE(ABORT, 'history is append-only: {table}')"
    closed = "NOT EXISTS (SELECT 1 FROM lib_historygate)"
    others = [field.column for field in model._meta.local_concrete_fields if field.column != column]
    changed = " OR ".join(f'NEW."{name}" IS NOT OLD."{name}"' for name in others)
    yield (
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} "
        f'WHEN {closed} AND (NEW."{column}" IS NOT NULL OR {changed}) BEGIN {refuse}; END'
    )
    yield f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} WHEN {closed} BEGIN {refuse}; END"
