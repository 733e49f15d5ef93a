"""The map of a region in a round, its territorial units and their strategies."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from mapping.enums import Competence, MapState, Provenance, Role, StrategyKind, UnitKind
from mapping.models.exercise import Exercise
from mapping.models.project import Region
from mapping.validators import storable_text, visible_text, web_address

REGION_ROLES = [Role.UNIT_CONTACT, Role.CONTRIBUTOR, Role.REGIONAL_LEAD]


class RegionMapQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(state=MapState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Published maps; for partners also the drafts their roles reach (product.md, Roles)."""
        seen = Q(state=MapState.PUBLISHED)
        if user.is_authenticated:
            mine = user.memberships.all()
            whole = mine.filter(region=None).values("project")
            regions = mine.filter(role__in=REGION_ROLES).values("region")
            consulted = mine.filter(role=Role.STAKEHOLDER).values("region")
            seen |= Q(exercise__project__in=whole) | Q(region__in=regions)
            seen |= Q(region__in=consulted) & ~Q(state=MapState.DRAFT)
        return self.filter(seen)


class RegionMap(Versioned):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="region_maps")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="maps")
    state = models.CharField(_("state"), max_length=12, choices=MapState, default=MapState.DRAFT)
    # Counts the editions: reopening a published map starts the next one.
    edition = models.PositiveSmallIntegerField(_("version"), default=1)
    conclusions = models.TextField(_("conclusions"), blank=True, validators=[storable_text])
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    released_at = models.DateTimeField(_("released by the region at"), null=True, blank=True)
    released_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    unknown = models.JSONField(_("not found in the sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = RegionMapQuerySet.as_manager()

    class Meta:
        ordering = ["region__name"]
        verbose_name = _("map")
        verbose_name_plural = _("maps")
        constraints = [
            models.UniqueConstraint(fields=["exercise", "region"], name="one_map_per_region_and_round"),
            models.CheckConstraint(
                name="adoption_has_date_and_body",
                condition=~Q(state__in=[MapState.ADOPTED, MapState.PUBLISHED])
                | (Q(adopted_on__isnull=False) & ~Q(adopted_by="")),
            ),
            models.CheckConstraint(
                name="publication_needs_both_releases",
                condition=~Q(state=MapState.PUBLISHED)
                | (Q(released_at__isnull=False) & Q(published_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region} · {self.exercise}"


class MapRecordQuerySet(models.QuerySet[Any]):
    """Rows of a map: whoever sees the map sees them."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(region_map__in=RegionMap.objects.visible_to(user))


class MapRecord(Versioned):
    """What every row of the matrix has: its map, a version per field, and where it comes from."""

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="%(class)ss")
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    # Provenance of single fields where it differs from the row's: {"strength": "invented"}.
    field_provenance = models.JSONField(default=dict, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)
    note = models.TextField(_("note"), blank=True, validators=[storable_text])
    position = models.PositiveIntegerField(_("position"), default=0)

    objects = MapRecordQuerySet.as_manager()

    class Meta:
        abstract = True

    def provenance_of(self, field: str) -> str:
        return str(self.field_provenance.get(field, self.provenance))


class TerritorialUnit(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="units")
    key = models.SlugField(max_length=80)
    name = models.CharField(_("name"), max_length=200, validators=[storable_text, visible_text])
    kind = models.CharField(_("kind"), max_length=12, choices=UnitKind)
    parents = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="children", through="UnitParent"
    )
    body_in_charge = models.CharField(_("body in charge"), max_length=300, blank=True)
    # Empty: not known. That is not the same as "none".
    competence = models.CharField(_("innovation competence"), max_length=10, choices=Competence, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("territorial unit")
        verbose_name_plural = _("territorial units")
        constraints = [
            models.UniqueConstraint(fields=["region_map", "key"], name="unit_key_once_per_map"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitParent(models.Model):
    child = models.ForeignKey(TerritorialUnit, on_delete=models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(TerritorialUnit, on_delete=models.CASCADE, related_name="child_links")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="unit_parent_once"),
            models.CheckConstraint(name="unit_not_its_own_parent", condition=~Q(child=F("parent"))),
        ]


class UnitCode(models.Model):
    """A NUTS code of a unit, with the version of NUTS it belongs to."""

    unit = models.ForeignKey(TerritorialUnit, on_delete=models.CASCADE, related_name="nuts")
    nuts_version = models.CharField(_("NUTS version"), max_length=4, default="2021")
    code = models.CharField(_("NUTS code"), max_length=5)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "nuts_version", "code"], name="unit_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Strategy(MapRecord):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="strategies")
    unit = models.ForeignKey(TerritorialUnit, on_delete=models.CASCADE, related_name="strategies")
    title = models.CharField(_("title"), max_length=300, validators=[storable_text, visible_text])
    kind = models.CharField(_("kind"), max_length=12, choices=StrategyKind, blank=True)
    period = models.CharField(_("period"), max_length=60, blank=True)
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    adopted = models.CharField(_("adopted"), max_length=60, blank=True)
    content = models.TextField(_("content"), blank=True, validators=[storable_text])
    link = models.URLField(_("link"), max_length=600, blank=True, validators=[web_address])
    is_current = models.BooleanField(_("in force"), default=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")

    def __str__(self) -> str:
        return self.title
