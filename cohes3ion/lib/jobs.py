"""Background work whose truth is a row in the database; the broker is only a doorbell.

A worker takes a row with one conditional UPDATE, keeps a lease alive while it works, and writes the end
of the job in the row. A second delivery finds the row taken or done and does nothing.
"""

import datetime as dt
import secrets
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LEASE = dt.timedelta(seconds=360)  # longer than the hard time limit of a task (300 s)
MAX_ATTEMPTS = 3


class JobState(models.TextChoices):
    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class JobQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        return self.filter(state__in=[JobState.PENDING, JobState.RUNNING])

    def done(self) -> Self:
        return self.filter(state=JobState.DONE)

    def abandoned(self) -> Self:
        """Waiting for over a minute, or running past the lease: lost between commit and broker, or dead."""
        now = timezone.now()
        waiting = Q(state=JobState.PENDING, queued_at__lt=now - dt.timedelta(seconds=60))
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

    @classmethod
    def claim(cls, pk: int) -> Any | None:
        """Take the job: one UPDATE. None when it is taken, finished, cancelled or out of attempts."""
        now = timezone.now()
        free = Q(state=JobState.PENDING) | Q(state=JobState.RUNNING, lease_until__lt=now)
        taken = cls._base_manager.filter(free, pk=pk, attempts__lt=MAX_ATTEMPTS).update(
            state=JobState.RUNNING,
            attempts=F("attempts") + 1,
            lease_until=now + LEASE,
            started_at=now,
            progress=0,
            message="",
            error_code="",
        )
        return cls._base_manager.get(pk=pk) if taken else None

    def report(self, progress: int, text: str = "") -> None:
        """Say how far the job is (0-100) and keep the lease."""
        type(self)._base_manager.filter(pk=self.pk, state=JobState.RUNNING, attempts=self.attempts).update(
            progress=progress, progress_text=text, lease_until=timezone.now() + LEASE
        )

    def finish(self, **results: Any) -> bool:
        """Write the results and the end in one UPDATE. False when the row was cancelled or taken over."""
        return self._end(state=JobState.DONE, progress=100, progress_text="", **results)

    def fail(self, *, code: str, message: str) -> bool:
        return self._end(
            state=JobState.FAILED, error_code=code, message=message, support_id=secrets.token_hex(4)
        )

    def _end(self, **values: Any) -> bool:
        mine = type(self)._base_manager.filter(pk=self.pk, state=JobState.RUNNING, attempts=self.attempts)
        return bool(mine.update(finished_at=timezone.now(), lease_until=None, **values))

    @classmethod
    def sweep(cls) -> list[int]:
        """Ids to send again. Jobs out of attempts are marked failed instead. Safe to run twice at once."""
        now = timezone.now()
        cls._base_manager.filter(
            state=JobState.RUNNING, lease_until__lt=now, attempts__gte=MAX_ATTEMPTS
        ).update(
            state=JobState.FAILED,
            error_code="ATTEMPTS",
            message="The work stopped three times. Ask the operator, and give the support number.",
            support_id=secrets.token_hex(4),
            finished_at=now,
        )
        resend = []
        for pk in JobQuerySet(cls).abandoned().values_list("pk", flat=True)[:100]:
            again = JobQuerySet(cls).abandoned().filter(pk=pk)
            if again.update(state=JobState.PENDING, lease_until=None, queued_at=now):
                resend.append(pk)
        return resend
