"""Files of answers: those a worker makes for one person, and those a person sends back filled in."""

import datetime as dt
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.jobs import Job, JobQuerySet, JobState
from governance.enums import FileForm, FileKind
from governance.models.questionnaire import QuestionnaireVersion
from governance.models.response import Response
from mapping.models import Exercise

KEPT_FOR = dt.timedelta(days=7)


def transfer_path(row: Any, filename: str) -> str:
    """A random name: what people typed never becomes a path."""
    return f"transfers/{uuid.uuid4().hex}"


class OwnFileQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own, for a week, while one belongs to the partnership."""
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.values("project")
        return self.filter(
            created_by=user, exercise__project__in=mine, created_at__gt=timezone.now() - KEPT_FOR
        )

    def forgotten(self) -> Self:
        return self.filter(created_at__lte=timezone.now() - KEPT_FOR)


class OrderedFileQuerySet(OwnFileQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Also the blank form of a questionnaire that is asked in no exercise; it holds no answers."""
        if not user.is_authenticated:
            return self.none()
        mine = Q(exercise__project__in=user.memberships.values("project"))
        blank = Q(exercise=None, version__isnull=False)
        return self.filter(mine | blank, created_by=user, created_at__gt=timezone.now() - KEPT_FOR)


class OrderedFile(Job):
    """A file that one person asked for: answers of an exercise, or the form of a response on paper."""

    # None for the blank form of a questionnaire that is not asked in any exercise yet.
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=FileKind)
    form = models.CharField(_("format"), max_length=4, choices=FileForm)
    # For the form of one response; files of answers hold what the person may see of the exercise.
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=10, default="en")
    # The responses whose answers are in it: who may no longer read one of them does not get the file.
    holds = models.JSONField(default=list)
    file = models.FileField(upload_to=transfer_path, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    amount = models.PositiveIntegerField(default=0)

    objects = OrderedFileQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("file of answers")
        verbose_name_plural = _("files of answers")
        constraints = [
            models.UniqueConstraint(
                fields=["created_by", "exercise", "kind", "form", "language"],
                condition=Q(response=None, state__in=[JobState.PENDING, JobState.RUNNING]),
                name="one_file_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["created_by", "response", "kind", "language"],
                condition=Q(state__in=[JobState.PENDING, JobState.RUNNING]),
                name="one_form_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["created_by", "version", "kind", "language"],
                condition=Q(state__in=[JobState.PENDING, JobState.RUNNING]),
                name="one_blank_form_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.get_form_display()}"


class AnswerImport(Job):
    """A file that was sent back: first it is read and nothing is written, then, if wanted, all of it is."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to=transfer_path, blank=True)
    file_name = models.CharField(max_length=255)
    language = models.CharField(max_length=10, default="en")
    # The reading that this writing follows; the file is that one's.
    checked = models.OneToOneField(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="writing"
    )
    is_refused = models.BooleanField(default=False)
    outcome = models.JSONField(default=dict)

    objects = OwnFileQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import of answers")
        verbose_name_plural = _("imports of answers")

    def __str__(self) -> str:
        return self.file_name
