"""Rows whose fields are versioned one by one, so that two people never overwrite each other.

`version` counts every write of the row and guards the UPDATE; `field_versions` counts the writes of each
field and is what a page sends back. Different fields never conflict; the same field written on an old
version is refused with what stands there now.
"""

import hashlib
from collections.abc import Callable, Iterable
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


def text_version(*texts: str) -> int:
    """The version of a text that has no counter of its own: a number made from what stands there."""
    return int(hashlib.sha256("\0".join(texts).encode()).hexdigest()[:7], 16)


def write_each(
    row: Any, changes: Iterable[Any], *, write: Callable[..., Any]
) -> tuple[Any, list[StaleVersion]]:
    """Write the changes one by one by `write` (row, change); one that is stale never keeps the others back.

    Returns the row as it stands now, and what was stale.
    """
    stale: list[StaleVersion] = []
    for change in changes:
        try:
            row = write(row=row, change=change)
        except StaleVersion as refusal:
            stale.append(refusal)
    return row, stale


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
    stands there is no change and never a conflict. Raises StaleVersion when `expected` is old, or when
    somebody removed the row since it was read.
    """
    for _attempt in range(ATTEMPTS):
        try:
            current = type(row)._base_manager.get(pk=row.pk)
        except type(row).DoesNotExist:
            raise StaleVersion(row, field) from None
        written = write_locked(current, field=field, values=values, expected=expected, by=by, after=after)
        if written is not None:
            return written
    raise StaleVersion(current, field)


def write_locked(
    row: Any,
    *,
    field: str,
    values: dict[str, Any],
    expected: int,
    by: Any,
    after: Callable[[Any], None] | None = None,
) -> Any | None:
    """As write_fields, for a row read in this very transaction: one UPDATE and what `after` does.

    None when another field of the row was written in between.
    """
    if all(getattr(row, name) == value for name, value in values.items()):
        return row
    if row.version_of(field) != expected:
        raise StaleVersion(row, field)
    change = {
        **values,
        "version": row.version + 1,
        "field_versions": {**row.field_versions, field: expected + 1},
        "edited_at": timezone.now(),
        "edited_by_id": by.pk if by is not None else None,
    }
    with transaction.atomic(savepoint=False):
        if not type(row)._base_manager.filter(pk=row.pk, version=row.version).update(**change):
            return None
        for name, value in change.items():
            setattr(row, name, value)
        if after is not None:
            after(row)
    return row
