"""A response takes the steps of a review in their order, whoever asks."""

from django.db import migrations

ORDER = "a response goes from draft to sent, then to returned or approved; from there only back"
# From returned it is sent again; an approved one is reopened by returning it.
STEPS = {
    "draft": ("submitted",),
    "submitted": ("returned", "approved"),
    "returned": ("submitted",),
    "approved": ("returned",),
}
TABLE = "governance_response"


def guard(apps, schema_editor):
    """Every other step is refused by the database, whoever asks; `history_may_go` opens the guard."""
    may = " OR ".join(
        f"(OLD.state = '{before}' AND NEW.state = '{after}')" for before, all_after in STEPS.items() for after in all_after
    )
    wrong = f"NEW.state <> OLD.state AND NOT ({may})"
    closed = "NOT EXISTS (SELECT 1 FROM lib_historygate)"
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE FUNCTION {TABLE}_order() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
            f" IF {wrong} AND {closed} THEN RAISE EXCEPTION '{ORDER}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_order BEFORE UPDATE OF state ON {TABLE}"
            f" FOR EACH ROW EXECUTE FUNCTION {TABLE}_order()"
        )
    else:
        schema_editor.execute(
            f"CREATE TRIGGER {TABLE}_order BEFORE UPDATE OF state ON {TABLE} WHEN {wrong} AND {closed}"
            f" BEGIN SELECT RAISE(ABORT, '{ORDER}'); END"
        )


def open_again(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP FUNCTION IF EXISTS {TABLE}_order() CASCADE")
    else:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_order")


class Migration(migrations.Migration):
    replaces = [("governance", "0013_review_remarks")]
    dependencies = [("governance", "0003_published_versions_are_frozen"), ("lib", "0001_tables")]
    operations = [migrations.RunPython(guard, open_again)]
