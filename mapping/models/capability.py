"""Regional priorities and the capabilities of units: the core cell of the map."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from mapping.enums import AnswerKind, CapabilityKind, CapabilityStatus, ChainRole, Strength
from mapping.models.taxonomy import Code
from mapping.models.territory import MapRecord, RegionMap, Strategy, TerritorialUnit
from mapping.validators import storable_text, visible_text


class RegionalPriority(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="priorities")
    key = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=200, validators=[storable_text, visible_text])
    description = models.TextField(_("description"), blank=True, validators=[storable_text])
    strategy = models.ForeignKey(
        Strategy, on_delete=models.SET_NULL, null=True, blank=True, related_name="priorities"
    )
    codes = models.ManyToManyField(Code, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("regional priority")
        verbose_name_plural = _("regional priorities")
        constraints = [
            models.UniqueConstraint(fields=["region_map", "key"], name="priority_key_once_per_map")
        ]

    def __str__(self) -> str:
        return self.name


class Capability(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="capabilities")
    unit = models.ForeignKey(TerritorialUnit, on_delete=models.CASCADE, related_name="capabilities")
    name = models.CharField(_("name"), max_length=200, validators=[storable_text, visible_text])
    kind = models.CharField(_("kind"), max_length=10, choices=CapabilityKind, default=CapabilityKind.SECTORAL)
    description = models.TextField(_("description"), blank=True, validators=[storable_text])
    status = models.CharField(_("status"), max_length=12, choices=CapabilityStatus, blank=True)
    strength_answer = models.CharField(
        _("answer on strength"), max_length=14, choices=AnswerKind, default=AnswerKind.UNANSWERED
    )
    strength = models.PositiveSmallIntegerField(_("strength"), choices=Strength, null=True, blank=True)
    role = models.CharField(_("role in the value chain"), max_length=10, choices=ChainRole, blank=True)
    priority_answer = models.CharField(
        _("answer on the priority"), max_length=14, choices=AnswerKind, default=AnswerKind.UNANSWERED
    )
    # "Does not apply" with no priority: linked to none, said on purpose.
    priority = models.ForeignKey(
        RegionalPriority, on_delete=models.SET_NULL, null=True, blank=True, related_name="capabilities"
    )
    publicly_funded = models.BooleanField(_("publicly funded"), null=True, blank=True)
    source_document = models.CharField(_("source document"), max_length=600, blank=True)
    codes = models.ManyToManyField(Code, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["unit__position", "position", "pk"]
        verbose_name = _("capability")
        verbose_name_plural = _("capabilities")
        constraints = [
            models.CheckConstraint(
                name="strength_within_scale", condition=Q(strength=None) | Q(strength__range=(1, 5))
            ),
            models.CheckConstraint(
                name="strength_only_with_value",
                condition=Q(strength_answer=AnswerKind.VALUE, strength__isnull=False)
                | (~Q(strength_answer=AnswerKind.VALUE) & Q(strength=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
