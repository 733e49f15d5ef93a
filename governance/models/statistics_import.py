"""A file of statistics on its way in: looked at first, then imported when somebody says so."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.jobs import Job, JobQuerySet
from governance.enums import StatisticsStep
from mapping.models import Exercise, IndicatorTable


def statistics_path(row: Any, filename: str) -> str:
    return f"statistics/{uuid.uuid4().hex}"


class StatisticsImportQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Who runs the round or guards its method."""
        if not user.is_authenticated:
            return self.none()
        run = user.memberships.running()
        return self.filter(exercise__project__in=run.values("project"))


class StatisticsImport(Job):
    """One row for the look and the import: the same file and choices, so that what was shown comes in.

    problems: why the file was refused; nothing is imported then. replaces: the table of the same key and year
    that stood when the file was looked at.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    step = models.CharField(max_length=6, choices=StatisticsStep, default=StatisticsStep.CHECK)
    file = models.FileField(upload_to=statistics_path)
    file_name = models.CharField(_("name of the file"), max_length=255)
    source = models.CharField(_("form of the file"), max_length=20)
    choices = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64, blank=True)
    found = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    replaces = models.ForeignKey(
        IndicatorTable, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    table = models.ForeignKey(
        IndicatorTable, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = StatisticsImportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("import of statistics")
        verbose_name_plural = _("imports of statistics")

    def __str__(self) -> str:
        return self.file_name
