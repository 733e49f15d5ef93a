"""Innovation actors, what they offer, and how they are tied."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from mapping.enums import CapabilityKind, Helix, Service
from mapping.models.territory import MapRecord, MapRecordQuerySet, RegionMap, TerritorialUnit
from mapping.validators import storable_text, visible_text, web_address


class Actor(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="actors")
    key = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=200, validators=[storable_text, visible_text])
    helix = models.CharField(_("helix"), max_length=14, choices=Helix)
    function = models.CharField(_("function"), max_length=10, choices=CapabilityKind, blank=True)
    description = models.TextField(_("description"), blank=True, validators=[storable_text])
    website = models.URLField(_("website"), max_length=600, blank=True, validators=[web_address])
    units = models.ManyToManyField(TerritorialUnit, blank=True, related_name="actors")

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("actor")
        verbose_name_plural = _("actors")
        constraints = [models.UniqueConstraint(fields=["region_map", "key"], name="actor_key_once_per_map")]

    def __str__(self) -> str:
        return self.name


class ActorService(models.Model):
    actor = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="services")
    kind = models.CharField(_("service"), max_length=22, choices=Service)
    offered_to = models.CharField(_("offered to"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "kind"], name="service_once_per_actor")]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ActorTie(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="ties")
    source = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="ties_out")
    target = models.ForeignKey(Actor, on_delete=models.CASCADE, related_name="ties_in")
    kind = models.CharField(_("kind"), max_length=60)

    objects = MapRecordQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("tie between actors")
        verbose_name_plural = _("ties between actors")
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "kind"], name="tie_once_per_kind"),
            models.CheckConstraint(name="tie_between_two_actors", condition=~Q(source=F("target"))),
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
