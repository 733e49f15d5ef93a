"""Statistics as they were imported: a table of one year and unit, and its values with their flags."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.enums import Provenance
from mapping.models.exercise import Exercise


class IndicatorTableQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(exercise__in=Exercise.objects.visible_to(user))

    def newest_first(self) -> Self:
        """The newest year; of one year, the table that was imported last. The analysis reads the first."""
        return self.order_by("-year", "-imported_at", "-pk")


class IndicatorTable(models.Model):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(_("key"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("source"), max_length=300)
    licence = models.CharField(_("licence"), max_length=120)
    unit = models.CharField(_("unit"), max_length=80)
    year = models.PositiveSmallIntegerField(_("year"))
    nuts_version = models.CharField(_("NUTS version"), max_length=4)
    provenance = models.CharField(_("provenance"), max_length=10, choices=Provenance)
    # What was read, mapped and left out, as told when the file was imported.
    report = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    imported_at = models.DateTimeField(_("imported at"), default=timezone.now)

    objects = IndicatorTableQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "key"]
        verbose_name = _("table of statistics")
        verbose_name_plural = _("tables of statistics")
        constraints = [
            models.UniqueConstraint(fields=["exercise", "key", "year"], name="indicator_table_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.year}"


class IndicatorValue(models.Model):
    table = models.ForeignKey(IndicatorTable, on_delete=models.CASCADE, related_name="values")
    # As in the file, and the codes of NUTS 2021 it covers ("PL91 PL92" for PL12 of 2013).
    region = models.CharField(max_length=8)
    covers = models.CharField(max_length=60)
    domain = models.CharField(max_length=12)
    value = models.FloatField(null=True)
    flag = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering = ["table", "region", "domain"]
        constraints = [
            models.UniqueConstraint(fields=["table", "region", "domain"], name="indicator_value_once"),
            models.CheckConstraint(
                name="indicator_value_is_no_negative_count", condition=Q(value=None) | Q(value__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} {self.domain}"
