"""Changes of thresholds. `Exercise.thresholds` holds what stands now; these rows, how it came about."""

from typing import Any, Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapping.models import Exercise
from mapping.validators import storable_text


class ThresholdChangeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Changes of exercises of one's partnerships."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(exercise__project__memberships__user=user).distinct()


class ThresholdChange(models.Model):
    """One change of one threshold; rows are added, never edited. `value` None: back to the method's own."""

    exercise = models.ForeignKey(Exercise, on_delete=models.CASCADE, related_name="threshold_changes")
    name = models.CharField(_("threshold"), max_length=40)
    # The first change makes version 2: version 1 is the method's own number.
    version = models.PositiveIntegerField(_("version"))
    value = models.FloatField(_("value"), null=True, blank=True)
    reason = models.TextField(_("reason"), validators=[storable_text])
    edited_at = models.DateTimeField(_("edited at"), default=timezone.now)
    edited_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("edited by"),
    )

    objects = ThresholdChangeQuerySet.as_manager()

    class Meta:
        ordering = ["exercise", "name", "-version"]
        verbose_name = _("change of a threshold")
        verbose_name_plural = _("changes of thresholds")
        constraints = [
            models.UniqueConstraint(fields=["exercise", "name", "version"], name="threshold_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"

    def version_of(self, field: str) -> int:
        return self.version
