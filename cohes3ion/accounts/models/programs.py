"""What programs that speak for a person leave behind: their tokens, replies kept for a retry, a count."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT_FOR = dt.timedelta(hours=24)


class TokenQuerySet(models.QuerySet[Any]):
    def valid(self) -> Self:
        return self.filter(expires_on__gte=timezone.localdate(), user__is_active=True)


class AccessToken(models.Model):
    """Lets a program act for one person. Only a hash is stored; whoever lost the token makes another one."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(_("name"), max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(_("may also write"), default=False)
    expires_on = models.DateField(_("valid until"))
    last_used_on = models.DateField(_("last used"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    objects = TokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")

    def __str__(self) -> str:
        return self.name

    @property
    def is_expired(self) -> bool:
        return self.expires_on < timezone.localdate()


class KeptReply(models.Model):
    """The reply to a request with an Idempotency-Key, written in the transaction of its effect."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    # Method, address, preconditions and body: the same key with anything else is refused.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_reply_per_key")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"


class RequestCount(models.Model):
    """How often somebody asked for one kind of thing in the minute that runs (accounts/limits.py)."""

    key = models.CharField(max_length=80, primary_key=True)
    minute = models.PositiveBigIntegerField()
    count = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.key}: {self.count}"
