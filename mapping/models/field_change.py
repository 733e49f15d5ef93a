"""What happened to each field of a row of a map, value by value."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.enums import ChangeMark
from mapping.models.territory import RegionMap


class FieldChange(models.Model):
    """Append-only: one change of one field of a row, from what to what; or what came too late for it.

    `kind` and `record_id` name the row, so that one that was removed or became part of another keeps its own.
    Values stand as a form sends them: a text, several texts, lines, or texts by key.
    """

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20)
    record_id = models.PositiveBigIntegerField()
    field = models.CharField(max_length=40)
    # The version of the field it became; of what came too late: the one it stands beside.
    version = models.PositiveIntegerField()
    before: Any = models.JSONField(blank=True)
    after: Any = models.JSONField(blank=True)
    mark = models.CharField(max_length=10, choices=ChangeMark, blank=True)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("change of a field")
        verbose_name_plural = _("changes of fields")
        indexes = [models.Index(fields=["kind", "record_id"], name="changes_of_a_row")]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}: {self.field} v{self.version}"
