"""Reminders: what was said to whom and when, what waits for its day, and who wants none."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.accounts.models import Mail
from cohes3ion.lib.versions import Versioned
from governance.enums import ReminderState
from mapping.models import Exercise, Region
from mapping.validators import storable_text, visible_text

MOST_DAYS = 60


class ReminderRule(Versioned):
    """Whether a round reminds by itself, and how many days before the last one."""

    exercise = models.OneToOneField(Exercise, on_delete=models.CASCADE, related_name="reminder_rule")
    days_before = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        verbose_name = _("rule for reminders")
        verbose_name_plural = _("rules for reminders")
        constraints = [
            models.CheckConstraint(
                name="reminder_days_in_reach",
                condition=Q(days_before=None) | Q(days_before__range=(1, MOST_DAYS)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.exercise_id}: {self.days_before}"


class Reminder(models.Model):
    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="reminders")
    region = models.ForeignKey(Region, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    address = models.EmailField(max_length=254)
    # None: without an account.
    person = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=10, blank=True)
    subject = models.CharField(_("subject"), max_length=200, validators=[storable_text, visible_text])
    text = models.TextField(_("text"), validators=[storable_text, visible_text])
    state = models.CharField(_("state"), max_length=10, choices=ReminderState, default=ReminderState.WAITING)
    send_on = models.DateField(_("send on"), default=timezone.localdate)
    # The day it went to the outbox; an address gets one a day, whatever the round.
    posted_on = models.DateField(null=True, blank=True)
    mail = models.ForeignKey(Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    # The last day for which the round reminded by itself.
    automatic_for = models.DateField(null=True, blank=True)
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        constraints = [
            models.UniqueConstraint(fields=["address", "posted_on"], name="one_reminder_a_day"),
            models.UniqueConstraint(
                fields=["exercise", "address"],
                condition=Q(state=ReminderState.WAITING),
                name="one_reminder_waits",
            ),
            models.UniqueConstraint(
                fields=["exercise", "address", "automatic_for"], name="reminded_by_itself_once"
            ),
            models.CheckConstraint(
                name="posted_reminder_has_its_day",
                condition=~Q(state=ReminderState.POSTED) | Q(posted_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.send_on}"


class ReminderStop(models.Model):
    """An address that wants no reminders. It says so itself, by the link in every reminder."""

    address = models.EmailField(max_length=254, unique=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("address without reminders")
        verbose_name_plural = _("addresses without reminders")

    def __str__(self) -> str:
        return self.address
