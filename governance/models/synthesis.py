"""What the region concludes: strengths, areas of improvement, and challenges that regions share."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from governance.enums import Dimension
from mapping.enums import MapState
from mapping.models import Exercise, RegionMap, TerritorialUnit
from mapping.models.territory import MapRecord, MapRecordQuerySet
from mapping.validators import storable_text, visible_text


class StrengthItem(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("strength"), validators=[storable_text, visible_text])
    dimension = models.CharField(_("dimension"), max_length=2, choices=Dimension, blank=True)
    units = models.ManyToManyField(TerritorialUnit, blank=True, related_name="+")

    history = HistoricalRecords()
    objects = MapRecordQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("strength")
        verbose_name_plural = _("strengths")

    def __str__(self) -> str:
        return self.text


class ChallengeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        seen = Q(exercise__region_maps__state=MapState.PUBLISHED)
        if user.is_authenticated:
            seen |= Q(exercise__project__memberships__user=user)
        return self.filter(pk__in=self.model._base_manager.filter(seen).values("pk"))


class Challenge(Versioned):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(_("challenge"), max_length=200, validators=[storable_text, visible_text])
    narrative = models.TextField(_("narrative"), blank=True, validators=[storable_text])
    position = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()
    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("shared challenge")
        verbose_name_plural = _("shared challenges")

    def __str__(self) -> str:
        return self.title


class AreaOfImprovement(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("area of improvement"), validators=[storable_text, visible_text])
    dimension = models.CharField(_("dimension"), max_length=2, choices=Dimension, blank=True)
    challenge = models.ForeignKey(
        Challenge, on_delete=models.SET_NULL, null=True, blank=True, related_name="areas"
    )
    units = models.ManyToManyField(TerritorialUnit, blank=True, related_name="+")
    importance = models.PositiveSmallIntegerField(_("importance"), null=True, blank=True)
    feasibility = models.PositiveSmallIntegerField(_("feasibility"), null=True, blank=True)
    response_intended = models.TextField(_("intended response"), blank=True, validators=[storable_text])
    responsible_body = models.CharField(_("responsible body"), max_length=200, blank=True)
    horizon = models.CharField(_("horizon"), max_length=60, blank=True)
    inspiring_practice = models.CharField(_("inspiring practice"), max_length=300, blank=True)
    is_chosen = models.BooleanField(_("chosen for action"), default=False)
    chosen_on = models.DateField(_("chosen on"), null=True, blank=True)
    # The headline action that followed, as the sources tell it; action plans come with the exchange side.
    action = models.TextField(_("action"), blank=True, validators=[storable_text])

    history = HistoricalRecords()
    objects = MapRecordQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("area of improvement")
        verbose_name_plural = _("areas of improvement")
        constraints = [
            models.CheckConstraint(
                name="area_importance_within_scale",
                condition=Q(importance=None) | Q(importance__range=(1, 5)),
            ),
            models.CheckConstraint(
                name="area_feasibility_within_scale",
                condition=Q(feasibility=None) | Q(feasibility__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return self.text
