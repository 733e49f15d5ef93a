"""A published version refuses UPDATE and DELETE in the database itself, whoever asks.

PostgreSQL guards both; a TRUNCATE by the owner (tests) passes. SQLite guards UPDATE: its tests empty tables by
DELETE, and the application deletes no published row (answers protect them).
"""

from django.db import migrations

FROZEN = "a published questionnaire never changes"
OWN = "OLD.state = 'published'"
SECTION = (
    "EXISTS (SELECT 1 FROM governance_questionnaireversion v"
    " WHERE v.id = OLD.version_id AND v.state = 'published')"
)
QUESTION = (
    "EXISTS (SELECT 1 FROM governance_section s JOIN governance_questionnaireversion v ON v.id = s.version_id"
    " WHERE s.id = OLD.section_id AND v.state = 'published')"
)
# What a version says. Who made it may still be forgotten, and its exercises stand in another table.
TABLES = {
    "governance_questionnaireversion": (
        OWN,
        ("questionnaire_id", "number", "state", "published_at", "note", "language", "translations"),
    ),
    "governance_section": (
        SECTION,
        ("version_id", "code", "title", "description", "minutes", "position", "translations"),
    ),
    "governance_question": (
        QUESTION,
        (
            "section_id", "parent_id", "code", "type", "short", "text", "question", "plain", "help",
            "evidence_examples", "rubric", "settings", "required", "condition", "messages", "scope",
            "is_core", "position", "translations",
        ),
    ),
}  # fmt: skip


def guard(apps, schema_editor):
    quote = schema_editor.quote_name
    for table, (condition, columns) in TABLES.items():
        named = ", ".join(quote(column) for column in columns)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"CREATE FUNCTION frozen_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                f" IF {condition} THEN RAISE EXCEPTION '{FROZEN}'"
                " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
                " IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER frozen BEFORE UPDATE OF {named} OR DELETE ON {table}"
                f" FOR EACH ROW EXECUTE FUNCTION frozen_{table}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER frozen_{table} BEFORE UPDATE OF {named} ON {table} WHEN {condition}"
                f" BEGIN SELECT RAISE(ABORT, '{FROZEN}'); END"
            )


def open_again(apps, schema_editor):
    for table in TABLES:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER frozen ON {table}")
            schema_editor.execute(f"DROP FUNCTION frozen_{table}()")
        else:
            schema_editor.execute(f"DROP TRIGGER frozen_{table}")


class Migration(migrations.Migration):
    replaces = [("governance", "0004_published_versions_are_frozen")]
    dependencies = [("governance", "0002_guards")]
    operations = [migrations.RunPython(guard, open_again)]
