"""The whole map of a region opened for two people, and every version of it that the database keeps."""

from typing import Any

from governance.models import AreaOfImprovement, Response, StrengthItem
from governance.selectors.changes import fields_in
from governance.selectors.responses import steps_of
from governance.selectors.revisions import raw_value
from governance.services.maps import reopen_map
from mapping.models import Capability

KEPT = {"strength": StrengthItem, "area": AreaOfImprovement}


def open_map(response: int) -> dict[str, Any]:
    """The map of a form, reopened: its statements in order, a row of its matrix, a strength and an area."""
    form = Response.objects.get(pk=response)
    region_map = form.region_map
    if region_map.state in ("adopted", "published"):
        reopen_map(region_map=region_map, expected=region_map.version, by=None)
    about = {"region_map": region_map}
    return {
        "map": region_map.pk,
        "statements": [step.address for step in steps_of(response=form)],
        "capability": Capability.objects.filter(**about).order_by("pk")[0].pk,
        "strength": StrengthItem.objects.filter(**about).order_by("pk")[0].pk,
        "area": AreaOfImprovement.objects.filter(**about).order_by("pk")[0].pk,
    }


def versions_of_map(response: int) -> list[list[str]]:
    """Every field of every version: the address it was sent to, its name, what stood there."""
    form = Response.objects.get(pk=response)
    found = []
    for answer in form.answers.select_related("question").prefetch_related("revisions"):
        unit = f"{answer.about_unit_id}/" if answer.about_unit_id else ""
        address = f"/workspace/responses/{form.pk}/{answer.question.code}/{unit}save/"
        for row in answer.revisions.all():
            found += [[address, field, raw_value(row.values, field=field)] for field in fields_in(row)]
    for row in Capability.history.filter(region_map=form.region_map_id):
        address = f"/workspace/capability/{row.id}"
        found.append([f"{address}/strength/", "strength", str(row.strength or row.strength_answer)])
        found.append([f"{address}/role/", "role", row.role])
    base = f"/workspace/maps/{form.region_map_id}/synthesis"
    for kind, model in KEPT.items():
        for row in model.history.filter(region_map=form.region_map_id):
            found.append([f"{base}/{kind}/{row.id}/", "text", row.text])
    return found
