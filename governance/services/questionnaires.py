"""Questionnaires come as packages (JSON). Publishing freezes a version; a changed package is a new one."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from cohes3ion.lib.fingerprints import fingerprint
from governance.enums import QuestionnaireState
from governance.models import Question, Questionnaire, QuestionnaireVersion, Section

PACKAGES = Path(__file__).resolve().parents[1] / "data" / "questionnaires"


def read_package(name: str) -> dict[str, Any]:
    """A shipped package, for example "stm"."""
    return dict(json.loads((PACKAGES / f"{name}.json").read_text(encoding="utf-8")))


@transaction.atomic
def publish_package(*, package: dict[str, Any]) -> QuestionnaireVersion:
    """The published version holding exactly this package; made when it does not exist yet."""
    digest = fingerprint(package)
    questionnaire, _created = Questionnaire.objects.get_or_create(
        key=package["key"], defaults={"title": package["title"]}
    )
    same = questionnaire.versions.filter(fingerprint=digest, state=QuestionnaireState.PUBLISHED).first()
    if same is not None:
        return same
    version = QuestionnaireVersion.objects.create(
        questionnaire=questionnaire,
        number=questionnaire.versions.count() + 1,
        fingerprint=digest,
        note=package.get("source_note", ""),
    )
    for position, section in enumerate(package["sections"], start=1):
        _add_section(version=version, position=position, section=section)
    version.state = QuestionnaireState.PUBLISHED
    version.published_at = timezone.now()
    version.save(update_fields=["state", "published_at"])
    return version


def _add_section(*, version: QuestionnaireVersion, position: int, section: dict[str, Any]) -> Section:
    row = Section.objects.create(
        version=version,
        code=section["code"],
        title=section["title"],
        description=section.get("description", ""),
        minutes=section.get("minutes", 5),
        position=position,
        translations=section.get("translations", {}),
    )
    Question.objects.bulk_create(
        Question(
            section=row,
            position=place,
            code=statement["code"],
            short=statement["short"],
            text=statement["text"],
            question=statement["question"],
            plain=statement.get("plain", ""),
            help=statement.get("help", ""),
            evidence_examples=statement.get("evidence_examples", []),
            rubric=statement["rubric"],
            scope=statement["scope"],
            is_core=statement["core"],
            translations=statement.get("translations", {}),
        )
        for place, statement in enumerate(section["statements"], start=1)
    )
    return row
