"""Regional action plans: what a region does about its areas of improvement, and how far it has come."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.jobs import Job, JobQuerySet, JobState
from cohes3ion.lib.template_tags import amount
from cohes3ion.lib.versions import Versioned
from governance.models import AreaOfImprovement
from journeys.enums import ActionState
from journeys.models.document import result_path
from journeys.models.journey import Takeaway, of_partnership
from journeys.models.practice import Practice, of_public_map
from mapping.enums import Provenance
from mapping.models import Exercise, Region, RegionMap
from mapping.validators import storable_text, visible_text, web_address


class ActionPlanQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(of_public_map("region_map"), published_at__isnull=False)

    def visible_to(self, user: Any) -> Self:
        """Published plans of public maps; every plan for the partnership."""
        public = of_public_map("region_map") & Q(published_at__isnull=False)
        return self.filter(public | of_partnership(user, "region_map__exercise__project"))


class ActionPlan(Versioned):
    """Parts I and II of the Interreg Europe plan; part III is its actions. One per policy instrument."""

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("title"), max_length=200, validators=[storable_text, visible_text])
    organisation = models.CharField(_("partner organisation"), max_length=200, blank=True)
    policy_instrument = models.CharField(
        _("policy instrument"), max_length=300, blank=True, validators=[storable_text]
    )
    policy_context = models.TextField(_("policy context"), blank=True, validators=[storable_text])
    background = models.TextField(_("background"), blank=True, validators=[storable_text])
    # What became of the instrument; empty: not known.
    instrument_change = models.TextField(
        _("what changed in the instrument"), blank=True, validators=[storable_text]
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    signed_by = models.CharField(_("signed by (body)"), max_length=200, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)
    unknown = models.JSONField(_("not found in the sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = ActionPlanQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("action plan")
        verbose_name_plural = _("action plans")

    def __str__(self) -> str:
        return self.title


class OfPlanQuerySet(models.QuerySet[Any]):
    """Rows that hang on a plan: whoever sees the plan sees them."""

    plan_path = "plan"

    def visible_to(self, user: Any) -> Self:
        return self.filter(**{f"{self.plan_path}__in": ActionPlan.objects.visible_to(user)})


class OfActionQuerySet(OfPlanQuerySet):
    plan_path = "action__plan"


class ReadingQuerySet(OfPlanQuerySet):
    plan_path = "indicator__action__plan"


class Action(Versioned):
    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="actions")
    position = models.PositiveIntegerField(default=0)
    title = models.CharField(_("title"), max_length=300, validators=[storable_text, visible_text])
    background = models.TextField(_("background"), blank=True, validators=[storable_text])
    description = models.TextField(_("action"), blank=True, validators=[storable_text])
    players = models.TextField(_("players involved"), blank=True, validators=[storable_text])
    timeframe = models.CharField(_("timeframe"), max_length=120, blank=True, validators=[storable_text])
    due_on = models.DateField(_("due on"), null=True, blank=True)
    costs = models.CharField(_("indicative costs"), max_length=200, blank=True, validators=[storable_text])
    funding = models.TextField(_("indicative funding sources"), blank=True, validators=[storable_text])
    state = models.CharField(_("state"), max_length=10, choices=ActionState, default=ActionState.PLANNED)
    progress = models.TextField(_("progress in words"), blank=True, validators=[storable_text])
    result = models.TextField(_("result"), blank=True, validators=[storable_text])
    areas = models.ManyToManyField(AreaOfImprovement, blank=True, related_name="+")
    practices = models.ManyToManyField(Practice, blank=True, related_name="actions")
    takeaways = models.ManyToManyField(Takeaway, blank=True, related_name="actions")
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)
    unknown = models.JSONField(_("not found in the sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = OfPlanQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("action")
        verbose_name_plural = _("actions")

    def __str__(self) -> str:
        return self.title


class Milestone(Versioned):
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=300, validators=[storable_text, visible_text])
    due_on = models.DateField(_("due on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()
    objects = OfActionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")

    def __str__(self) -> str:
        return self.title


class ActionIndicator(Versioned):
    """What shows that the action works. An unknown baseline or target is no zero."""

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="indicators")
    name = models.CharField(_("indicator"), max_length=300, validators=[storable_text, visible_text])
    unit = models.CharField(_("unit"), max_length=40, blank=True, validators=[storable_text])
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_on = models.DateField(_("baseline from"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=4, null=True, blank=True)
    target_on = models.DateField(_("target for"), null=True, blank=True)
    position = models.PositiveIntegerField(default=0)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = OfActionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("indicator of an action")
        verbose_name_plural = _("indicators of actions")
        constraints = [
            models.CheckConstraint(
                name="target_after_baseline",
                condition=Q(target_on=None) | Q(baseline_on=None) | Q(target_on__gte=F("baseline_on")),
            )
        ]

    def __str__(self) -> str:
        return self.name


def reading_path(reading: "IndicatorReading", filename: str) -> str:
    return f"readings/{uuid.uuid4().hex}"


class IndicatorReading(Versioned):
    """A value of an indicator on a day, with what proves it."""

    indicator = models.ForeignKey(ActionIndicator, on_delete=models.CASCADE, related_name="readings")
    on = models.DateField(_("on"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)
    note = models.TextField(_("note"), blank=True, validators=[storable_text])
    evidence_title = models.CharField(_("evidence"), max_length=300, blank=True, validators=[storable_text])
    evidence_url = models.URLField(_("link"), max_length=600, blank=True, validators=[web_address])
    file = models.FileField(_("file"), upload_to=reading_path, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )

    history = HistoricalRecords()
    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "on"], name="one_value_per_indicator_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {amount(self.value)}"


class PlanPrintQuerySet(JobQuerySet):
    def visible_to(self, user: Any) -> Self:
        """The partnership's; of a published plan everybody's, except what was printed of its draft."""
        seen = Q(plan__in=ActionPlan.objects.published(), content__is_released=True)
        return self.filter(seen | of_partnership(user, "plan__region_map__exercise__project"))


class PlanPrint(Job):
    """A plan as PDF: its public content, frozen when it was asked for."""

    plan = models.ForeignKey(ActionPlan, on_delete=models.CASCADE, related_name="prints")
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=10, default="en")
    content = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=64)
    file = models.FileField(upload_to=result_path, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    pages = models.PositiveIntegerField(default=0)

    objects = PlanPrintQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("action plan as PDF")
        verbose_name_plural = _("action plans as PDF")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "fingerprint"],
                condition=~Q(state__in=[JobState.FAILED, JobState.CANCELLED]),
                name="same_content_same_print",
            )
        ]

    def __str__(self) -> str:
        return str(self.plan)
