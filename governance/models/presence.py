"""Who is here now: a row that a page renews while it is open, and that counts for a minute."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone

from governance.models.response import Response
from mapping.models import RegionMap

# Pages renew their row every 10 to 15 seconds; who did not for a minute is gone.
EXPIRES_AFTER = dt.timedelta(seconds=60)


class PresenceQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """On the forms a person may read, and in the shared parts of the map."""
        return self.filter(models.Q(response=None) | models.Q(response__in=Response.objects.visible_to(user)))

    def now(self) -> Self:
        return self.filter(seen_at__gt=timezone.now() - EXPIRES_AFTER)

    def gone(self) -> Self:
        return self.filter(seen_at__lte=timezone.now() - EXPIRES_AFTER)


class Presence(models.Model):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    # None: in the matrix or the synthesis of the map.
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # "response-12" or "map-3": people of one room see each other.
    room = models.CharField(max_length=30)
    # "1.2", "2.1/7" (about unit 7), "matrix", "synthesis".
    place = models.CharField(max_length=60, blank=True)
    has_unsent = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "room", "place"], name="presence_once_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.room} {self.place}"
