"""Who may do what where. A person may hold several roles; nobody gives one to oneself (services)."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.enums import Role
from mapping.models.project import Project, Region
from mapping.models.territory import TerritorialUnit

PARTNERSHIP_ROLES = [Role.COORDINATOR, Role.FACILITATOR, Role.OBSERVER]
RUN = (Role.COORDINATOR, Role.FACILITATOR)
TEAM = (Role.REGIONAL_LEAD, Role.CONTRIBUTOR)


class MembershipQuerySet(models.QuerySet[Any]):
    def of(self, user: Any) -> "MembershipQuerySet":
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def running(self) -> "MembershipQuerySet":
        """Of those who run a partnership and its rounds."""
        return self.filter(role__in=RUN)

    def in_teams(self) -> "MembershipQuerySet":
        """Of those who write for a whole region."""
        return self.filter(role__in=TEAM)

    def at_work(self) -> "MembershipQuerySet":
        """Of a region's team and of those who answer for one of its units."""
        return self.filter(role__in=(*TEAM, Role.UNIT_CONTACT))


class Membership(models.Model):
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="memberships")
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    unit = models.ForeignKey(
        TerritorialUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="memberships"
    )
    given_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    given_at = models.DateTimeField(default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "project", "region", "unit"], name="membership_once_per_unit"
            ),
            models.UniqueConstraint(
                fields=["user", "role", "project", "region"],
                condition=Q(unit=None),
                name="membership_once_per_region",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "project"],
                condition=Q(region=None),
                name="membership_once_per_partnership",
            ),
            models.CheckConstraint(
                name="membership_region_fits_role",
                condition=Q(role__in=PARTNERSHIP_ROLES, region=None)
                | (~Q(role__in=PARTNERSHIP_ROLES) & Q(region__isnull=False)),
            ),
            models.CheckConstraint(
                name="membership_unit_only_for_contacts",
                condition=Q(unit=None) | Q(role=Role.UNIT_CONTACT),
            ),
            models.CheckConstraint(
                name="membership_not_given_to_oneself",
                condition=Q(given_by=None) | ~Q(given_by=F("user")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
