"""P14: nobody rewrites history, on PostgreSQL and on SQLite; each change has one revision."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cohes3ion.lib.history import history_may_go
from governance.models import Adoption, AnswerRevision, AssignmentStep, CommentReply, ReviewStep
from governance.services.revisions import keep_revision
from mapping.models import Capability, FieldChange
from tests.factories.assessment import assessment
from tests.factories.mapping import CapabilityFactory

pytestmark = pytest.mark.django_db
KEPT = [
    AnswerRevision,
    Adoption,
    AssignmentStep,
    CommentReply,
    FieldChange,
    ReviewStep,
    *(
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__name__.startswith("Historical")
    ),
]


def triggers() -> set[str]:
    sql = {
        "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        return {row[0] for row in cursor.fetchall()}


def test_p14_every_table_of_the_history_is_guarded():
    """Also after a migration that made one of them again, which drops its triggers on SQLite."""
    assert {model._meta.db_table for model in KEPT} - triggers() == set()


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError as error:
        return "append-only" in str(error)
    return False


@pytest.mark.parametrize("table", ["governance_answerrevision", "mapping_historicalcapability"])
def test_p14_history_can_neither_be_changed_nor_removed(table):
    room = assessment()
    room.fill()
    CapabilityFactory(region_map=room.region_map, unit=room.units[0])
    column = "field" if "revision" in table else "name"
    assert refused(f"UPDATE {table} SET {column} = 'x'")
    assert refused(f"DELETE FROM {table}")
    with history_may_go():  # negative control: with the guard open the same statement goes through
        assert not refused(f"DELETE FROM {table}")
    assert apps.get_model("lib", "HistoryGate").objects.count() == 0


def test_p14_who_is_erased_leaves_the_history_and_nothing_else_changes():
    room = assessment()
    room.fill()
    before = AnswerRevision.objects.filter(by=room.lead).values_list("pk", "values")
    kept = list(before)
    room.lead.delete()
    rows = AnswerRevision.objects.filter(pk__in=[pk for pk, _values in kept])
    assert (list(rows.values_list("pk", "values")), rows.exclude(by=None).count()) == (kept, 0)
    someone = room.contributor.pk
    assert refused(f"UPDATE governance_answerrevision SET by_id = {someone} WHERE by_id IS NULL")


def test_p14_rows_go_with_the_answer_only_through_the_service():
    room = assessment()
    room.fill()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        room.team.delete()
    with history_may_go():
        room.team.delete()
    assert AnswerRevision.objects.count() == 0


def test_p14_each_change_has_exactly_one_revision():
    room = assessment()
    room.answer_all(room.team)
    answer = room.team.answers.first()
    keep_revision(answer, field="level", by=room.lead)
    with pytest.raises(DatabaseError), transaction.atomic():
        keep_revision(answer, field="level", by=room.lead)


def test_p14_a_removed_row_keeps_its_history():
    row = CapabilityFactory()
    pk = row.pk
    row.delete()
    assert [entry.history_type for entry in Capability.history.filter(id=pk)] == ["-", "+"]
