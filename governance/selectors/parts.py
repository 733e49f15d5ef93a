"""What stands at each part of a draft: its version, who wrote it last, what a condition may name."""

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from cohes3ion.lib.versions import text_version
from governance.asking.base import Reader
from governance.asking.parts import Part, value_of
from governance.asking.shape_values import Around, Asked
from governance.asking.shapes import flat_of
from governance.models import Question, QuestionnaireVersion, Section

# A note and a file have no value to compare; cells and entries have none of their own.
NOT_COMPARED = ("note", "file", "matrix", "group")


@dataclass(frozen=True, kw_only=True)
class LastWrite:
    by: Any
    at: dt.datetime


@dataclass(frozen=True, kw_only=True)
class PartChange:
    """`seen`: the version of the part that the person saw."""

    name: str
    value: Any
    seen: int


def canonical(value: Any, *, name: str) -> Any:
    """Nothing in one form only. "No other answer at all" (an empty list of kinds) is something."""
    return None if value in ("", {}) or (value == [] and not name.endswith(".kinds")) else value


def part_version(value: Any, *, name: str) -> int:
    """The version of a part: a number made from what stands there, so that nobody overwrites unseen."""
    return text_version(json.dumps(canonical(value, name=name), sort_keys=True, ensure_ascii=False))


def last_write(row: Any, *, name: str) -> LastWrite | None:
    """Who wrote this part last, where the row keeps a history."""
    if not hasattr(type(row), "history"):
        return None
    rows = type(row).history.filter(id=row.pk, history_change_reason=name).select_related("history_user")
    last = rows.order_by("-history_date", "-history_id").first()
    return LastWrite(by=last.history_user, at=last.history_date) if last is not None else None


def questions_asked(version: QuestionnaireVersion, *, but: Question | None = None) -> dict[str, Asked]:
    """What a condition of this question may name: the others at the top, in a group also its neighbours."""
    rows = Question.objects.filter(section__version=version).exclude(type__in=NOT_COMPARED)
    group = but.parent_id if but is not None else None
    found = {}
    for row in rows.order_by("section__position", "position"):
        if (row.parent_id is None or row.parent_id == group) and (but is None or row.pk != but.pk):
            labels = {o["code"]: o["label"] for o in row.settings.get("choices", []) if "code" in o}
            found[row.code] = Asked(code=row.code, short=row.short, type=row.type, labels=labels)
    return found


def around_part(row: Any, *, part: Part, questions: dict[str, Asked]) -> Around:
    wanted = {
        name: asked for name, asked in questions.items() if part.shape != "question" or asked.type == "date"
    }
    reader = Reader(language=get_language() or "en")
    return Around(reader=reader, before=value_of(row, part.name), questions=wanted)


def flat_part(row: Any, *, part: Part, questions: dict[str, Asked]) -> dict[str, str]:
    """What stands at a part, as the form shows it."""
    return flat_of(part, around_part(row, part=part, questions=questions))


def siblings(*, section: Any, parent: Any) -> Any:
    return Question.objects.filter(section=section, parent=parent).order_by("position", "pk")


def row_siblings(row: Section | Question) -> Any:
    """The rows in whose order it stands."""
    if isinstance(row, Section):
        return Section.objects.filter(version=row.version_id).order_by("position", "pk")
    return siblings(section=row.section_id, parent=row.parent_id)


def whole_version(row: Section | Question) -> int:
    """What a button for removing was based on: the row with everything in it. One query."""
    if isinstance(row, Section):
        inside, own = Question.objects.filter(section=row), row.row_version
    else:
        inside, own = Question.objects.filter(parent=row), row.version
    rows = inside.order_by("pk").values_list("pk", "version")
    return text_version(str(own), *(f"{pk} {version}" for pk, version in rows))
