"""A job's row is the truth: claimed once, finished once, swept when its worker died."""

import datetime as dt

import pytest
from django.utils import timezone

from cohes3ion.lib.jobs import MAX_ATTEMPTS
from governance.models import Analysis
from tests.factories.mapping import ExerciseFactory

pytestmark = pytest.mark.django_db


WANTED = {"kind": "gaps", "fingerprint": "b" * 64, "method_version": "stm-1"}


def waiting() -> Analysis:
    return Analysis.objects.create(
        exercise=ExerciseFactory(), kind="gaps", fingerprint="a" * 64, method_version="stm-1"
    )


def test_job_is_claimed_once():
    row = waiting()
    assert Analysis.claim(row.pk).attempts == 1
    assert Analysis.claim(row.pk) is None


def test_the_same_work_is_asked_for_once():
    first, is_new = Analysis.objects.filter(fingerprint="b" * 64).or_new(**WANTED, exercise=ExerciseFactory())
    assert is_new
    assert Analysis.objects.filter(fingerprint="b" * 64).or_new(exercise=first.exercise) == (first, False)


def test_of_two_that_make_the_same_row_one_is_left():
    """The second looked before the first had written: the constraint refuses, and the first row is found."""
    row = waiting()
    same = Analysis.objects.filter(fingerprint=row.fingerprint)
    same.first = lambda: None
    values = {"exercise": row.exercise, "fingerprint": row.fingerprint, "method_version": "stm-1"}
    assert same.or_new(**values, kind="gaps") == (row, False)


def test_job_finishes_once_and_a_late_worker_writes_nothing():
    row = waiting()
    first = Analysis.claim(row.pk)
    Analysis.objects.filter(pk=row.pk).update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    second = Analysis.claim(row.pk)
    assert second.finish(result={"from": "second"}) is True
    assert first.finish(result={"from": "first"}) is False
    assert Analysis.objects.get(pk=row.pk).result == {"from": "second"}


def test_cancelled_job_keeps_no_result():
    row = waiting()
    claimed = Analysis.claim(row.pk)
    Analysis.objects.filter(pk=row.pk).update(state="cancelled")
    assert claimed.finish(result={}) is False
    assert Analysis.objects.get(pk=row.pk).result is None


def test_sweep_sends_lost_and_abandoned_jobs_again_once():
    lost = waiting()
    Analysis.objects.filter(pk=lost.pk).update(queued_at=timezone.now() - dt.timedelta(minutes=2))
    assert Analysis.sweep() == [lost.pk]
    assert Analysis.sweep() == []


def test_sweep_leaves_fresh_and_living_jobs_alone():
    waiting()
    assert Analysis.sweep() == []


def test_work_of_the_dead_is_free_at_once_and_what_was_taken_since_is_not():
    """One of the dead that lives all the same writes nothing."""
    row, other = (waiting() for _ in range(2))
    lost, left = Analysis.claim(row.pk), waiting()
    since = timezone.now()
    ordered, taken = waiting(), Analysis.claim(other.pk)
    assert Analysis.sweep() == []
    assert Analysis.free(taken_before=since) == 2
    assert sorted(Analysis.sweep()) == [lost.pk, left.pk]
    assert lost.finish(result={}) is False
    assert taken.finish(result={}) is True
    assert Analysis.objects.get(pk=ordered.pk).queued_at >= since
    assert Analysis.claim(lost.pk).attempts == 2


def test_job_fails_after_three_attempts():
    row = waiting()
    past = timezone.now() - dt.timedelta(seconds=1)
    Analysis.objects.filter(pk=row.pk).update(state="running", attempts=MAX_ATTEMPTS, lease_until=past)
    assert Analysis.sweep() == []
    failed = Analysis.objects.get(pk=row.pk)
    assert (failed.state, failed.error_code) == ("failed", "ATTEMPTS")
    assert failed.support_id != ""
