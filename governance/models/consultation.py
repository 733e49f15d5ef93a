"""The stakeholder group reads the draft map, comments, learns what came of it; and the map is adopted."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.versions import Versioned
from governance.enums import Verdict
from governance.models.invitation import PersonalLink
from mapping.models import RegionMap
from mapping.validators import storable_text, visible_text, web_address


class Consultation(Versioned):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="consultations")
    edition = models.PositiveSmallIntegerField(default=1)
    # What the team says to those who are asked.
    text = models.TextField(_("text"), blank=True, validators=[storable_text])
    closes_at = models.DateTimeField(_("comments until"), null=True, blank=True)
    # What came of it, for everybody who commented.
    outcome = models.TextField(_("what came of it"), blank=True, validators=[storable_text])
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Closed by hand, or because the map was adopted or reopened.
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        constraints = [
            models.UniqueConstraint(
                fields=["region_map"], condition=Q(closed_at=None), name="one_open_consultation_per_map"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_map_id} v{self.edition}"

    @property
    def is_open(self) -> bool:
        """Comments are taken, by the clock of the server."""
        return self.closed_at is None and (self.closes_at is None or self.closes_at > timezone.now())


class ConsultationCommentQuerySet(models.QuerySet[Any]):
    def answerable_by(self, user: Any) -> Self:
        """For the team, the contacts of units, and who runs the round: the people who work with comments."""
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.all()
        run = mine.running().values("project")
        regions = mine.at_work().values("region")
        return self.filter(
            Q(consultation__region_map__exercise__project__in=run)
            | Q(consultation__region_map__region__in=regions)
        )


class ConsultationComment(models.Model):
    """Never public. Whether the team sees the organisation's name is for the organisation to say."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="comments")
    # A row of the map: its kind and key, and how it was called. Empty: the map as a whole.
    kind = models.CharField(max_length=20, blank=True)
    record_id = models.PositiveBigIntegerField(null=True, blank=True)
    about = models.CharField(max_length=300, blank=True)
    link = models.ForeignKey(PersonalLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    person = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name_shown = models.BooleanField(default=False)
    text = models.TextField(_("comment"), validators=[storable_text, visible_text])
    at = models.DateTimeField(default=timezone.now)
    # Soft, by its author while comments are taken: the words leave the pages.
    removed_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    verdict = models.CharField(_("what was done"), max_length=10, choices=Verdict, blank=True)
    reply = models.TextField(_("reason"), blank=True, validators=[storable_text])
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ConsultationCommentQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]
        verbose_name = _("comment on a draft map")
        verbose_name_plural = _("comments on draft maps")
        constraints = [
            models.CheckConstraint(
                name="comment_about_a_row_or_the_whole",
                condition=Q(kind="", record_id=None) | (~Q(kind="") & Q(record_id__isnull=False)),
            ),
            models.CheckConstraint(
                name="comment_by_link_or_account", condition=Q(link=None) | Q(person=None)
            ),
            models.CheckConstraint(
                name="verdict_has_a_reason",
                condition=Q(verdict="", reply="", replied_at=None)
                | (~Q(verdict="") & ~Q(reply="") & Q(replied_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def author(self) -> str:
        """As the team reads it: the name only where the author allowed it."""
        if not self.name_shown:
            return ""
        return str(self.link.organisation if self.link is not None else self.person or "")


class CommentReply(models.Model):
    """Append-only: each answer that was given to a comment, also those that were changed later."""

    comment = models.ForeignKey(ConsultationComment, on_delete=models.CASCADE, related_name="replies")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reply = models.TextField()
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("answer to a comment")
        verbose_name_plural = _("answers to comments")

    def __str__(self) -> str:
        return self.reply


class Adoption(models.Model):
    """Append-only: which state of the map which body adopted when, and where that can be read."""

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="adoptions")
    edition = models.PositiveSmallIntegerField()
    on = models.DateField(_("adopted on"))
    body = models.CharField(_("adopted by"), max_length=200)
    map_version = models.PositiveIntegerField()
    # Of the whole content, so that a later reader can tell whether it is the same map.
    fingerprint = models.CharField(max_length=64)
    link = models.URLField(_("link to the decision"), max_length=600, blank=True, validators=[web_address])
    minutes = models.CharField(_("minutes or reference"), max_length=300, blank=True)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("adoption")
        verbose_name_plural = _("adoptions")

    def __str__(self) -> str:
        return f"{self.region_map_id} v{self.edition} {self.on}"
