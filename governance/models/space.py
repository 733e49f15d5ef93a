"""Where levels meet: governance spaces, mandates and opportunities not yet used."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from governance.enums import Depth, MandateRole
from mapping.enums import AnswerKind
from mapping.models import RegionalPriority, RegionMap, TerritorialUnit
from mapping.models.territory import MapRecord, MapRecordQuerySet
from mapping.validators import storable_text, visible_text


class GovernanceSpace(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    key = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=200, validators=[storable_text, visible_text])
    description = models.TextField(_("description"), blank=True, validators=[storable_text])
    units = models.ManyToManyField(TerritorialUnit, blank=True, related_name="+")
    helices = models.JSONField(_("helices"), default=list, blank=True)
    depth_answer = models.CharField(
        _("answer on depth"), max_length=14, choices=AnswerKind, default=AnswerKind.UNANSWERED
    )
    depth = models.PositiveSmallIntegerField(_("depth"), choices=Depth, null=True, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    started = models.CharField(_("started"), max_length=40, blank=True)
    meetings_per_year = models.PositiveSmallIntegerField(_("meetings a year"), null=True, blank=True)
    # True: the space deals with every priority; otherwise with those in `topics`.
    all_topics = models.BooleanField(_("all topics"), default=False)
    topics = models.ManyToManyField(RegionalPriority, blank=True, related_name="+")

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("governance space")
        verbose_name_plural = _("governance spaces")
        constraints = [
            models.UniqueConstraint(fields=["region_map", "key"], name="space_key_once_per_map"),
            models.CheckConstraint(
                name="depth_within_scale", condition=Q(depth=None) | Q(depth__range=(1, 5))
            ),
            models.CheckConstraint(
                name="depth_only_with_value",
                condition=Q(depth_answer=AnswerKind.VALUE, depth__isnull=False)
                | (~Q(depth_answer=AnswerKind.VALUE) & Q(depth=None)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Mandate(models.Model):
    """Who decides, advises or carries out on a topic of a space; no topic means all of them."""

    space = models.ForeignKey(GovernanceSpace, on_delete=models.CASCADE, related_name="mandates")
    topic = models.ForeignKey(
        RegionalPriority, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("mandate"), max_length=12, choices=MandateRole)
    who = models.CharField(_("body"), max_length=200, validators=[storable_text, visible_text])

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")

    def __str__(self) -> str:
        return f"{self.who} · {self.get_role_display()}"


class Opportunity(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(_("topic"), max_length=300, validators=[storable_text, visible_text])
    expected_benefit = models.TextField(_("expected benefit"), blank=True, validators=[storable_text])
    units = models.ManyToManyField(TerritorialUnit, blank=True, related_name="+")
    priority = models.ForeignKey(
        RegionalPriority, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()
    objects = MapRecordQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("opportunity for cooperation")
        verbose_name_plural = _("opportunities for cooperation")

    def __str__(self) -> str:
        return self.topic
