"""Policy Learning Documents, the authors' text in them, and workbooks."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.jobs import Job, JobQuerySet, JobState
from cohes3ion.lib.publication import Withdrawable
from cohes3ion.lib.versions import Versioned
from journeys.enums import Chapter, ExportFormat
from mapping.models import Exercise, Region, RegionMap
from mapping.validators import storable_text


def result_path(row: Any, filename: str) -> str:
    return f"results/{uuid.uuid4().hex}"


class ResultQuerySet(JobQuerySet):
    """Files made by workers: the partnership sees its own, a region's people those of their region."""

    def of_partners(self, user: Any) -> Q:
        mine = user.memberships.all()
        whole = mine.filter(region=None).values("project")
        regions = mine.in_teams().values("region")
        return Q(exercise__project__in=whole) | Q(region__in=regions)


class DocumentQuerySet(ResultQuerySet):
    def published(self) -> Self:
        return self.filter(state=JobState.DONE, published_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        seen = Q(state=JobState.DONE, published_at__isnull=False)
        if user.is_authenticated:
            seen |= self.of_partners(user)
        return self.filter(seen)


class Document(Withdrawable, Job):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    # None: the document of the whole exercise, with an annex per region.
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    edition = models.PositiveIntegerField(_("edition"), default=1)
    is_draft = models.BooleanField(_("draft"), default=True)
    language = models.CharField(max_length=10, default="en")
    content = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    file = models.FileField(upload_to=result_path, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)
    peak_memory_mib = models.PositiveIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("Policy Learning Document")
        verbose_name_plural = _("Policy Learning Documents")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "region", "fingerprint"],
                condition=~Q(state__in=[JobState.FAILED, JobState.CANCELLED]),
                name="same_content_same_region_document",
            ),
            models.UniqueConstraint(
                fields=["exercise", "fingerprint"],
                condition=Q(region=None) & ~Q(state__in=[JobState.FAILED, JobState.CANCELLED]),
                name="same_content_same_document",
            ),
            models.CheckConstraint(
                name="draft_document_not_public", condition=Q(is_draft=False) | Q(published_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region or self.exercise} · {self.edition}"


class ChapterNarrative(Versioned):
    """What the coordinator wrote in a chapter; it survives every new rendering."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    chapter = models.CharField(_("chapter"), max_length=20, choices=Chapter)
    text = models.TextField(_("text"), blank=True, validators=[storable_text])

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("chapter text")
        verbose_name_plural = _("chapter texts")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "region", "chapter"], name="one_text_per_region_chapter"
            ),
            models.UniqueConstraint(
                fields=["exercise", "chapter"], condition=Q(region=None), name="one_text_per_chapter"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_chapter_display())


class SummarySentence(Versioned):
    """A sentence of "In one minute" that the coordinator rewrote, and the figures it was written for."""

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    slot = models.PositiveSmallIntegerField()
    text = models.TextField(_("sentence"), blank=True, validators=[storable_text])
    figures_fingerprint = models.CharField(max_length=64, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["slot"]
        constraints = [
            models.UniqueConstraint(fields=["region_map", "slot"], name="one_sentence_per_slot"),
            models.CheckConstraint(name="three_sentences", condition=Q(slot__range=(1, 3))),
        ]

    def __str__(self) -> str:
        return self.text


class ExportQuerySet(ResultQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Workbooks of published content for everybody; of drafts for those who ordered them."""
        seen = Q(is_public=True)
        if user.is_authenticated:
            seen |= Q(created_by=user)
        return self.filter(seen)


class Export(Job):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    format = models.CharField(max_length=4, choices=ExportFormat, default=ExportFormat.XLSX)
    is_public = models.BooleanField(default=False)
    content = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    file = models.FileField(upload_to=result_path, blank=True)
    size = models.PositiveBigIntegerField(default=0)

    objects = ExportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("workbook")
        verbose_name_plural = _("workbooks")

    def __str__(self) -> str:
        return f"{self.region or self.exercise} ({self.format})"


class BriefQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The team of the region, and who runs the round: it says what small groups disagree about."""
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.all()
        run = mine.running().values("project")
        teams = mine.in_teams().values("region")
        return self.filter(Q(exercise__project__in=run) | Q(region__in=teams))


class Brief(Job):
    """Two pages for the meeting that steers a region's work. Never public."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    # Changes are told from this day on.
    since = models.DateField(_("changes since"))
    language = models.CharField(max_length=10, default="en")
    content = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    file = models.FileField(upload_to=result_path, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)

    objects = BriefQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("steering brief")
        verbose_name_plural = _("steering briefs")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "region", "fingerprint"],
                condition=~Q(state__in=[JobState.FAILED, JobState.CANCELLED]),
                name="same_content_same_brief",
            )
        ]

    def __str__(self) -> str:
        return f"{self.region} · {self.since}"
