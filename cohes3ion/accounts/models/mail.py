"""The outbox: every mail of the site is a row before it is sent, so that no failure loses one."""

import secrets
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENDING = "sending", _("On its way")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Not sent")
    # The server took the text but never said so: sending it a third time would be worse.
    UNCERTAIN = "uncertain", _("May have been sent")
    STOPPED = "stopped", _("Stopped")


class MailKind(models.TextChoices):
    ACCOUNT = "account", _("Account")
    INVITATION = "invitation", _("Invitation")
    LINK = "link", _("Personal link")
    ROLE = "role", _("Role")
    REMINDER = "reminder", _("Reminder")
    EVENT = "event", _("Event")
    NEWSLETTER = "newsletter", _("Newsletter")
    MATCH = "match", _("Matchmaking")


def new_message_id() -> str:
    """Kept for every attempt: a mail program shows two copies with the same id as one."""
    return f"<{secrets.token_hex(16)}@{urlsplit(settings.SITE_URL).hostname or 'localhost'}>"


def new_support_id() -> str:
    return secrets.token_hex(4)


class MailQuerySet(models.QuerySet[Any]):
    def due(self) -> Self:
        return self.filter(state=MailState.WAITING, next_try_at__lte=timezone.now())

    def abandoned(self) -> Self:
        """The worker died while it spoke to the mail server: what the server took is not known."""
        return self.filter(state=MailState.SENDING, lease_until__lt=timezone.now())


class Mail(models.Model):
    # What the mail is about, so that the same event never makes two of them.
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=MailKind)
    # Whose business it is: "project-3", "region-7"; empty for mails about an account.
    place = models.CharField(max_length=40, blank=True, db_index=True)
    to = models.EmailField(_("to"), max_length=254)
    reply_to = models.EmailField(max_length=254, blank=True)
    language = models.CharField(max_length=10, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    # Plain paragraphs; the HTML part is made from them while sending, so that both say the same.
    text = models.TextField(_("text"))
    action = models.CharField(max_length=80, blank=True)
    # An address that opens something; forgotten as soon as the mail is sent.
    link = models.TextField(blank=True)
    # A calendar file that goes with it.
    calendar = models.TextField(blank=True)
    # The HTML part of a mail that is more than paragraphs; its `text` must say the same.
    html = models.TextField(blank=True)
    # Where one POST ends the subscription (RFC 8058).
    unsubscribe = models.CharField(max_length=300, blank=True)
    message_id = models.CharField(max_length=200, unique=True, default=new_message_id)
    support_id = models.CharField(max_length=12, default=new_support_id)
    state = models.CharField(_("state"), max_length=10, choices=MailState, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # How often the server took the text without saying so.
    doubts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    next_try_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("e-mail")
        verbose_name_plural = _("e-mails")
        indexes = [models.Index(fields=["state", "next_try_at"], name="mail_due")]

    def __str__(self) -> str:
        return self.subject

    @property
    def may_be_repeated(self) -> bool:
        return self.state in (MailState.FAILED, MailState.UNCERTAIN)
