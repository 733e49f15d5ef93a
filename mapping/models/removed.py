"""Rows that were removed and may come back: all that left with them, as it stood."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone

from mapping.models.territory import RegionMap, TerritorialUnit

KEPT_FOR = dt.timedelta(days=30)


class RemovedRecordQuerySet(models.QuerySet[Any]):
    def restorable(self) -> Self:
        return self.filter(restored_at=None, removed_at__gt=timezone.now() - KEPT_FOR)

    def forgotten(self) -> Self:
        return self.filter(removed_at__lte=timezone.now() - KEPT_FOR)


class RemovedRecord(models.Model):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(
        TerritorialUnit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    name = models.CharField(max_length=300)
    # The row, its parts and its links, column by column; and links of other rows that became empty.
    rows = models.JSONField(default=list)
    emptied = models.JSONField(default=list)
    removed_at = models.DateTimeField(default=timezone.now)
    removed_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    restored_at = models.DateTimeField(null=True, blank=True)

    objects = RemovedRecordQuerySet.as_manager()

    class Meta:
        ordering = ["-removed_at", "-pk"]
        indexes = [models.Index(fields=["kind", "record_id"], name="removed_by_record")]

    def __str__(self) -> str:
        return self.name
