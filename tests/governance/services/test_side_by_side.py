"""Saving into one form: nobody waits for another answer; sending waits for all, and they for it."""

import threading
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from governance.models import Answer, Response
from governance.services.answer_rows import locked_answer
from governance.services.responses import save_answer, submit_response
from tests.factories.assessment import assessment
from tests.governance.services.test_together import Typed

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def meanwhile(work):
    """`work` in a transaction of another person that is still open."""
    done, end = threading.Event(), threading.Event()

    def run():
        with transaction.atomic():
            work()
            done.set()
            end.wait(20)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert done.wait(20)
    try:
        yield
    finally:
        end.set()
        thread.join(20)


def save(room, person, code):
    change = Typed(field="explanation", values={"explanation": f"{person.pk}"}, version=1)
    scope = Response.objects.fillable_by(person)
    return save_answer(scope=scope, response_id=room.team.pk, key=(code, None), changes=[change], by=person)


def waits(work, *, for_whom):
    """Whether `work` has to wait for what somebody else is doing. SQLite has one writer: there, all wait."""
    if connection.vendor != "postgresql":
        return True
    with meanwhile(for_whom):
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("set local lock_timeout = '200ms'")
                work()
        except OperationalError:
            return True
    return False


@pytest.fixture
def room():
    found = assessment()
    questions = {row.code: row for row in found.core.section.questions.all()}
    for code in ("1.1", "1.2"):
        Answer.objects.get_or_create(response=found.team, question=questions[code], about_unit=None)
    return found


def test_another_answer_is_saved_meanwhile(room):
    waited = waits(lambda: save(room, room.contributor, "1.2"), for_whom=lambda: save(room, room.lead, "1.1"))
    assert waited == (connection.vendor != "postgresql")


def test_the_same_answer_waits(room):
    assert waits(lambda: save(room, room.contributor, "1.1"), for_whom=lambda: save(room, room.lead, "1.1"))


def test_sending_waits_for_those_who_save_and_saving_for_sending(room):
    assert waits(
        lambda: submit_response(response=room.team, by=room.contributor),
        for_whom=lambda: save(room, room.lead, "1.1"),
    )
    assert waits(
        lambda: save(room, room.contributor, "1.2"),
        for_whom=lambda: Response.objects.select_for_update().get(pk=room.team.pk),
    )


def test_negative_control_the_whole_response_locked(room):
    scope, key = Response.objects.fillable_by(room.lead), ("1.1", None)
    assert waits(
        lambda: save(room, room.contributor, "1.2"),
        for_whom=lambda: locked_answer(scope=scope, response_id=room.team.pk, key=key),
    )
