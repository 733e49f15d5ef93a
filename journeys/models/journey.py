"""Learning journeys: partners visit each other, ask beforehand, and write down what they take home."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from governance.models import AreaOfImprovement
from journeys.models.event import Event
from journeys.models.practice import Practice, of_public_map
from mapping.enums import Provenance, Role
from mapping.models import Exercise, Region, RegionMap
from mapping.validators import storable_text, visible_text


def of_partnership(user: Any, path: str) -> Q:
    """Rows of a project in which the person works; stakeholders see what is published."""
    if not user.is_authenticated:
        return Q(pk__in=[])
    mine = user.memberships.exclude(role=Role.STAKEHOLDER)
    return Q(**{f"{path}__in": mine.values("project")})


class JourneyQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(Q(published_at__isnull=False) | of_partnership(user, "exercise__project"))


class Journey(Versioned):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="+")
    slug = models.SlugField(max_length=100, unique=True)
    title = models.CharField(_("title"), max_length=200, validators=[storable_text, visible_text])
    aim = models.TextField(_("aim"), blank=True, validators=[storable_text])
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = JourneyQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("learning journey")
        verbose_name_plural = _("learning journeys")

    def __str__(self) -> str:
        return self.title


class VisitQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.filter(journey__in=Journey.objects.visible_to(user))


class Visit(Versioned):
    """A stop of a journey. Date, place, agenda, materials and participants are those of its event, once
    there is one: a visit that is only intended, or whose date no source tells, has none."""

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="visits")
    slug = models.SlugField(max_length=100)
    host = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    event = models.OneToOneField(Event, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(_("title"), max_length=200, validators=[storable_text, visible_text])
    summary = models.TextField(_("what was shown"), blank=True, validators=[storable_text])
    # "Autumn 2020" where no day is known. Empty with no event: not found in the sources.
    when_words = models.CharField(_("time in words"), max_length=80, blank=True)
    # Half years from the start of the project, counted from 1; None: not known.
    semester = models.PositiveSmallIntegerField(_("semester of the project"), null=True, blank=True)
    # People who spoke in public, as programmes name them.
    experts = models.TextField(_("experts"), blank=True, validators=[storable_text])
    practices = models.ManyToManyField(Practice, blank=True, related_name="visits")
    position = models.PositiveIntegerField(default=0)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)
    unknown = models.JSONField(_("not found in the sources"), default=list, blank=True)

    history = HistoricalRecords()
    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            models.UniqueConstraint(fields=["journey", "slug"], name="visit_slug_once_per_journey"),
            models.CheckConstraint(
                name="semester_counted_from_one", condition=Q(semester=None) | Q(semester__range=(1, 40))
            ),
        ]

    def __str__(self) -> str:
        return self.title


class VisitQuestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Among partners: what somebody does not know is nobody else's business."""
        return self.filter(of_partnership(user, "visit__journey__exercise__project"))


class VisitQuestion(Versioned):
    """Asked by a region before the visit; the host answers."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="questions")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("question"), validators=[storable_text, visible_text])
    answer = models.TextField(_("answer"), blank=True, validators=[storable_text])
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    history = HistoricalRecords()
    objects = VisitQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("question before a visit")
        verbose_name_plural = _("questions before a visit")

    def __str__(self) -> str:
        return self.text


class TakeawayQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """With the visit; to the public only released ones of regions whose map is public."""
        visits = Visit.objects.visible_to(user)
        public = of_public_map("region_map") & Q(is_released=True)
        mine = of_partnership(user, "region_map__exercise__project")
        return self.filter(Q(visit__in=visits) & (public | mine))


class Takeaway(Versioned):
    """What a region takes home from a visit: what we learned, what we will do, which gap it concerns."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="takeaways")
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    learned = models.TextField(_("what we learned"), validators=[storable_text, visible_text])
    will_do = models.TextField(_("what we will do"), blank=True, validators=[storable_text])
    area = models.ForeignKey(
        AreaOfImprovement, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    practice = models.ForeignKey(
        Practice, on_delete=models.SET_NULL, null=True, blank=True, related_name="takeaways"
    )
    is_released = models.BooleanField(_("released for the public"), default=False)
    provenance = models.CharField(
        _("provenance"), max_length=10, choices=Provenance, default=Provenance.ESTIMATED
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    history = HistoricalRecords()
    objects = TakeawayQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("takeaway")
        verbose_name_plural = _("takeaways")

    def __str__(self) -> str:
        return self.learned
