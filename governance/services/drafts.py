"""Writing the parts of a draft one by one, each on the version the person saw.

A part has no counter of its own: its version is a number made from what stands there (selectors/parts.py).
All writes of a draft wait for each other on its row, so that a published one never changes in between.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.asking.condition_parts import with_code
from governance.asking.parts import columns_with, value_of
from governance.asking.problems import Problem, Refused, gettext_noop
from governance.enums import Scope
from governance.models import Question, QuestionnaireVersion, Section
from governance.selectors.definitions import head_of, title_is_free
from governance.selectors.parts import PartChange, canonical, last_write, part_version
from governance.services.questionnaires import AlreadyPublished
from mapping.services.records import keep_history


class StalePart(Exception):
    """Somebody else wrote this part since; carries the row as it stands, and who wrote it when."""

    def __init__(self, row: Any, name: str, last: Any) -> None:
        self.row = row
        self.name = name
        self.last = last
        super().__init__(name)


def lock_draft(pk: int) -> QuestionnaireVersion:
    """The draft, locked until the transaction ends. Raises AlreadyPublished."""
    rows = QuestionnaireVersion.objects.select_for_update(of=("self",)).select_related("questionnaire")
    version = rows.get(pk=pk)
    if not version.is_draft:
        raise AlreadyPublished
    return version


def version_id_of(row: QuestionnaireVersion | Section | Question) -> int:
    if isinstance(row, QuestionnaireVersion):
        return row.pk
    return row.version_id if isinstance(row, Section) else row.section.version_id


@transaction.atomic
def save_parts(
    *, row: QuestionnaireVersion | Section | Question, changes: list[PartChange], by: Any
) -> tuple[Any, list[StalePart], dict[str, Refused]]:
    """Write what was changed; what is stale or not accepted never keeps the others back.

    Returns the row now, and what was not written. Raises AlreadyPublished; DoesNotExist when it was removed.
    """
    lock_draft(version_id_of(row))
    current = type(row)._base_manager.get(pk=row.pk)
    stale: list[StalePart] = []
    problems: dict[str, Refused] = {}
    for change in changes:
        try:
            write_part(current, change=change, by=by)
        except StalePart as refusal:
            stale.append(refusal)
        except Refused as refusal:
            problems[change.name] = refusal
    return current, stale, problems


def write_part(row: Any, *, change: PartChange, by: Any) -> None:
    """Raises StalePart, Refused. Writing what stands there is no change and never a conflict."""
    name, stored = change.name, value_of(row, change.name)
    if canonical(stored, name=name) == canonical(change.value, name=name):
        return
    if part_version(stored, name=name) != change.seen:
        last = last_write(row, name=name)
        if last is None or last.by != by:  # nobody is in conflict with oneself
            raise StalePart(row, name, last)
    columns = columns_with(row, name, change.value)
    if isinstance(row, Question):
        columns = allowed(row, columns)
        columns |= {
            "version": row.version + 1,
            "field_versions": {**row.field_versions, name: row.version_of(name) + 1},
            "edited_at": timezone.now(),
            "edited_by_id": by.pk if by is not None else None,
        }
    elif isinstance(row, Section):
        columns |= {"row_version": row.row_version + 1}
    type(row)._base_manager.filter(pk=row.pk).update(**columns)
    for column, value in columns.items():
        setattr(row, column, value)
    keep_history(row, reason=name, by=by)


def allowed(row: Question, columns: dict[str, Any]) -> dict[str, Any]:
    """The columns, with what goes with them; refuses what two parts cannot say together."""
    after = {name: columns.get(name, getattr(row, name)) for name in ("is_core", "scope")}
    if after["is_core"] and after["scope"] != Scope.REGION:
        text = gettext_noop("Stakeholders are asked about the region only: change one of the two.")
        raise Refused(Problem(code="core_scope", text=text))
    if "code" in columns:
        rename(row, columns["code"])
    if "scope" in columns:
        Question.objects.filter(parent=row).update(scope=columns["scope"])
    return columns


def rename(row: Question, code: str) -> None:
    """Others that name the question follow. Raises Refused when the code is taken."""
    others = Question.objects.filter(section__version=row.section.version_id).exclude(pk=row.pk)
    if others.filter(code=code).exists():
        text = gettext_noop("Another question has the code “%(code)s”. Choose another one.")
        raise Refused(Problem(code="twice", text=text, params={"code": code}))
    for other in others:
        condition = with_code(other.condition, old=row.code, new=code)
        settings = dict(other.settings)
        if settings.get("after") == row.code:
            settings["after"] = code
        if (condition, settings) != (other.condition, other.settings):
            Question.objects.filter(pk=other.pk).update(
                condition=condition, settings=settings, version=other.version + 1
            )


@transaction.atomic
def save_head(
    *, version: QuestionnaireVersion, values: dict[str, str], seen: int, by: Any
) -> QuestionnaireVersion:
    """Title, language and note of a draft, written as one. Raises StalePart, AlreadyPublished.

    The title is the questionnaire's: it stays once a version of it is published.
    """
    current = lock_draft(version.pk)
    stands = head_of(current)
    if stands == values:
        return current
    if part_version(stands, name="head") != seen:
        raise StalePart(current, "head", None)
    current.language, current.note = values["language"], values["note"]
    current.save(update_fields=["language", "note"])
    if values["title"] != stands["title"] and title_is_free(current):
        current.questionnaire.title = values["title"]
        current.questionnaire.save(update_fields=["title"])
    return current
