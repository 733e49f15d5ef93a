"""Rows of the apps above that name a row of the map by its kind and key: what people say about it.

They follow a row that becomes part of another one, and go back when the two part again.
"""

from typing import Any

from django.apps import apps

from mapping.selectors.kinds import NAMED_BY

Moved = list[Any]  # label of the model, its key, the kind and key it named before, those it names now


def move_named(*, kind: str, old: int, to: tuple[str, int]) -> list[Moved]:
    """Everything that named `old` names the other row now."""
    moved: list[Moved] = []
    for model in NAMED_BY:
        rows = model._base_manager.filter(kind=kind, record_id=old)
        keys = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
        model._base_manager.filter(pk__in=keys).update(kind=to[0], record_id=to[1])
        moved += [[model._meta.label_lower, pk, kind, old, *to] for pk in keys]
    return moved


def move_back(moved: list[Moved]) -> None:
    """What still names the row it was moved to; what moved on since stays there."""
    for label, pk, kind, old, now_kind, now in moved:
        rows = apps.get_model(label)._base_manager.filter(pk=pk, kind=now_kind, record_id=now)
        rows.update(kind=kind, record_id=old)
