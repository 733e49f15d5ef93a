"""Questionnaires as JSON and as rows. Publishing freezes a version; a changed package is a new one.

The JSON form is described in governance/asking/definitions.py and docs/questionnaires.md.
"""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.fingerprints import fingerprint
from governance.asking.definitions import check_definition
from governance.asking.problems import Problem
from governance.asking.translating import head_translations
from governance.asking.unmet import unpublishable
from governance.enums import QuestionnaireState
from governance.models import Questionnaire, QuestionnaireVersion
from governance.selectors.definitions import version_to_dict
from governance.services.questionnaire_rows import (
    free_questionnaire_key,
    next_number,
    with_types,
    write_sections,
)

PACKAGES = Path(__file__).resolve().parents[1] / "data" / "questionnaires"
ANNEXES = ("enabling-condition", "ris3-wheel")


class NotPublishable(Exception):
    """What keeps a draft from being published, or a definition from being taken in."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(", ".join(f"{problem.path}: {problem.code}" for problem in problems))


class AlreadyPublished(Exception):
    """A published version never changes: copy it into a new draft."""


def read_package(name: str) -> dict[str, Any]:
    """A shipped package, for example "stm"."""
    return dict(json.loads((PACKAGES / f"{name}.json").read_text(encoding="utf-8")))


@transaction.atomic
def publish_package(*, package: dict[str, Any]) -> QuestionnaireVersion:
    """The published version holding exactly this package; made when it does not exist yet."""
    digest = fingerprint(package)
    questionnaire, _created = Questionnaire.objects.get_or_create(
        key=package["key"],
        defaults={"title": package["title"], "is_annex": bool(package.get("optional"))},
    )
    same = questionnaire.versions.filter(fingerprint=digest, state=QuestionnaireState.PUBLISHED).first()
    if same is not None:
        return same
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=next_number(questionnaire),
        fingerprint=digest,
        is_shipped=True,
        note=package.get("source_note", ""),
        language=package.get("language", "en"),
        translations=head_translations(package),
    )
    write_sections(version=version, definition=with_types(package))
    return freeze(version)


@transaction.atomic
def create_draft(
    *,
    project: Any,
    by: Any,
    title: str = "",
    made_from: QuestionnaireVersion | None = None,
    new_questionnaire: bool = False,
    language: str = "en",
) -> QuestionnaireVersion:
    """A draft: empty with a title, the next version of `made_from`, or a copy of it under a new name."""
    definition = (
        version_to_dict(made_from) if made_from else {"title": title, "sections": [], "language": language}
    )
    if made_from is not None and not new_questionnaire:
        questionnaire = made_from.questionnaire
    else:
        questionnaire = Questionnaire.objects.create(
            key=free_questionnaire_key(title or definition["title"]),
            title=title or definition["title"],
            is_annex=made_from.questionnaire.is_annex if made_from else True,
        )
    return add_draft(
        questionnaire=questionnaire, definition=definition, project=project, by=by, made_from=made_from
    )


def add_draft(
    *,
    questionnaire: Questionnaire,
    definition: dict[str, Any],
    project: Any,
    by: Any,
    made_from: QuestionnaireVersion | None = None,
) -> QuestionnaireVersion:
    # A translation of another title would say something else: a copy under a new name, a file for this one.
    same_title = definition.get("title", "").strip()[:200] in ("", questionnaire.title)
    # Two drafts begun at once get different numbers.
    Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=next_number(questionnaire),
        project=project,
        made_from=made_from,
        created_by=by,
        note=str(definition.get("note", ""))[:5000],
        language=definition.get("language") or "en",
        translations=head_translations(definition) if same_title else {},
    )
    write_sections(version=version, definition=definition)
    return version


@transaction.atomic
def draft_from_dict(
    *, definition: dict[str, Any], project: Any, by: Any, questionnaire: Questionnaire | None = None
) -> QuestionnaireVersion:
    """A draft from its JSON form, under a new key or as the next version of `questionnaire`.

    Raises NotPublishable with everything that is wrong; then nothing is written.
    """
    problems = check_definition(definition)
    if problems:
        raise NotPublishable(problems)
    title = str(definition.get("title", "")).strip()[:200] or "Questionnaire"
    if questionnaire is None:
        questionnaire = Questionnaire.objects.create(
            key=free_questionnaire_key(str(definition.get("key") or title)), title=title, is_annex=True
        )
    return add_draft(questionnaire=questionnaire, definition=with_types(definition), project=project, by=by)


@transaction.atomic
def publish_version(*, version: QuestionnaireVersion) -> QuestionnaireVersion:
    """Freeze a draft. Raises NotPublishable, AlreadyPublished."""
    current = QuestionnaireVersion.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if not current.is_draft:
        raise AlreadyPublished
    definition = version_to_dict(current)
    problems = unpublishable(definition)
    if problems:
        raise NotPublishable(problems)
    current.fingerprint = fingerprint(definition)
    return freeze(current)


def freeze(version: QuestionnaireVersion) -> QuestionnaireVersion:
    version.state = QuestionnaireState.PUBLISHED
    version.published_at = timezone.now()
    version.save(update_fields=["state", "published_at", "fingerprint"])
    return version
