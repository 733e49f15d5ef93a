"""Who is to fill in a section of a response, or a part of the map, and until when."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.versions import Versioned
from governance.enums import Group, WorkStep
from governance.models.response import Response
from mapping.enums import Role
from mapping.models import Membership, RegionMap
from mapping.validators import storable_text, visible_text


class AssignmentQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """On answers: who reads them. On the map: the team, its units, and who runs the round."""
        if not user.is_authenticated:
            return self.none()
        mine = user.memberships.all()
        run = mine.running().values("project")
        regions = mine.at_work().values("region")
        return self.filter(
            Q(response__in=Response.objects.visible_to(user))
            | Q(response=None, region_map__exercise__project__in=run)
            | Q(response=None, region_map__region__in=regions)
        )

    def in_hands(self) -> Self:
        """Those whose person still holds the role that the work takes: who may write there now.

        An assignment stays when a role is taken away, for the lead to give to somebody else.
        """
        seats = Membership.objects.filter(user=OuterRef("person"), region=OuterRef("region_map__region"))
        contacts = seats.filter(role=Role.UNIT_CONTACT, unit=OuterRef("response__unit"))
        return self.filter(
            Q(person=None)
            | Q(Exists(seats.at_work()), response=None)
            | Q(Exists(seats.in_teams()), response__group=Group.TEAM)
            | Q(Exists(contacts), response__group=Group.UNIT)
        )


class Assignment(Versioned):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    # None: the part is one of the map.
    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, null=True, blank=True, related_name="assignments"
    )
    # The code of a section, or a MapPart.
    part = models.CharField(max_length=20)
    person = models.ForeignKey(
        "accounts.User", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    # A body without an account here; a colleague types in what it says.
    organisation = models.CharField(
        _("organisation"), max_length=200, blank=True, validators=[storable_text, visible_text]
    )
    email = models.EmailField(_("e-mail address"), max_length=254, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    # Said by a person. A section with an answer to every question is done as well.
    done_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "part", "pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            models.CheckConstraint(
                name="assigned_to_a_person_or_an_organisation",
                condition=Q(person__isnull=False, organisation="", email="")
                | (Q(person=None) & ~Q(organisation="")),
            ),
            models.UniqueConstraint(fields=["response", "part", "person"], name="section_once_per_person"),
            models.UniqueConstraint(
                fields=["response", "part", "organisation"],
                condition=~Q(organisation=""),
                name="section_once_per_organisation",
            ),
            models.UniqueConstraint(
                fields=["region_map", "part", "person"],
                condition=Q(response=None),
                name="part_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["region_map", "part", "organisation"],
                condition=Q(response=None) & ~Q(organisation=""),
                name="part_once_per_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} · {self.part}"

    @property
    def who(self) -> str:
        return self.organisation or str(self.person)


class AssignmentStep(models.Model):
    """Append-only: the database refuses to change or delete a row (migration assignments)."""

    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    response = models.ForeignKey(Response, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=20)
    who = models.CharField(max_length=254)
    step = models.CharField(_("step"), max_length=10, choices=WorkStep)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("change of an assignment")
        verbose_name_plural = _("changes of assignments")

    def __str__(self) -> str:
        return f"{self.who} · {self.part} · {self.get_step_display()}"
