"""Good practices: what worked somewhere, told so that others can copy it, and what came of copying."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from governance.models import AreaOfImprovement, MapEdition
from journeys.enums import ImplementationLevel, PracticeState, Theme, UseState
from mapping.enums import MapState, Provenance, Role
from mapping.models import Code, Project, Region, RegionMap
from mapping.validators import storable_text, visible_text, web_address


def of_public_map(path: str) -> Q:
    """Rows of a map that the public reads; its edition stays public while the team revises it."""
    editions = MapEdition.objects.filter(withdrawn_at=None).values("region_map")
    return Q(**{f"{path}__state": MapState.PUBLISHED}) | Q(**{f"{path}__in": editions})


class PracticeQuerySet(models.QuerySet[Any]):
    def published(self) -> Self:
        return self.filter(state=PracticeState.PUBLISHED)

    def visible_to(self, user: Any) -> Self:
        """Published ones; for partners every one that was handed in; drafts for the team of their region."""
        seen = Q(state__in=[PracticeState.PUBLISHED, PracticeState.WITHDRAWN], published_at__isnull=False)
        if user.is_authenticated:
            mine = user.memberships.exclude(role=Role.STAKEHOLDER)
            run = mine.running().values("project")
            seen |= ~Q(state=PracticeState.DRAFT) & Q(project__in=mine.values("project"))
            seen |= Q(project__in=run) | Q(region__in=mine.in_teams().values("region"))
        return self.filter(seen)


class Practice(Versioned):
    """Fields and their order are those of the Interreg Europe form (facts with their source in `sources`)."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200, validators=[storable_text, visible_text])
    summary = models.CharField(_("in one line"), max_length=300, blank=True, validators=[storable_text])
    description = models.TextField(_("description"), blank=True, validators=[storable_text])
    institution = models.CharField(_("main institution"), max_length=200, blank=True)
    location = models.CharField(_("location"), max_length=200, blank=True)
    timescale = models.CharField(_("timescale"), max_length=120, blank=True)
    resources = models.TextField(_("resources needed"), blank=True, validators=[storable_text])
    evidence = models.TextField(_("evidence of success"), blank=True, validators=[storable_text])
    difficulties = models.TextField(_("difficulties met"), blank=True, validators=[storable_text])
    transfer = models.TextField(_("potential for transfer"), blank=True, validators=[storable_text])
    conditions = models.TextField(_("conditions to copy it"), blank=True, validators=[storable_text])
    level = models.CharField(_("implementation level"), max_length=8, choices=ImplementationLevel, blank=True)
    theme = models.CharField(_("focus area"), max_length=20, choices=Theme, blank=True)
    # Dimensions of the assessment (E1-E8) that it helps with; by them it is suggested for a gap.
    dimensions = models.JSONField(_("dimensions"), default=list, blank=True)
    codes = models.ManyToManyField(Code, blank=True, related_name="+")
    keywords = models.CharField(_("keywords"), max_length=300, blank=True, validators=[storable_text])
    website = models.URLField(_("further link"), max_length=600, blank=True, validators=[web_address])
    state = models.CharField(_("state"), max_length=10, choices=PracticeState, default=PracticeState.DRAFT)
    returned_because = models.TextField(_("why it was returned"), blank=True, validators=[storable_text])
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    withdrawn_because = models.TextField(_("why it was withdrawn"), blank=True, validators=[storable_text])
    expert_opinion = models.TextField(_("expert opinion"), blank=True, validators=[storable_text])
    expert_at = models.DateTimeField(_("expert opinion given at"), null=True, blank=True)
    expert_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)
    # Names of fields of which the sources say nothing.
    unknown = models.JSONField(_("not found in the sources"), default=list, blank=True)
    search = models.TextField(blank=True, editable=False)

    history = HistoricalRecords()
    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["title", "pk"]
        verbose_name = _("good practice")
        verbose_name_plural = _("good practices")
        constraints = [
            models.CheckConstraint(
                name="published_practice_has_date",
                condition=~Q(state=PracticeState.PUBLISHED) | Q(published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PracticeUseQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Whoever sees the map of the region that uses it, or its public edition, and the practice."""
        maps = Q(region_map__in=RegionMap.objects.visible_to(user)) | of_public_map("region_map")
        return self.filter(maps, practice__in=Practice.objects.visible_to(user))


class PracticeUse(Versioned):
    """A region plans to use a practice, for one of its areas of improvement, and later: what came of it."""

    practice = models.ForeignKey(Practice, on_delete=models.RESTRICT, related_name="uses")
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    area = models.ForeignKey(
        AreaOfImprovement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    state = models.CharField(_("state"), max_length=10, choices=UseState, default=UseState.PLANNED)
    plan = models.TextField(_("what we plan"), blank=True, validators=[storable_text])
    result = models.TextField(_("what came of it"), blank=True, validators=[storable_text])
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = PracticeUseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("use of a practice")
        verbose_name_plural = _("uses of practices")
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "region_map", "area"], name="practice_used_once_for_an_area"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} · {self.region_map.region}"
