"""Rows whose fields are versioned one by one, so that two people never overwrite each other.

`version` counts every write of the row and guards the UPDATE; `field_versions` counts the writes of each
field and is what a page sends back. Different fields never conflict; the same field written on an old
version is refused with what stands there now.
"""

from collections.abc import Callable
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ATTEMPTS = 20


class Versioned(models.Model):
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    field_versions = models.JSONField(default=dict, blank=True, editable=False)
    edited_at = models.DateTimeField(_("edited at"), default=timezone.now, editable=False)
    edited_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("edited by"),
    )

    class Meta:
        abstract = True

    def version_of(self, field: str) -> int:
        return int(self.field_versions.get(field, 1))


class VersionMissing(Exception):
    """A write came without the version it was based on (428)."""


class StaleVersion(Exception):
    """Somebody else wrote this field since (409 on pages, 412 in the API)."""

    def __init__(self, row: Versioned, field: str) -> None:
        self.row = row
        self.field = field
        self.current = row.version_of(field)
        super().__init__(f"{field} is at version {self.current}")


def parse_version(text: str | None) -> int:
    """The version a page sent. Raises VersionMissing when there is none or it is not a number."""
    if text is None or not str(text).isascii() or not str(text).isdigit() or len(str(text)) > 9:
        raise VersionMissing
    return int(str(text))


def write_fields(
    row: Any,
    *,
    field: str,
    values: dict[str, Any],
    expected: int,
    by: Any,
    after: Callable[[Any], None] | None = None,
) -> Any:
    """Write the columns in `values` as one field of `row`; return the fresh row.

    `after` runs in the same transaction with the fresh row (history, revisions). Writing what already
    stands there is no change and never a conflict. Raises StaleVersion when `expected` is old.
    """
    model = type(row)
    for _attempt in range(ATTEMPTS):
        with transaction.atomic():
            current = model._base_manager.get(pk=row.pk)
            if all(getattr(current, name) == value for name, value in values.items()):
                return current
            if current.version_of(field) != expected:
                raise StaleVersion(current, field)
            written = model._base_manager.filter(pk=row.pk, version=current.version).update(
                **values,
                version=current.version + 1,
                field_versions={**current.field_versions, field: expected + 1},
                edited_at=timezone.now(),
                edited_by=by if by is not None and by.pk else None,
            )
            if written:
                current.refresh_from_db()
                if after is not None:
                    after(current)
                return current
    raise StaleVersion(current, field)
