"""Two actors that are one: ties, services, units and what only one of them says come together.

What people said about them comes together too: discussions and comments follow (services/naming.py).

The one that goes is kept whole, with its history, like every removed row; undoing brings it back and moves
its ties home again. What somebody changed since stays as they wrote it.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cohes3ion.lib.authors import stored
from cohes3ion.lib.versions import StaleVersion
from mapping.enums import BatchKind
from mapping.models import Actor, ActorService, ActorTie, Batch, RemovedRecord
from mapping.selectors.fields import raw_value
from mapping.selectors.kinds import ACTOR
from mapping.selectors.twins import same_ties
from mapping.services.field_changes import keep_change
from mapping.services.naming import Moved, move_back, move_named
from mapping.services.records import keep_history, require_open
from mapping.services.removals import NotRestorable, keep_removed, restore_record

FILLED = ("function", "description", "website", "note")
PARTS = ("units", "services")
CHANGED = (*FILLED, "sources", *PARTS)
ENDS = ("source", "target")


class NotTwoActors(Exception):
    """The two are not different actors of one map."""


class NotUndoable(Exception):
    """It is undone already, too long ago, or what it belonged to is gone."""


@transaction.atomic
def merge_actors(
    *, keep: Actor, gone: Actor, versions: tuple[int, int], by: Any, part_of: Batch | None = None
) -> Batch:
    """Let `gone` become part of `keep`. `versions`: those of the two that the person saw, in this order.

    Raises NotTwoActors, MapClosed, StaleVersion.
    """
    if keep.pk == gone.pk or keep.region_map_id != gone.region_map_id:
        raise NotTwoActors
    require_open(keep.region_map)
    rows = Actor.objects.select_for_update().filter(pk__in=[keep.pk, gone.pk]).order_by("pk")
    locked = {row.pk: row for row in rows}
    for row, version in zip((keep, gone), versions, strict=True):
        if row.pk not in locked or locked[row.pk].version != version:
            raise StaleVersion(locked.get(row.pk, row), "row")
    keep, gone = locked[keep.pk], locked[gone.pk]
    before = values_of(keep)
    content: dict[str, Any] = {"keep": keep.pk, "gone_id": gone.pk}
    content["ties"], named = move_ties(keep=keep, gone=gone, by=by)
    content["named"] = [*named, *move_named(kind="actor", old=gone.pk, to=("actor", keep.pk))]
    content |= join_parts(keep=keep, gone=gone)
    content["fields"] = fill_in(keep=keep, gone=gone, by=by)
    content["versions"] = {name: keep.version_of(name) for name in PARTS}
    keep_values(keep, before=before, by=by)
    content["gone"] = keep_removed(kind="actor", row=gone, by=by).pk
    name = _("“%(gone)s” became part of “%(keep)s”") % {"gone": gone.name, "keep": keep.name}
    gone._history_user = by
    gone._change_reason = "merged"
    gone.delete()
    keep_history(keep, reason="merged", by=by)
    return Batch.objects.create(
        region_map=keep.region_map,
        kind=BatchKind.MERGE,
        name=name[:300],
        content=content,
        part_of=part_of,
        by=stored(by),
    )


def values_of(actor: Actor) -> dict[str, Any]:
    """What a merging may change, as the history of fields holds it."""
    return {name: raw_value(actor, field=field) for name in CHANGED if (field := ACTOR.field(name))}


def keep_values(actor: Actor, *, before: dict[str, Any], by: Any) -> None:
    for name, after in values_of(actor).items():
        keep_change(actor, kind=ACTOR.name, field=name, before=before[name], after=after, by=by)


def move_ties(*, keep: Actor, gone: Actor, by: Any) -> tuple[list[list[Any]], list[Moved]]:
    """Ties of the one that goes; one that is there already, or joins the two, goes with it.

    What was said about such a tie is said about the other one, or about the actor that stays.
    """
    moved: list[list[Any]] = []
    named: list[Moved] = []
    for column in ENDS:
        for tie in ActorTie.objects.select_for_update().filter(**{column: gone}).order_by("pk"):
            ends = {name: getattr(tie, f"{name}_id") for name in ENDS} | {column: keep.pk}
            if ends["source"] == ends["target"]:
                named += move_named(kind="tie", old=tie.pk, to=("actor", keep.pk))
                continue
            same = same_ties(region_map=tie.region_map, ends=ends, kind=tie.kind, but=tie).first()
            if same is not None:
                named += move_named(kind="tie", old=tie.pk, to=("tie", same.pk))
                continue
            rewrite(tie, column, keep.pk, by=by)
            moved.append([tie.pk, column, tie.version])
    return moved, named


def rewrite(tie: ActorTie, column: str, target: int, *, by: Any) -> None:
    """One end of a tie leads to another actor, as a new version of that field."""
    before = str(getattr(tie, f"{column}_id"))
    setattr(tie, f"{column}_id", target)
    tie.version += 1
    tie.field_versions = {**tie.field_versions, column: tie.version_of(column) + 1}
    tie.edited_at, tie.edited_by_id = timezone.now(), by.pk if by is not None else None
    tie.save(update_fields=[f"{column}_id", "version", "field_versions", "edited_at", "edited_by_id"])
    keep_change(tie, kind="tie", field=column, before=before, after=str(target), by=by)


def join_parts(*, keep: Actor, gone: Actor) -> dict[str, Any]:
    """Services and units that only the other one has."""
    offered = set(keep.services.values_list("kind", flat=True))
    services = ActorService.objects.bulk_create(
        ActorService(actor=keep, kind=row.kind, offered_to=row.offered_to)
        for row in gone.services.all()
        if row.kind not in offered
    )
    mine = set(keep.units.values_list("pk", flat=True))
    units = [pk for pk in gone.units.values_list("pk", flat=True) if pk not in mine]
    keep.units.add(*units)
    return {"services": [row.kind for row in services], "units": units}


def fill_in(*, keep: Actor, gone: Actor, by: Any) -> dict[str, Any]:
    """What only the other one says; nothing that stands there is overwritten."""
    values = {name: getattr(gone, name) for name in FILLED if getattr(gone, name) and not getattr(keep, name)}
    more = [address for address in gone.sources if address not in keep.sources]
    if more:
        values["sources"] = [*keep.sources, *more]
    before = {name: getattr(keep, name) for name in values}
    touched = [*values, *PARTS]
    for name, value in values.items():
        setattr(keep, name, value)
    keep.version += 1
    keep.field_versions |= {name: keep.version_of(name) + 1 for name in touched}
    keep.edited_at, keep.edited_by_id = timezone.now(), by.pk if by is not None else None
    columns = [*values, "version", "field_versions", "edited_at", "edited_by_id"]
    Actor.objects.filter(pk=keep.pk).update(**{name: getattr(keep, name) for name in columns})
    return {name: [before[name], keep.version_of(name)] for name in values}


@transaction.atomic
def undo_merge(*, batch: Batch, by: Any) -> Actor:
    """The actor that went comes back with its ties. Raises MapClosed, NotUndoable."""
    require_open(batch.region_map)
    taken = Batch.objects.filter(pk=batch.pk).undoable().update(undone_at=timezone.now(), undone_by=by)
    content = batch.content
    keep = Actor.objects.select_for_update().filter(pk=content["keep"]).first()
    removed = RemovedRecord.objects.filter(pk=content["gone"]).first()
    if not taken or keep is None or removed is None:
        raise NotUndoable
    try:
        gone: Actor = restore_record(removed=removed, by=by)
    except NotRestorable as missing:
        raise NotUndoable from missing
    back = move_ties_back(content["ties"], keep=keep, gone=gone, by=by)
    Batch.objects.filter(pk=batch.pk).update(content={**content, "ties_back": back})
    move_back(content.get("named", []))
    before = values_of(keep)
    # What the other one brought goes with it, if nobody wrote there since. Older mergings noted no versions.
    parts = [n for n in PARTS if content.get("versions", {}).get(n, keep.version_of(n)) == keep.version_of(n)]
    if "services" in parts:
        keep.services.filter(kind__in=content["services"]).delete()
    if "units" in parts:
        keep.units.remove(*content["units"])
    take_back(keep, content["fields"], parts=parts, by=by)
    keep_values(keep, before=before, by=by)
    keep_history(keep, reason="unmerged", by=by)
    return gone


def move_ties_back(ties: list[list[Any]], *, keep: Actor, gone: Actor, by: Any) -> list[int]:
    """Those that nobody wrote since, by their keys."""
    back = []
    for pk, column, version in ties:
        tie = ActorTie.objects.select_for_update().filter(pk=pk, **{column: keep}).first()
        if tie is not None and tie.version == version:
            rewrite(tie, column, gone.pk, by=by)
            back.append(pk)
    return back


def take_back(keep: Actor, fields: dict[str, Any], *, parts: list[str], by: Any) -> None:
    """Fields that nobody wrote since say again what they said before. `parts`: lists that changed as well."""
    values = {name: was for name, (was, version) in fields.items() if keep.version_of(name) == version}
    keep.version += 1
    keep.field_versions |= {name: keep.version_of(name) + 1 for name in [*values, *parts]}
    for name, value in values.items():
        setattr(keep, name, value)
    keep.edited_at, keep.edited_by_id = timezone.now(), by.pk if by is not None else None
    columns = [*values, "version", "field_versions", "edited_at", "edited_by_id"]
    Actor.objects.filter(pk=keep.pk).update(**{name: getattr(keep, name) for name in columns})
