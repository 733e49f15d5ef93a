"""A questionnaire that came as a file, as its coordinator looks at it before it is taken in."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from governance.asking.base import QuestionType
from governance.asking.definitions import questions_of
from governance.asking.registry import TYPES
from governance.models import Questionnaire, QuestionnaireUpload
from mapping.models import Project


@dataclass(frozen=True, kw_only=True)
class UploadedQuestion:
    code: str
    short: str
    kind: QuestionType
    children: int


@dataclass(frozen=True, kw_only=True)
class UploadedSection:
    title: str
    questions: list[UploadedQuestion]


@dataclass(frozen=True, kw_only=True)
class DifferenceLine:
    """What could not be kept: sheet and row, whether it is left out or changed, and why.

    A remark changes nothing: the converter says it of the form.
    """

    sheet: str
    row: int | None
    is_left_out: bool
    is_remark: bool
    text: str


@dataclass(frozen=True, kw_only=True)
class UploadPage:
    project: Project
    upload: QuestionnaireUpload
    title: str
    sections: list[UploadedSection]
    differences: list[DifferenceLine]
    # Questionnaires of the partnership it may be the next version of.
    own: list[Questionnaire]

    @property
    def questions(self) -> int:
        return sum(len(section.questions) for section in self.sections)

    @property
    def left_out(self) -> int:
        return sum(line.is_left_out for line in self.differences)

    @property
    def differing(self) -> int:
        return sum(not line.is_remark for line in self.differences)


def own_questionnaires(*, project: Project) -> QuerySet[Questionnaire]:
    return Questionnaire.objects.filter(versions__project=project).distinct().order_by("title")


def find_upload(*, project: Project, pk: int) -> QuestionnaireUpload | None:
    return QuestionnaireUpload.objects.filter(project=project, pk=pk).select_related("project").first()


def upload_page(*, upload: QuestionnaireUpload, project: Project) -> UploadPage:
    definition = upload.definition
    return UploadPage(
        project=project,
        upload=upload,
        title=str(definition.get("title", "")) or upload.file_name,
        sections=[
            UploadedSection(title=section["title"], questions=[told(row) for row in questions_of(section)])
            for section in definition["sections"]
        ],
        differences=[difference(row) for row in upload.differences],
        own=list(own_questionnaires(project=project)),
    )


def told(row: dict[str, Any]) -> UploadedQuestion:
    return UploadedQuestion(
        code=row["code"],
        short=row["short"],
        kind=TYPES[row.get("type", "scale")],
        children=len(row.get("questions", [])),
    )


def difference(row: dict[str, Any]) -> DifferenceLine:
    text = _(row["text"]) % {"name": row["name"], **row["params"]}
    return DifferenceLine(
        sheet=row["sheet"],
        row=row["row"],
        is_left_out=row["kind"] == "left_out",
        is_remark=row["kind"] == "remark",
        text=text,
    )
