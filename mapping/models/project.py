"""Who works together: a partnership and its regions."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mapping.enums import MapState


class ProjectQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Projects with something published, and the person's own."""
        seen = Q(exercises__region_maps__state=MapState.PUBLISHED)
        if user.is_authenticated:
            seen |= Q(memberships__user=user)
        return self.filter(pk__in=self.model._base_manager.filter(seen).values("pk"))


class Project(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    acronym = models.CharField(_("short name"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    programme = models.CharField(_("programme"), max_length=120, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    cofunding_line = models.CharField(_("co-funding line"), max_length=200, blank=True)
    disclaimer = models.TextField(_("disclaimer"), blank=True)
    facts = models.JSONField(_("further facts"), default=dict, blank=True)
    sources = models.JSONField(default=list, blank=True)
    is_demo = models.BooleanField(_("demonstration"), default=False)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        ordering = ["acronym"]
        verbose_name = _("partnership")
        verbose_name_plural = _("partnerships")

    def __str__(self) -> str:
        return self.acronym


class RegionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Regions with a published map; for partners, what their roles reach."""
        seen = Q(maps__state=MapState.PUBLISHED)
        if user.is_authenticated:
            seen |= Q(project__memberships__user=user, project__memberships__region=None)
            seen |= Q(memberships__user=user)
        return self.filter(pk__in=self.model._base_manager.filter(seen).values("pk"))


class Region(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="regions")
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country code"), max_length=2)
    summary = models.TextField(_("summary"), blank=True)
    lead_partner = models.CharField(_("lead partner"), max_length=200, blank=True)
    nuts_codes = models.JSONField(_("NUTS codes"), default=list, blank=True)
    nuts_version = models.CharField(_("NUTS version"), max_length=4, default="2021")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    sources = models.JSONField(default=list, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name
