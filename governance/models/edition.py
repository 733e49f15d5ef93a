"""What the public reads of a map: frozen when it is published, untouched by later edits."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.models import RegionMap


class MapEditionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(withdrawn_at=None)


class MapEdition(models.Model):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = MapEditionQuerySet.as_manager()

    class Meta:
        ordering = ["region_map", "-number"]
        verbose_name = _("published edition of a map")
        verbose_name_plural = _("published editions of maps")
        constraints = [models.UniqueConstraint(fields=["region_map", "number"], name="edition_number_once")]

    def __str__(self) -> str:
        return f"{self.region_map} {self.number}"
