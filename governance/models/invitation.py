"""Personal links: a stakeholder answers without making an account."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.tokens import token_hash
from governance.models.response import Response
from mapping.enums import Helix
from mapping.models import RegionMap
from mapping.validators import storable_text, visible_text


class PersonalLinkQuerySet(models.QuerySet[Any]):
    def usable(self) -> Self:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)

    def with_token(self, token: str) -> Self:
        return self.filter(token_hash=token_hash(token))


class PersonalLink(models.Model):
    region_map = models.ForeignKey(RegionMap, on_delete=models.CASCADE, related_name="+")
    organisation = models.CharField(
        _("organisation"), max_length=200, validators=[storable_text, visible_text]
    )
    helix = models.CharField(_("helix"), max_length=14, choices=Helix)
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    response = models.OneToOneField(
        Response, on_delete=models.SET_NULL, null=True, blank=True, related_name="personal_link"
    )
    # Set when answering starts: only the browser that started shows the answers, a forwarded link never.
    owner_hash = models.CharField(max_length=64, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PersonalLinkQuerySet.as_manager()

    class Meta:
        ordering = ["organisation"]
        verbose_name = _("personal link")
        verbose_name_plural = _("personal links")

    def __str__(self) -> str:
        return self.organisation
