"""What a stakeholder says beside the statements: up to three areas of improvement, and one comment."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from cohes3ion.lib.versions import text_version
from governance.models import PressingArea, Response
from governance.selectors.personal_links import area_version
from governance.selectors.responses import is_open
from governance.services.answer_rows import ResponseClosed


@dataclass(frozen=True, kw_only=True)
class StaleField:
    """A field that another window wrote meanwhile, with what stands there now."""

    name: str
    key: str
    stored: Any


@transaction.atomic
def save_texts(*, scope: QuerySet[Response], areas: dict[int, Any], comment: Any | None) -> list[StaleField]:
    """Save areas of improvement and the comment; one that another window wrote is reported, not overwritten.

    `scope` holds the one response that this person may write. Raises ResponseClosed, Response.DoesNotExist.
    """
    rows = scope.select_for_update(of=("self",)).select_related("region_map__exercise")
    response = rows.get()
    if not is_open(response):
        raise ResponseClosed
    stored = {area.position: area for area in response.pressing_areas.all()}
    stale = [
        StaleField(name="area", key=str(position), stored=stored.get(position))
        for position, change in areas.items()
        if not write_area(response=response, position=position, stored=stored.get(position), change=change)
    ]
    if comment is not None and comment.values["comment"] != response.comment:
        if comment.version != text_version(response.comment):
            return [*stale, StaleField(name="comment", key="", stored=response)]
        Response.objects.filter(pk=response.pk).update(comment=comment.values["comment"])
    return stale


def write_area(*, response: Response, position: int, stored: PressingArea | None, change: Any) -> bool:
    """False when another window wrote it. An emptied area goes."""
    now = {"text": stored.text, "dimension": stored.dimension} if stored else {"text": "", "dimension": ""}
    if change.values == now:
        return True
    if change.version != area_version(stored):
        return False
    if not any(change.values.values()):
        response.pressing_areas.filter(position=position).delete()
        return True
    PressingArea.objects.update_or_create(response=response, position=position, defaults=change.values)
    return True
