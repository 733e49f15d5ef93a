"""A round of mapping."""

from typing import Any, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mapping.enums import ExerciseState, MapState
from mapping.models.project import Project


class ExerciseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        seen = Q(region_maps__state=MapState.PUBLISHED)
        if user.is_authenticated:
            seen |= Q(project__memberships__user=user)
        return self.filter(pk__in=self.model._base_manager.filter(seen).values("pk"))


class Exercise(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="exercises")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    state = models.CharField(_("state"), max_length=10, choices=ExerciseState, default=ExerciseState.DRAFT)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    # The last moment for answers, and the zone in which people read it.
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="Europe/Brussels")
    # Overrides of the method's thresholds: {name: {"value": number, "reason": text, "by": name}}.
    thresholds = models.JSONField(_("thresholds"), default=dict, blank=True)
    seed = models.PositiveIntegerField(_("random seed"), default=20201)

    objects = ExerciseQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "slug"]
        verbose_name = _("exercise")
        verbose_name_plural = _("exercises")
        constraints = [
            models.CheckConstraint(
                name="exercise_due_after_opening",
                condition=Q(due_on=None) | Q(opens_on=None) | Q(due_on__gte=F("opens_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def accepts_answers(self) -> bool:
        """The round is open and its last moment is not over, by the clock of the server."""
        return self.state == ExerciseState.OPEN and not self.has_passed

    @property
    def has_passed(self) -> bool:
        """The last moment for answers is over; a round can be closed before it, or have none."""
        return self.closes_at is not None and self.closes_at <= timezone.now()

    @property
    def has_ended(self) -> bool:
        """Answers were taken and are not any more; a round that was never opened has not ended."""
        return self.state != ExerciseState.DRAFT and not self.accepts_answers

    @property
    def closing_time(self) -> str:
        """The last moment in the round's own time zone: "31 Mar 2026 18:00 CEST"."""
        if self.closes_at is None:
            return ""
        return date_format(timezone.localtime(self.closes_at, ZoneInfo(self.time_zone)), "j M Y H:i T")
