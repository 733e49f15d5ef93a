"""Background work whose truth is a row in the database; the broker is only a doorbell.

A worker takes a row with one conditional UPDATE, keeps a lease alive while it works (`work.py`), and writes
the end of the job in the row. A second delivery finds the row taken or done and does nothing.
"""

import datetime as dt
import secrets
from typing import Any, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

MAX_ATTEMPTS = 3


class JobState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


def lease() -> dt.datetime:
    """Until when a row belongs to the worker that just showed a sign of life: three heartbeats."""
    return timezone.now() + dt.timedelta(seconds=settings.JOB_LEASE_SECONDS)


def reason(code: str) -> str:
    """Why a job failed, for the person who waits for it."""
    minutes = max(1, round(settings.CELERY_TASK_SOFT_TIME_LIMIT / 60))
    sentences = {
        "TIME": ngettext(
            "This took longer than %(minutes)d minute and was stopped. Try it with less content.",
            "This took longer than %(minutes)d minutes and was stopped. Try it with less content.",
            minutes,
        )
        % {"minutes": minutes},
        "MEMORY": gettext("This needed more memory than there is and was stopped. Try it with less content."),
        "ATTEMPTS": gettext("This was started three times and stopped each time. Tell the operator."),
    }
    return sentences.get(code, gettext("This did not work. The reason is in the log. Tell the operator."))


class JobQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state__in=[JobState.PENDING, JobState.RUNNING])

    def or_new(self, **values: Any) -> tuple[Any, bool]:
        """The row among these, or a new one with these values. (row, is new)

        When two clicks make the same row at once, the unique constraint of its model leaves one of them.
        """
        existing = self.first()
        if existing is not None:
            return existing, False
        try:
            with transaction.atomic():
                return self.model._default_manager.create(**values), True
        except IntegrityError:
            return self.get(), False

    def standing(self) -> Self:
        """Waiting, at work or done: what ended without a result is made anew when asked for again."""
        return self.exclude(state__in=(JobState.FAILED, JobState.CANCELLED))

    def done(self) -> Self:
        return self.filter(state=JobState.DONE)

    def abandoned(self) -> Self:
        """Waiting for too long, or running past the lease: lost between commit and broker, or dead."""
        now = timezone.now()
        since = now - dt.timedelta(seconds=settings.JOB_WAITING_SECONDS)
        waiting = Q(state=JobState.PENDING, queued_at__lt=since)
        return self.filter(waiting | Q(state=JobState.RUNNING, lease_until__lt=now))


class Job(models.Model):
    state = models.CharField(_("state"), max_length=10, choices=JobState, default=JobState.PENDING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    progress = models.PositiveSmallIntegerField(_("progress"), default=0)
    progress_text = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    error_code = models.CharField(max_length=40, blank=True)
    message = models.TextField(_("message"), blank=True)
    support_id = models.CharField(max_length=12, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    queued_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state in (JobState.PENDING, JobState.RUNNING)

    @property
    def reason(self) -> str:
        return reason(self.error_code)

    @classmethod
    def claim(cls, pk: int) -> Any | None:
        """Take the job: one UPDATE. None when it is taken, finished, cancelled or out of attempts."""
        now = timezone.now()
        free = Q(state=JobState.PENDING) | Q(state=JobState.RUNNING, lease_until__lt=now)
        taken = cls._base_manager.filter(free, pk=pk, attempts__lt=MAX_ATTEMPTS).update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=lease(),
            started_at=now,
            progress=0,
            message="",
            error_code="",
        )
        return cls._base_manager.get(pk=pk) if taken else None

    def _mine(self) -> Any:
        """This attempt's row: nothing once it was cancelled or another worker took it over."""
        return type(self)._base_manager.filter(pk=self.pk, state=JobState.RUNNING, attempts=self.attempts)

    def report(self, progress: int, text: str = "") -> None:
        """Say how far the job is (0-100) and keep the lease."""
        self._mine().update(progress=progress, progress_text=text, lease_until=lease())

    def keep_lease(self) -> None:
        self._mine().update(lease_until=lease())

    def finish(self, **results: Any) -> bool:
        """Write the results and the end in one UPDATE. False when the row was cancelled or taken over."""
        return self._end(state=JobState.DONE, progress=100, progress_text="", **results)

    def fail(self, *, code: str, message: str) -> bool:
        """End it for good. `message` is for operators; people read the reason that belongs to the code."""
        self.support_id = secrets.token_hex(4)
        return self._end(state=JobState.FAILED, error_code=code, message=message, support_id=self.support_id)

    def give_back(self) -> bool:
        """Let another worker have it; after the last attempt it has failed."""
        if self.attempts >= MAX_ATTEMPTS:
            return self.fail(code="ATTEMPTS", message="The process ended during the last attempt.")
        return bool(self._mine().update(state=JobState.PENDING, lease_until=None, queued_at=timezone.now()))

    def _end(self, **values: Any) -> bool:
        return bool(self._mine().update(finished_at=timezone.now(), lease_until=None, **values))

    @classmethod
    def retry(cls, pk: int) -> bool:
        """Start a failed job anew, with all its attempts; the next sweep sends it. False: it did not fail."""
        since = timezone.now() - dt.timedelta(seconds=settings.JOB_WAITING_SECONDS + 1)
        return bool(
            cls._base_manager.filter(pk=pk, state=JobState.FAILED).update(
                state=JobState.PENDING,
                attempts=0,
                error_code="",
                message="",
                support_id="",
                finished_at=None,
                queued_at=since,
            )
        )

    @classmethod
    def free(cls, *, taken_before: dt.datetime) -> int:
        """Let the next sweep send what was ordered or taken before then: those workers are surely dead.

        One of them that lives all the same writes nothing any more. Attempts count as after any death.
        """
        since = timezone.now() - dt.timedelta(seconds=settings.JOB_WAITING_SECONDS + 1)
        waiting = Q(state=JobState.PENDING, queued_at__lt=taken_before)
        running = Q(state=JobState.RUNNING, started_at__lt=taken_before)
        return cls._base_manager.filter(waiting | running).update(
            state=JobState.PENDING, lease_until=None, queued_at=since
        )

    @classmethod
    def sweep(cls) -> list[int]:
        """Ids to send again. Jobs out of attempts are marked failed instead. Safe to run twice at once."""
        now = timezone.now()
        spent = JobQuerySet(cls).abandoned().filter(attempts__gte=MAX_ATTEMPTS)
        for pk in spent.values_list("pk", flat=True)[:100]:
            JobQuerySet(cls).abandoned().filter(pk=pk, attempts__gte=MAX_ATTEMPTS).update(
                state=JobState.FAILED,
                error_code="ATTEMPTS",
                message="Its worker showed no sign of life, three times.",
                support_id=secrets.token_hex(4),
                lease_until=None,
                finished_at=now,
            )
        resend = []
        left = JobQuerySet(cls).abandoned().filter(attempts__lt=MAX_ATTEMPTS)
        for pk in left.values_list("pk", flat=True)[:100]:
            again = left.filter(pk=pk)
            if again.update(state=JobState.PENDING, lease_until=None, queued_at=now):
                resend.append(pk)
        return resend
