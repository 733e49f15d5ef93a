"""Who is here now: a row that a page renews while it is open, and that counts for 45 seconds."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone

from governance.models.questionnaire import QuestionnaireVersion
from governance.models.response import Response
from mapping.models import RegionMap

# Pages renew their row, and ask who else is here, every 10 to 15 seconds: who vanished is gone from the page
# of a colleague within a minute.
EXPIRES_AFTER = dt.timedelta(seconds=45)


class PresenceQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """On the forms and drafts a person may read, and in the shared parts of the map."""
        draft = models.Q(questionnaire_version__in=QuestionnaireVersion.objects.visible_to(user))
        form = models.Q(response__in=Response.objects.visible_to(user))
        return self.filter(form | draft | models.Q(response=None, questionnaire_version=None))

    def now(self) -> Self:
        return self.filter(seen_at__gt=timezone.now() - EXPIRES_AFTER)

    def gone(self) -> Self:
        return self.filter(seen_at__lte=timezone.now() - EXPIRES_AFTER)


class Presence(models.Model):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    # None: in the draft of a questionnaire.
    region_map = models.ForeignKey(
        RegionMap, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    questionnaire_version = models.ForeignKey(
        QuestionnaireVersion, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # None: in the matrix or the synthesis of the map.
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # "response-12", "map-3" or "draft-7": people of one room see each other.
    room = models.CharField(max_length=30)
    # "1.2", "2.1/7" (about unit 7), "matrix", "synthesis", "capability-12" (a row of the matrix);
    # in a draft "questions", "question-12", "texts".
    place = models.CharField(max_length=60, blank=True)
    has_unsent = models.BooleanField(default=False)
    seen_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "room", "place"], name="presence_once_per_place"),
            models.CheckConstraint(
                name="presence_in_a_map_or_a_draft",
                condition=models.Q(region_map=None) ^ models.Q(questionnaire_version=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.room} {self.place}"
