"""Two actors that are one: found, compared, merged, and parted again."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.decorators import allow, writes
from cohes3ion.lib.versions import StaleVersion, VersionMissing, parse_version
from mapping.models import Actor, Batch, RegionMap
from mapping.selectors.merging import (
    actors_of,
    batches_of,
    compared,
    find_actors,
    find_batch,
    likely_pairs,
    merging_of,
    ties_between,
    ties_of,
)
from mapping.selectors.records import is_open
from mapping.services.batches import ChangedSince, undo_batch
from mapping.services.merging import NotTwoActors, NotUndoable, merge_actors
from mapping.services.records import MapClosed
from mapping.views.additions import visible_map


def team_map(request: HttpRequest, pk: int) -> RegionMap:
    """The map, or 404; 403 for those who may not change actors."""
    region_map = visible_map(request, pk)
    allow(request, "mapping.change_whole_matrix", region_map)
    return region_map


def named_keys(sent: Any) -> list[int]:
    """The keys of the two actors a form names; none when one of them is no key."""
    typed = (sent.get("keep", ""), sent.get("gone", ""))
    is_whole = all(text.isascii() and text.isdigit() and len(text) < 10 for text in typed)
    return [int(text) for text in typed] if is_whole else []


def chosen(region_map: RegionMap, sent: Any) -> tuple[Actor, Actor] | None:
    """The two actors a form names, if they are two of this map."""
    keys = named_keys(sent)
    found = find_actors(region_map=region_map, keys=keys)
    rows = [found[key] for key in dict.fromkeys(keys) if key in found]
    return (rows[0], rows[1]) if len(rows) == 2 else None


def choice_context(region_map: RegionMap) -> dict[str, Any]:
    """All actors to choose from, and the pairs that may be one."""
    actors = actors_of(region_map)
    return {
        "actors": actors,
        "pairs": likely_pairs(actors=actors, ties=ties_of(region_map)),
        "batches": batches_of(region_map=region_map),
    }


def pair_context(keep: Actor, gone: Actor) -> dict[str, Any]:
    """The two beside each other."""
    return {
        "keep": keep,
        "gone": gone,
        "lines": compared(keep=keep, gone=gone),
        "between": ties_between(keep=keep, gone=gone),
    }


def merge_page(
    request: HttpRequest, region_map: RegionMap, sent: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    pair = chosen(region_map, sent)
    merged = None if pair else merging_of(region_map=region_map, keys=named_keys(sent))
    context: dict[str, Any] = {
        "region_map": region_map,
        "is_open": is_open(region_map),
        "merged": merged,
        "not_two": bool(sent.get("keep") or sent.get("gone")) and pair is None and merged is None,
        **more,
    }
    context |= choice_context(region_map) if pair is None else pair_context(*pair)
    return render(request, "mapping/actor_merge.html", context, status=status)


@login_required
def actor_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Pairs that may be one, or the two that were chosen beside each other."""
    return merge_page(request, team_map(request, pk), request.GET)


@login_required
@writes("mapping.change_whole_matrix")
def actor_merge_save(request: HttpRequest, pk: int) -> HttpResponse:
    region_map = team_map(request, pk)
    pair = chosen(region_map, request.POST)
    if pair is None:
        merged = merging_of(region_map=region_map, keys=named_keys(request.POST))
        return merge_page(request, region_map, request.POST, status=409 if merged else 422)
    try:
        versions = tuple(parse_version(request.POST.get(f"version_{name}")) for name in ("keep", "gone"))
        batch = merge_actors(keep=pair[0], gone=pair[1], versions=(versions[0], versions[1]), by=request.user)
    except VersionMissing:
        return merge_page(request, region_map, request.POST, status=428, changed=True)
    except StaleVersion:
        return merge_page(request, region_map, request.POST, status=409, changed=True)
    except (MapClosed, NotTwoActors):
        return merge_page(request, region_map, request.POST, status=409, closed=True)
    messages.success(request, f"{batch.name}.", extra_tags=reverse("mapping:batch_undo", args=[batch.pk]))
    return redirect("mapping:record_edit", kind="actor", pk=pair[0].pk)


def why_not_undone(batch: Batch) -> str:
    """A second press is told who was first."""
    now = Batch.objects.select_related("undone_by").get(pk=batch.pk)
    if now.undone_at is not None:
        named = {"name": now.name, "who": now.undone_by or _("somebody")}
        return _("It was undone already by %(who)s: %(name)s. Nothing was changed.") % named
    if now.is_old:
        return _("It cannot be undone any more: that works for 30 days.")
    return _("It cannot be undone: an actor it was about is gone.")


@login_required
@writes("mapping.change_matrix")
def batch_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo a whole paste or a merging: by the team, or by whoever pasted."""
    batch = find_batch(pk=pk, user=request.user)
    if batch is None:
        raise Http404
    if batch.by_id != request.user.pk:
        allow(request, "mapping.change_whole_matrix", batch.region_map)
    try:
        undo_batch(batch=batch, by=request.user)
        messages.success(request, _("All of it was undone: %(name)s.") % {"name": batch.name})
    except MapClosed:
        messages.warning(request, _("The map is closed. Reopen the map first."))
    except ChangedSince as changed:
        sentence = _("Not undone, because these rows were changed or are used since: %(names)s.")
        messages.warning(request, sentence % {"names": ", ".join(changed.names[:10])})
    except NotUndoable:
        messages.warning(request, why_not_undone(batch))
    return redirect("governance:matrix_detail", pk=batch.region_map_id)
