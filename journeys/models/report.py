"""What a project promised its programme, and the tours people have seen."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from journeys.enums import ProjectIndicator
from journeys.models.journey import of_partnership
from mapping.models import Project


class ProjectTargetQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(of_partnership(user, "project"))


class ProjectTarget(Versioned):
    """The number a project wants to reach; no row: none was set. What is reached is counted from rows."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    indicator = models.CharField(_("indicator"), max_length=20, choices=ProjectIndicator)
    target = models.PositiveIntegerField(_("target"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = ProjectTargetQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("target of a project")
        verbose_name_plural = _("targets of a project")
        constraints = [
            models.UniqueConstraint(fields=["project", "indicator"], name="one_target_per_indicator"),
            models.CheckConstraint(
                name="target_is_more_than_nothing", condition=Q(target=None) | Q(target__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_indicator_display())


class SeenTour(models.Model):
    """Somebody went through, or closed, the first-run tour of a role; it opens by itself once only."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=20)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="tour_seen_once_per_role")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role}"
