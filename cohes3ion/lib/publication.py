"""One of a row of results is public: the newest that was published and not withdrawn."""

from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cohes3ion.lib.authors import stored
from cohes3ion.lib.typed_texts import storable_text

# Of a row that is not public.
INSIDE: dict[str, Any] = {"published_at": None, "published_by": None}


class NotPublic(Exception):
    """Only what is on the public pages can be taken off them."""


class Withdrawable(models.Model):
    """What a published result keeps of its way off the public pages."""

    # When a newer one took its place: it comes back when that one is withdrawn.
    superseded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        "accounts.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_because = models.TextField(blank=True, validators=[storable_text])

    class Meta:
        abstract = True


def put_out(row: Any, *, among: Any, by: Any) -> None:
    """Make this row the public one among its like; the one before waits behind it."""
    now = timezone.now()
    others = among.exclude(pk=row.pk).exclude(published_at=None)
    others.update(**INSIDE, superseded_at=now)
    shown = {"published_at": now, "published_by": stored(by), "superseded_at": None}
    among.filter(pk=row.pk).update(**shown, withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
    row.refresh_from_db()


def take_off(row: Any, *, among: Any, reason: str, by: Any) -> Any | None:
    """Withdraw the public row. The one that it took the place of is public again. Raises NotPublic."""
    now = timezone.now()
    gone = {"withdrawn_at": now, "withdrawn_by": stored(by), "withdrawn_because": reason}
    if not among.filter(pk=row.pk).exclude(published_at=None).update(**INSIDE, **gone):
        raise NotPublic
    row.refresh_from_db()
    before = among.exclude(superseded_at=None).order_by("-superseded_at", "-pk").first()
    if before is not None:
        back = {"published_at": now, "published_by": stored(by), "superseded_at": None}
        among.filter(pk=before.pk).update(**back)
        before.refresh_from_db()
    return before
