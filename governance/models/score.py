"""Scores as written when a response is submitted, and the levels a region needs."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from governance.enums import Dimension, Level
from mapping.models import RegionMap, TerritorialUnit
from mapping.validators import storable_text


class ScoreGroup(models.TextChoices):
    TEAM = "team", _("Regional team")
    UNIT = "unit", _("Territorial units")
    STAKEHOLDER = "stakeholder", _("Stakeholders")
    ALL = "all", _("Region")


class ScoreQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(region_map__in=RegionMap.objects.visible_to(user))


class GovernanceScore(models.Model):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    group = models.CharField(max_length=12, choices=ScoreGroup)
    unit = models.ForeignKey(
        TerritorialUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # A statement ("1.1"), a dimension ("E1"), or "all".
    code = models.CharField(max_length=20)
    mean = models.FloatField(null=True)
    importance = models.FloatField(null=True)
    reason = models.CharField(max_length=30, blank=True)
    n = models.PositiveIntegerField(default=0)
    invited = models.PositiveIntegerField(null=True)
    coverage = models.FloatField(null=True)
    spread = models.FloatField(null=True)
    # Set when an analysis of the same answers is published and lets this score through.
    is_public = models.BooleanField(default=False)
    method_version = models.CharField(max_length=20)
    computed_at = models.DateTimeField(default=timezone.now)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["region_map", "code", "group"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["region_map", "group", "code"], condition=Q(unit=None), name="score_once"
            ),
            models.UniqueConstraint(fields=["region_map", "group", "code", "unit"], name="unit_score_once"),
            models.CheckConstraint(
                name="score_or_reason",
                condition=Q(mean__isnull=False, reason="") | (Q(mean=None) & ~Q(reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.group}"


class Target(Versioned):
    """The level a dimension needs, set by the regional team with a reason."""

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    dimension = models.CharField(_("dimension"), max_length=2, choices=Dimension)
    level = models.PositiveSmallIntegerField(_("needed level"), choices=Level, null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, validators=[storable_text])
    provenance = models.CharField(max_length=10, default="agreed")

    history = HistoricalRecords()
    objects = ScoreQuerySet.as_manager()

    class Meta:
        ordering = ["dimension"]
        verbose_name = _("needed level")
        verbose_name_plural = _("needed levels")
        constraints = [
            models.UniqueConstraint(fields=["region_map", "dimension"], name="target_once"),
            models.CheckConstraint(
                name="target_within_scale", condition=Q(level=None) | Q(level__range=(1, 5))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dimension}: {self.level}"
