"""What people say to each other about an answer, a row of the map or a shared challenge. Never public."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.enums import CommentEvent
from governance.models.response import Answer, Response
from governance.models.review import ReviewStep
from mapping.models import Exercise, RegionMap
from mapping.validators import storable_text, visible_text


class ThreadQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """About answers: who reads them. About the map: the team, its units, and who runs the round.
        About what regions share: who runs the round.

        So a talk about a stakeholder's rating stays between that stakeholder and the facilitator.
        """
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.all()
        run = mine.running().values("project")
        regions = mine.at_work().values("region")
        return self.filter(
            Q(answer__response__in=Response.objects.visible_to(user))
            | Q(response__in=Response.objects.visible_to(user))
            | (~Q(kind="") & Q(region_map__exercise__project__in=run))
            | Q(exercise__project__in=run)
            | (~Q(kind="") & Q(region_map__region__in=regions))
        )


class Thread(models.Model):
    # Where it stands: on the map of one region, or on the desk with what the regions of a round share.
    region_map = models.ForeignKey(
        RegionMap, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    answer = models.ForeignKey(
        Answer, on_delete=models.CASCADE, null=True, blank=True, related_name="threads"
    )
    # A whole section of a response.
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, null=True, blank=True, related_name="section_threads"
    )
    section = models.CharField(max_length=20, blank=True)
    # A remark with which the response was given back; settled when the team dealt with it.
    review_step = models.ForeignKey(
        ReviewStep, on_delete=models.CASCADE, null=True, blank=True, related_name="remarks"
    )
    # A row of the map, or a shared challenge: its kind and key. The row may be removed and come back.
    kind = models.CharField(max_length=20, blank=True)
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    # Opened because two answers to this field were kept; settled when one of them is chosen.
    field = models.CharField(max_length=40, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    is_settled = models.BooleanField(_("settled"), default=False)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        ordering = ["is_settled", "-started_at", "-pk"]
        verbose_name = _("discussion")
        verbose_name_plural = _("discussions")
        indexes = [models.Index(fields=["region_map", "kind", "record_id"], name="thread_by_record")]
        constraints = [
            models.CheckConstraint(
                name="thread_of_a_map_or_of_a_round",
                condition=Q(region_map__isnull=False, exercise=None) & ~Q(kind="challenge")
                | Q(region_map=None, exercise__isnull=False, kind="challenge"),
            ),
            models.CheckConstraint(
                name="thread_about_one_thing",
                condition=Q(answer__isnull=False, response=None, section="", kind="", record_id=None)
                | (Q(answer=None, response=None, section="", record_id__isnull=False) & ~Q(kind=""))
                | (Q(answer=None, response__isnull=False, kind="", record_id=None) & ~Q(section="")),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.kind or self.section or 'answer'} {self.record_id or self.response_id or self.answer_id}"
        )


class Comment(models.Model):
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    event = models.CharField(max_length=10, choices=CommentEvent, blank=True)
    text = models.TextField(_("comment"), blank=True, validators=[storable_text, visible_text])
    version = models.PositiveIntegerField(default=1)
    edited_at = models.DateTimeField(null=True, blank=True)
    # Soft: the words leave the page, the fact that something stood there stays.
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment")
        verbose_name_plural = _("comments")

    def __str__(self) -> str:
        return self.text or self.event


class Mention(models.Model):
    """Somebody was named. It shows on their home page until seen, and a mail tells of it."""

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["comment", "user"], name="mention_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.comment_id}"
