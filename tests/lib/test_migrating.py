"""All tables of an app in one step: the same tables as step by step, in any order, and back again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import MigrationWriter

from cohes3ion.lib.migrating import CreateModels


def key():
    return models.BigAutoField(primary_key=True)


def two_tables() -> CreateModels:
    """The first names the second, which is made after it, and the second the first."""
    egg = migrations.CreateModel(
        "Egg",
        [("id", key()), ("hen", models.ForeignKey("farm.Hen", models.CASCADE, related_name="eggs"))],
    )
    first_egg = models.ForeignKey("farm.Egg", models.SET_NULL, null=True, related_name="+")
    hen = migrations.CreateModel(
        "Hen", [("id", key()), ("name", models.CharField(max_length=9)), ("first", first_egg)]
    )
    return CreateModels([egg, hen])


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("farm_")}


@pytest.mark.django_db(transaction=True)
def test_tables_that_name_each_other_are_made_and_taken_away():
    step, before = two_tables(), ProjectState()
    after = before.clone()
    step.state_forwards("farm", after)
    with connection.schema_editor() as editor:
        step.database_forwards("farm", editor, before, after)
    try:
        assert tables() == {"farm_egg", "farm_hen"}
        hens, eggs = (after.apps.get_model("farm", name).objects for name in ("Hen", "Egg"))
        eggs.create(hen=hens.create(name="Ada"))
        assert [egg.hen.name for egg in eggs.all()] == ["Ada"]
        eggs.all().delete()
        hens.all().delete()
    finally:
        with connection.schema_editor() as editor:
            step.database_backwards("farm", editor, after, before)
    assert tables() == set()


def test_models_drawn_before_are_drawn_again():
    """A state whose models were drawn already must know the new ones too."""
    state = ProjectState()
    assert "apps" not in state.__dict__
    assert list(state.apps.get_models()) == []
    two_tables().state_forwards("farm", state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Egg", "Hen"}


def test_the_step_can_be_written_to_a_file_and_read_again():
    migration = type("Migration", (migrations.Migration,), {"operations": [two_tables()]})(
        "0001_tables", "farm"
    )
    read: dict = {}
    exec(MigrationWriter(migration).as_string(), read)
    (step,) = read["Migration"].operations
    assert [model.name for model in step.models] == ["Egg", "Hen"]
    assert step.references_model("Hen", "farm") is True
    assert step.references_model("Cow", "farm") is False
    assert (step.describe(), step.migration_name_fragment) == ("Create 2 models", "tables")
