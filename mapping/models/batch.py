"""Many rows written at once, so that one button undoes all of it: a paste, or the merging of two actors."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.enums import BatchKind
from mapping.models.territory import RegionMap

UNDONE_WITHIN = dt.timedelta(days=30)


class BatchQuerySet(models.QuerySet[Any]):
    def undoable(self) -> Self:
        return self.filter(undone_at=None, at__gt=timezone.now() - UNDONE_WITHIN)


class Batch(models.Model):
    """content of a paste: {"rows": [[kind, key, version]], "merges": [keys of batches]}; of a merging: what
    moved, so that it can move back (services/merging.py).
    """

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=8, choices=BatchKind)
    name = models.CharField(_("name"), max_length=300)
    content = models.JSONField(default=dict)
    # The paste that this merging belongs to: it is undone with it.
    part_of = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="parts")
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("rows written at once")
        verbose_name_plural = _("rows written at once")

    def __str__(self) -> str:
        return self.name

    @property
    def is_old(self) -> bool:
        return self.at <= timezone.now() - UNDONE_WITHIN
