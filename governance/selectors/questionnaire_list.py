"""The questionnaires of a partnership as its coordinators see them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q

from governance.enums import QuestionnaireState
from governance.models import Questionnaire, QuestionnaireVersion
from mapping.models import Exercise, Project


@dataclass(frozen=True, kw_only=True)
class QuestionnaireLine:
    """A questionnaire with its versions, newest first."""

    questionnaire: Questionnaire
    versions: list[Any]

    @property
    def newest(self) -> Any:
        return self.versions[0]


@dataclass(frozen=True, kw_only=True)
class ListPage:
    project: Project
    own: list[QuestionnaireLine]
    shipped: list[QuestionnaireLine]


def versions_of(*, project: Project, user: Any) -> Any:
    """Versions that coordinators of this partnership may read: their own, and what is shipped."""
    shipped = Q(is_shipped=True, state=QuestionnaireState.PUBLISHED)
    return QuestionnaireVersion.objects.visible_to(user).filter(Q(project=project) | shipped)


def find_version(*, pk: int, project: Project, user: Any) -> QuestionnaireVersion | None:
    rows = versions_of(project=project, user=user).select_related("questionnaire", "made_from", "created_by")
    return rows.filter(pk=pk).first()


def list_page(*, project: Project, user: Any) -> ListPage:
    """Two queries for any number of questionnaires."""
    used = Prefetch("exercises", queryset=Exercise.objects.filter(project=project), to_attr="used_in")
    asked = Q(sections__questions__parent=None) & ~Q(sections__questions__type="note")
    rows = (
        versions_of(project=project, user=user)
        .select_related("questionnaire", "created_by")
        .prefetch_related(used)
        .annotate(question_count=Count("sections__questions", filter=asked, distinct=True))
        .order_by("questionnaire__title", "questionnaire_id", "-number")
    )
    lines: dict[int, QuestionnaireLine] = {}
    for row in rows:
        line = lines.setdefault(
            row.questionnaire_id, QuestionnaireLine(questionnaire=row.questionnaire, versions=[])
        )
        line.versions.append(row)
    found = list(lines.values())
    return ListPage(
        project=project,
        own=[line for line in found if any(row.project_id for row in line.versions)],
        shipped=[line for line in found if not any(row.project_id for row in line.versions)],
    )
