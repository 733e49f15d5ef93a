"""What happened to a response between its team and the coordinator, step by step, for good."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from governance.enums import ReviewAction
from governance.models.response import Response
from mapping.validators import storable_text


class ReviewStep(models.Model):
    """Append-only: the database refuses to change or delete a row (governance/migrations/0009)."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="review_steps")
    action = models.CharField(_("step"), max_length=10, choices=ReviewAction)
    reason = models.TextField(_("reason"), blank=True, validators=[storable_text])
    by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")

    def __str__(self) -> str:
        return f"{self.response}: {self.get_action_display()}"
