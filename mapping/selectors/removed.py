"""Rows that were removed: found by who reaches their map."""

from typing import Any

from django.urls import reverse

from mapping.models import RemovedRecord
from mapping.selectors.kinds import KINDS
from mapping.selectors.records import reachable_maps


def removed_rows(*, user: Any) -> Any:
    """What may still come back, of maps this person reaches."""
    rows = RemovedRecord.objects.filter(region_map__in=reachable_maps(user=user)).restorable()
    return rows.select_related("region_map__exercise__project", "region_map__region", "removed_by", "unit")


def find_removed(*, pk: int, user: Any) -> RemovedRecord | None:
    """A removal, also one that is undone or too long ago: whoever presses again is told which."""
    rows = RemovedRecord.objects.filter(region_map__in=reachable_maps(user=user))
    return (
        rows.select_related("region_map__exercise__project", "region_map__region", "unit")
        .filter(pk=pk)
        .first()
    )


def removed_instead(*, kind: str, pk: int, user: Any) -> RemovedRecord | None:
    """The removal behind an address that leads nowhere any more."""
    return removed_rows(user=user).filter(kind=kind, record_id=pk).first()


def permission_of(removed: RemovedRecord) -> str:
    kind = KINDS.get(removed.kind)
    if kind is None:
        return "governance.change_synthesis"
    return "mapping.change_matrix" if kind.of_unit else "mapping.change_whole_matrix"


def place_of(removed: RemovedRecord) -> str:
    page = "matrix_detail" if removed.kind in KINDS else "synthesis_detail"
    return reverse(f"governance:{page}", args=[removed.region_map_id])


def removed_context(*, kind: str, pk: int, sent: dict[str, Any], user: Any) -> dict[str, Any] | None:
    """What templates/mapping/record_removed.html shows to somebody who wrote in a row that is gone."""
    removed = removed_instead(kind=kind, pk=pk, user=user)
    if removed is None:
        return None
    typed = [text for name, text in sent.items() if name not in ("csrfmiddlewaretoken", "choice")]
    return {
        "removed": removed,
        "typed": [text for text in typed if len(str(text)) > 3],
        "may_restore": user.has_perm(permission_of(removed), removed),
        "back": place_of(removed),
    }
