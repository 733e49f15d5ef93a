"""Meetings in which a group settles what its answers disagree about. Never public."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.historical import HistoricalRecords
from cohes3ion.lib.versions import Versioned
from governance.enums import Audience, DecisionState, Level
from governance.models.questionnaire import Question
from mapping.models import RegionMap
from mapping.validators import storable_text


def with_guests(people: dict[str, int]) -> bool:
    """Whether anybody but the regional team is there: then the room sees what the public may see."""
    return any(number for kind, number in people.items() if kind != "team")


class WorkshopQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """The team of the region, and who runs the round: those who read the team's answers."""
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.all()
        run = mine.running().values("project")
        teams = mine.in_teams().values("region")
        return self.filter(Q(region_map__exercise__project__in=run) | Q(region_map__region__in=teams))


class Workshop(Versioned):
    """One meeting. `people`: how many of each kind were there; nobody's name."""

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="workshops")
    audience = models.CharField(_("who is in the room"), max_length=4, choices=Audience)
    people = models.JSONField(default=dict, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("workshop")
        verbose_name_plural = _("workshops")
        constraints = [
            models.UniqueConstraint(
                fields=["region_map"], condition=Q(closed_at=None), name="one_open_workshop_per_map"
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_map} {self.opened_at:%Y-%m-%d}"


class WorkshopPicture(models.Model):
    """The spread of all answers as a room saw it, kept so that two pictures never give one person away.

    `basis`: {group: {respondent: fingerprint of the answers}}; `lines`: {code: what may be shown}.
    """

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="pictures")
    basis = models.JSONField(default=dict)
    lines = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("picture of the answers")
        verbose_name_plural = _("pictures of the answers")

    def __str__(self) -> str:
        return f"{self.workshop_id} {self.at:%H:%M}"


class WorkshopDecision(Versioned):
    """What the room settled on for one statement and why, or that it was parked."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="decisions")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=DecisionState, default=DecisionState.OPEN)
    level = models.PositiveSmallIntegerField(_("level now"), choices=Level, null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True, validators=[storable_text])
    # Who was there when it was settled: numbers by kind, as in the workshop at that moment.
    people = models.JSONField(default=dict, blank=True)
    # The area of improvement that was made of it: no key of the database, as a removed area can come back.
    became_area = models.PositiveBigIntegerField(null=True, blank=True, editable=False)

    history = HistoricalRecords()

    class Meta:
        ordering = ["-edited_at", "-pk"]
        verbose_name = _("decision of a workshop")
        verbose_name_plural = _("decisions of workshops")
        constraints = [
            models.UniqueConstraint(fields=["workshop", "question"], name="one_decision_per_statement"),
            models.CheckConstraint(
                name="settled_has_level_and_reason",
                condition=(Q(state=DecisionState.SETTLED, level__range=(1, 5)) & ~Q(reason=""))
                | (~Q(state=DecisionState.SETTLED) & Q(level=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.level or self.get_state_display()}"

    @property
    def present(self) -> int:
        return sum(self.people.values())
