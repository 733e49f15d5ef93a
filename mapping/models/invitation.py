"""Roles that wait for their person, and the history of all roles."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.tokens import token_hash
from mapping.enums import Role, RoleStep
from mapping.models.membership import PARTNERSHIP_ROLES
from mapping.models.project import Project, Region
from mapping.models.territory import TerritorialUnit


class RoleInvitationQuerySet(models.QuerySet[Any]):
    def pending(self) -> Self:
        return self.filter(accepted_at=None, revoked_at=None)

    def usable(self) -> Self:
        return self.pending().filter(expires_at__gt=timezone.now())

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=token_hash(token))


class RoleInvitation(models.Model):
    """A role offered to an address. Nothing happens before the person presses the button."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="role_invitations")
    region = models.ForeignKey(Region, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    unit = models.ForeignKey(
        TerritorialUnit, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    email = models.EmailField(_("e-mail address"), max_length=254)
    language = models.CharField(_("language"), max_length=10, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    given_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(_("valid until"))
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = RoleInvitationQuerySet.as_manager()

    class Meta:
        ordering = ["email", "pk"]
        verbose_name = _("invitation to a role")
        verbose_name_plural = _("invitations to roles")
        constraints = [
            models.CheckConstraint(
                name="invitation_region_fits_role",
                condition=Q(role__in=PARTNERSHIP_ROLES, region=None)
                | (~Q(role__in=PARTNERSHIP_ROLES) & Q(region__isnull=False)),
            ),
            models.CheckConstraint(
                name="invitation_unit_only_for_contacts",
                condition=Q(unit=None) | Q(role=Role.UNIT_CONTACT),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email} · {self.get_role_display()}"

    @property
    def is_expired(self) -> bool:
        return self.expires_at <= timezone.now()


class RoleChange(models.Model):
    """Append-only: who offered, gave, took which role, to whom, when. Names stay when accounts go."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="role_changes")
    region = models.ForeignKey(Region, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=200)
    role = models.CharField(max_length=20, choices=Role)
    step = models.CharField(max_length=10, choices=RoleStep)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    person = models.CharField(max_length=254)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of a role")
        verbose_name_plural = _("changes of roles")

    def __str__(self) -> str:
        return f"{self.person} · {self.get_step_display()} · {self.get_role_display()}"
