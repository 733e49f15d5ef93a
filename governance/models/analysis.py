"""Runs of an analysis: inputs frozen with their fingerprint, results as JSON, findings as rows."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.jobs import Job, JobQuerySet, JobState
from cohes3ion.lib.packed_json import PackedJSONField
from cohes3ion.lib.publication import Withdrawable
from governance.enums import AnalysisKind
from mapping.models import Exercise, Region, RegionMap


class AnalysisQuerySet(JobQuerySet):
    def published(self) -> Self:
        return self.filter(state=JobState.DONE, published_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        seen = Q(state=JobState.DONE, published_at__isnull=False)
        if user.is_authenticated:
            whole = user.memberships.filter(region=None).values("project")
            seen |= Q(exercise__project__in=whole)
        return self.filter(seen)


class Analysis(Withdrawable, Job):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=AnalysisKind)
    inputs = PackedJSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    # Region -> mark of the rows its inputs were made of.
    marks = models.JSONField(default=dict, blank=True)
    method_version = models.CharField(max_length=20)
    # Of the code under that name; 0 is from before revisions were counted.
    revision = models.PositiveSmallIntegerField(default=0)
    parameters = models.JSONField(default=dict, blank=True)
    # Those that differ from the method's own: [{"name", "value", "default", "reason"}], no names of people.
    changed_parameters = models.JSONField(default=list, blank=True)
    seed = models.PositiveIntegerField(default=0)
    result = PackedJSONField(null=True, blank=True)
    # The part of a gap analysis that the start page draws: scores by region and dimension as the public may
    # read them.
    public = models.JSONField(default=dict, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    # When it first became public, kept when it is withdrawn: what was read once is known for good.
    disclosed_at = models.DateTimeField(null=True, blank=True)

    objects = AnalysisQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("analysis")
        verbose_name_plural = _("analyses")
        constraints = [
            models.UniqueConstraint(
                fields=["exercise", "kind", "fingerprint"],
                condition=~Q(state__in=[JobState.FAILED, JobState.CANCELLED]),
                name="same_inputs_same_analysis",
            ),
            models.CheckConstraint(
                name="finished_analysis_has_a_result",
                condition=~Q(state=JobState.DONE) | Q(result__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.fingerprint[:8]}"

    @property
    def made_by(self) -> str:
        """Method and revision, where two runs are told apart."""
        return f"{self.method_version}.{self.revision}"

    @property
    def rules(self) -> tuple[str, dict[str, Any]]:
        """By what the answers were read: formulas and thresholds."""
        return self.made_by, self.parameters


class RegionResult(models.Model):
    """The part of a result that is about one region, so that its page reads no other's.

    result: as the partnership may read it; public: as everybody may (empty where no answers are read).
    """

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="parts")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    # What this part was made from: the next run takes it over when nothing of that changed.
    fingerprint = models.CharField(max_length=64, blank=True, default="")
    result = PackedJSONField(default=dict)
    public = PackedJSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["analysis", "region"], name="one_part_per_region"),
        ]

    def __str__(self) -> str:
        return f"{self.region} · {self.analysis}"


class KeptPart(models.Model):
    """What the newest run found in a region's own rows, for the next run: one row per region and kind.

    raw, inside, public: compressed pieces of JSON text, each without what the region takes from others.
    facts: the numbers that others take from it and those that others change.
    """

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=AnalysisKind)
    fingerprint = models.CharField(max_length=64)
    inputs = models.BinaryField(default=b"")
    raw = models.BinaryField(default=b"")
    inside = models.BinaryField(default=b"")
    public = models.BinaryField(default=b"")
    scenarios = models.BinaryField(default=b"")
    facts = PackedJSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exercise", "kind", "region"], name="one_kept_part_per_region"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.region}"


class FindingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Findings of analyses one may see, about regions whose map one may see; of a pair, both.

        Not those of a gap analysis from before results had a public part: they passed no door. Of gap
        analyses the public one and the newest: two drafts compared would tell what one person said.
        """
        later = Analysis.objects.done().filter(
            exercise=OuterRef("exercise"), kind=AnalysisKind.GAPS, pk__gt=OuterRef("pk")
        )
        earlier = Q(kind=AnalysisKind.GAPS, published_at=None) & Exists(later)
        maps = RegionMap.objects.visible_to(user).filter(exercise=OuterRef("analysis__exercise"))
        return self.filter(
            Q(region=None) | Exists(maps.filter(region=OuterRef("region"))),
            Q(other_region=None) | Exists(maps.filter(region=OuterRef("other_region"))),
            analysis__in=Analysis.objects.visible_to(user)
            .exclude(kind=AnalysisKind.GAPS, public={})
            .exclude(earlier)
            .values("pk"),
        )


class Finding(models.Model):
    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="findings")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    # For findings between two regions: both must be visible.
    other_region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=40)
    position = models.PositiveIntegerField(default=0)
    data = PackedJSONField(default=dict)

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["analysis", "position"]
        verbose_name = _("finding")
        verbose_name_plural = _("findings")

    def __str__(self) -> str:
        return self.code
