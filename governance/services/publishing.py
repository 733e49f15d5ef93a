"""Publishing a draft as it was seen, and asking it in rounds at the same moment."""

from typing import Any

from django.db import transaction

from governance.models import CarryOver, QuestionnaireVersion
from governance.selectors.definitions import version_to_dict
from governance.selectors.parts import part_version
from governance.selectors.rounds import forms_of, version_of
from governance.services.carrying import attach_version
from governance.services.drafts import lock_draft
from governance.services.questionnaires import publish_version
from governance.services.rounds import QuestionnaireInUse
from mapping.models import Exercise


class DraftChanged(Exception):
    """Somebody changed the draft since the page was shown."""


def draft_version(version: QuestionnaireVersion) -> int:
    """What a confirmation was based on: a number made from everything the draft says."""
    return part_version(version_to_dict(version), name="draft")


@transaction.atomic
def publish_draft(
    *, version: QuestionnaireVersion, seen: int, exercises: list[Exercise], by: Any
) -> list[CarryOver]:
    """Freeze the draft and ask it in these rounds.

    Raises DraftChanged, AlreadyPublished, NotPublishable, QuestionnaireInUse; then nothing is done.
    """
    lock_draft(version.pk)
    if draft_version(version) != seen:
        raise DraftChanged
    published = publish_version(version=version)
    return [row for exercise in exercises for row in ask_version(version=published, exercise=exercise, by=by)]


@transaction.atomic
def ask_version(*, version: QuestionnaireVersion, exercise: Exercise, by: Any) -> list[CarryOver]:
    """Ask a published version in a round, instead of earlier ones. Raises NotPublished.

    A round has one assessment: QuestionnaireInUse when forms stand on another one.
    """
    locked = Exercise.objects.select_for_update().get(pk=exercise.pk)
    other = None if version.questionnaire.is_annex else version_of(exercise=locked)
    if other is not None and other.questionnaire_id != version.questionnaire_id:
        if forms_of(exercise=locked).exists():
            raise QuestionnaireInUse
        other.exercises.remove(locked)
    return attach_version(version=version, exercise=exercise, by=by)
