"""The one door for writing rows of the exchange: every change carries a version and leaves a history row."""

from functools import partial
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.text import slugify

from cohes3ion.lib.ordered import order_after
from cohes3ion.lib.row_forms import Change
from cohes3ion.lib.versions import StaleVersion, write_each, write_fields
from journeys.models import Post, Practice
from journeys.selectors.post_words import post_words
from journeys.selectors.practice_words import practice_words
from mapping.services.records import keep_history, write_kept

ATTEMPTS = 5
# Kinds with a column `search`: what makes it, from the row's other texts.
SEARCHED = {Practice: practice_words, Post: post_words}


def add_row(
    *,
    model: Any,
    values: dict[str, Any],
    by: Any,
    links: dict[str, list[int]] | None = None,
    name: str = "",
) -> Any:
    """A new row with what it is linked to. Raises ValidationError.

    A model with `slug` gets one made from its name, or from `name`, free at this moment; one with `position`
    goes to the end.
    """
    row = model(**values, edited_by=by)
    keyed = any(field.name == "slug" for field in model._meta.fields) and not row.slug
    for attempt in range(ATTEMPTS):
        if keyed:
            row.slug = _free_slug(model, name or str(row))
        if model in SEARCHED:
            row.search = SEARCHED[model](row)
        row.full_clean(validate_constraints=False)
        row._history_user = by
        try:
            with transaction.atomic():
                row.save(force_insert=True)
                for name, keys in (links or {}).items():
                    getattr(row, name).set(keys)
            return row
        except IntegrityError:
            if not keyed or attempt == ATTEMPTS - 1:
                raise
    return row


def _free_slug(model: Any, name: str) -> str:
    stem = slugify(name)[:80] or model._meta.model_name
    taken = set(model._base_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    if stem not in taken:
        return str(stem)
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def save_changes(*, row: Any, changes: list[Change], by: Any) -> tuple[Any, list[StaleVersion]]:
    """Write the fields one by one; the row as it stands now, and what was stale."""
    return write_each(row, changes, write=partial(write_change, by=by))


def write_change(*, row: Any, change: Change, by: Any) -> Any:
    """One field, a link to other rows or columns. Raises StaleVersion."""
    if isinstance(row._meta.get_field(change.field), models.ManyToManyField):
        return _write_links(row=row, change=change, by=by)
    return write_fields(
        row,
        field=change.field,
        values=change.values,
        expected=change.version,
        by=by,
        after=lambda fresh: _remember(fresh, field=change.field, by=by),
    )


def _remember(row: Any, *, field: str, by: Any) -> None:
    """History and words for search, in the transaction that holds the row."""
    if type(row) in SEARCHED:
        row.search = SEARCHED[type(row)](row)
        type(row)._base_manager.filter(pk=row.pk).update(search=row.search)
    keep_history(row, reason=field, by=by)


def _write_links(*, row: Any, change: Change, by: Any) -> Any:
    keys = change.values[change.field]
    if set(getattr(row, change.field).values_list("pk", flat=True)) == set(keys):
        return row

    def replace(fresh: Any) -> None:
        getattr(fresh, change.field).set(keys)
        keep_history(fresh, reason=change.field, by=by)

    # The moment makes this a write of the row although no column holds the links.
    now = {"edited_at": timezone.now()}
    return write_fields(row, field=change.field, values=now, expected=change.version, by=by, after=replace)


def release(row: Any, *, public: bool, expected: int, by: Any) -> Any:
    """For everybody, or for partners only again. Raises StaleVersion."""
    values = {"published_at": timezone.now() if public else None}
    return write_kept(row, field="published_at", values=values, expected=expected, by=by)


@transaction.atomic
def move_row(*, row: Any, within: str, up: bool, seen: int, by: Any) -> bool:
    """One place up or down among the rows of the same `within`, a link of the row.

    False where the list ends. Raises OrderChanged when another order stands than the one that was seen.
    """
    whole = getattr(row, f"{within}_id")
    # Whoever moves another row of it at this moment comes after.
    row._meta.get_field(within).related_model._base_manager.select_for_update().filter(pk=whole).first()
    line = type(row)._base_manager.filter(**{within: whole}).order_by("position", "pk")
    after = order_after(line, row=row, up=up, seen=seen)
    for number, one in enumerate(after or [], start=1):
        if one.position != number:
            values = {"position": number}
            change = Change(field="position", values=values, version=one.version_of("position"))
            write_change(row=one, change=change, by=by)
    return after is not None


@transaction.atomic
def remove_row(*, row: Any, expected: int, by: Any) -> None:
    """Remove it; its history stays. Raises StaleVersion when anything of it changed since `expected`."""
    current = type(row)._base_manager.select_for_update().filter(pk=row.pk).first()
    if current is None:
        return
    if current.version != expected:
        raise StaleVersion(current, "version")
    current._history_user = by
    current.delete()
