"""Two people wrote the same part of a draft: both texts, and what each choice sends."""

from typing import Any

from django.urls import reverse

from governance.forms.parts import PartForm, said
from governance.selectors.parts import flat_part
from governance.selectors.translations import row_kind

JOINED = ("area", "lines")


def part_conflict(stale: Any, *, form: PartForm) -> dict[str, Any]:
    """What the page shows: who wrote what and when, mine, and the inputs that would send mine again."""
    part = next(one for one in form.parts if one.name == stale.name)
    mine = form.flat(part)
    theirs = flat_part(stale.row, part=part, questions=dict(form.questions))
    version = form.version
    place = [version.project.slug, version.pk, row_kind(stale.row), stale.row.pk]
    names = {key: f"{part.name}.{key}" if key else part.name for key in mine}
    return {
        "key": part.name.replace(".", "-"),
        "name": part.name,
        "label": form.show(part).label,
        "action": reverse("governance:row_save", args=place),
        "version": form.version_now(part),
        "theirs": said(part, theirs),
        "mine": said(part, mine),
        "by": stale.last.by if stale.last else None,
        "at": stale.last.at if stale.last else None,
        "fields": [{"name": names[key], "value": text} for key, text in mine.items()],
        "can_join": part.shape in JOINED,
    }


def with_choice(data: Any, *, row: Any) -> Any:
    """The data after a choice between two texts; "both" puts them one below the other."""
    name = data.get("field", "")
    if data.get("choice") != "both" or name not in data:
        return data
    found = data.copy()
    stored = getattr(row, name, "")
    stored = "\n".join(stored) if isinstance(stored, list) else str(stored)
    found[name] = f"{stored}\n\n{data[name]}".strip()
    return found
