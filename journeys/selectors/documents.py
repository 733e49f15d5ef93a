"""Documents as their pages show them."""

from dataclasses import dataclass
from typing import Any

from journeys.enums import Chapter
from journeys.models import ChapterNarrative, Document
from mapping.models import Exercise, Region

NARRATED = [chapter for chapter in Chapter if chapter != Chapter.ANNEX]


@dataclass(frozen=True, kw_only=True)
class ChapterLine:
    key: str
    name: str
    text: str
    version: int


@dataclass(frozen=True, kw_only=True)
class DocumentWorkspace:
    """Where the coordinator writes, renders and publishes a document."""

    exercise: Exercise
    region: Region | None
    regions: list[Region]
    chapters: list[ChapterLine]
    documents: list[Document]
    may_edit: bool
    may_render: bool


def document_workspace(*, exercise: Exercise, region: Region | None, user: Any) -> DocumentWorkspace:
    rows = ChapterNarrative.objects.filter(exercise=exercise, region=region)
    written = {row.chapter: row for row in rows}
    documents = Document.objects.filter(exercise=exercise, region=region).defer("content")
    return DocumentWorkspace(
        exercise=exercise,
        region=region,
        regions=list(Region.objects.filter(maps__exercise=exercise)),
        chapters=[_chapter_line(chapter, written.get(chapter)) for chapter in NARRATED],
        documents=list(documents.order_by("-pk")[:10]),
        may_edit=user.has_perm("journeys.edit_narrative", exercise),
        may_render=user.has_perm("journeys.render_document", exercise),
    )


def _chapter_line(chapter: Chapter, row: ChapterNarrative | None) -> ChapterLine:
    return ChapterLine(
        key=chapter.value,
        name=str(chapter.label),
        text=row.text if row else "",
        version=row.version_of("text") if row else 1,
    )


def published_documents() -> list[Document]:
    """Public documents, the whole exercises first. One query."""
    rows = Document.objects.published().select_related("exercise__project", "region").defer("content")
    return sorted(rows, key=lambda row: (row.exercise.name, row.region is not None, str(row.region or "")))
