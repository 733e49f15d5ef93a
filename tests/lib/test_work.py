"""Whatever happens to a piece of work, its row says so, and in words for the person who waits."""

import gc
import time
from contextlib import suppress

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.db import OperationalError

from cohes3ion.lib.jobs import MAX_ATTEMPTS
from cohes3ion.lib.work import at_work, keep_file, without_collector
from governance.models import Analysis
from journeys.models import Export
from tests.factories.mapping import ExerciseFactory
from tests.lib.test_jobs import waiting

pytestmark = pytest.mark.django_db


def worked(error: BaseException, *, attempts: int = 0) -> Analysis:
    row = waiting()
    Analysis.objects.filter(pk=row.pk).update(attempts=attempts)
    claimed = Analysis.claim(row.pk)
    with suppress(BaseException), at_work(claimed):
        raise error
    return Analysis.objects.get(pk=row.pk)


@pytest.mark.parametrize(
    "error, code, words",
    [
        (SoftTimeLimitExceeded(), "TIME", "This took longer than 4 minutes"),
        (MemoryError(), "MEMORY", "more memory than there is"),
        (ValueError("a secret of the code"), "ERROR", "This did not work"),
    ],
)
def test_failed_work_says_why_in_words(error, code, words):
    row = worked(error)
    assert (row.state, row.error_code) == ("failed", code)
    assert words in row.reason
    assert "secret" not in row.reason
    assert len(row.support_id) == 8


def test_work_without_a_database_stays_for_the_sweeper():
    assert worked(OperationalError("server closed the connection")).state == "running"


def test_work_of_a_process_told_to_end_is_given_back():
    row = worked(SystemExit(1))
    assert (row.state, row.lease_until) == ("pending", None)


def test_work_given_back_three_times_has_failed():
    row = worked(SystemExit(1), attempts=MAX_ATTEMPTS - 1)
    assert (row.state, row.error_code) == ("failed", "ATTEMPTS")


@pytest.mark.django_db(transaction=True)
def test_heartbeat_moves_the_lease(settings):
    settings.JOB_HEARTBEAT_SECONDS = 0.05
    row = waiting()
    claimed = Analysis.claim(row.pk)
    with at_work(claimed):
        time.sleep(0.5)
    assert Analysis.objects.get(pk=row.pk).lease_until > claimed.lease_until


def test_failed_job_is_started_anew_with_all_attempts():
    row = worked(ValueError("no"))
    assert Analysis.retry(row.pk) is True
    again = Analysis.objects.get(pk=row.pk)
    assert (again.state, again.attempts, again.support_id) == ("pending", 0, "")
    assert Analysis.retry(row.pk) is False


def test_a_file_is_kept_by_the_worker_who_ends_the_work_only(media_root):
    row = Export.objects.create(exercise=ExerciseFactory(), format="xlsx", content={}, fingerprint="c" * 64)
    late = Export.claim(row.pk)
    Export.objects.filter(pk=row.pk).update(state="pending")
    again = Export.claim(row.pk)
    assert keep_file(again, "a.xlsx", b"four") is True
    assert keep_file(late, "a.xlsx", b"late") is False
    row.refresh_from_db()
    assert (row.file.read(), row.size) == (b"four", 4)
    assert [path for path in media_root.rglob("*.xlsx") if path.read_bytes() == b"late"] == []


def test_the_search_for_cycles_rests_inside_and_goes_on_after_an_error():
    inside = []
    with suppress(LookupError), without_collector():
        inside.append(gc.isenabled())
        raise LookupError
    assert (inside, gc.isenabled()) == ([False], True)
    gc.disable()
    with without_collector():
        pass
    assert not gc.isenabled()  # who turned it off turns it on
    gc.enable()
