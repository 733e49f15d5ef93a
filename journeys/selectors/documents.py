"""Documents as their pages show them."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from journeys.enums import Chapter
from journeys.models import ChapterNarrative, Document
from journeys.selectors.maps import region_cover
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
    return DocumentWorkspace(
        exercise=exercise,
        region=region,
        regions=list(Region.objects.filter(maps__exercise=exercise)),
        chapters=[_chapter_line(chapter, written.get(chapter)) for chapter in NARRATED],
        documents=_newest(Document.objects.filter(exercise=exercise, region=region).defer("content")),
        may_edit=user.has_perm("journeys.edit_narrative", exercise),
        may_render=user.has_perm("journeys.render_document", exercise),
    )


def _newest(documents: Any) -> list[Document]:
    """The newest, and the public one however old it is: here it is withdrawn."""
    newest = list(documents.order_by("-pk")[:10])
    known = [row.pk for row in newest]
    return newest + list(documents.exclude(published_at=None).exclude(pk__in=known))


def _chapter_line(chapter: Chapter, row: ChapterNarrative | None) -> ChapterLine:
    return ChapterLine(
        key=chapter.value,
        name=str(chapter.label),
        text=row.text if row else "",
        version=row.version_of("text") if row else 1,
    )


@dataclass(frozen=True, kw_only=True)
class PublishedDocuments:
    """Public documents: those of whole exercises, and those of regions with the region's outline."""

    of_exercises: list[Document]
    of_regions: list[tuple[Document, SafeString]]


def published_documents() -> PublishedDocuments:
    """In the order of their names. One query."""
    rows = Document.objects.published().select_related("exercise__project", "region").defer("content")
    documents = sorted(rows, key=lambda row: (row.exercise.name, str(row.region or "")))
    return PublishedDocuments(
        of_exercises=[row for row in documents if row.region is None],
        of_regions=[(row, _outline(row.region)) for row in documents if row.region is not None],
    )


def _outline(region: Region) -> SafeString:
    # Drawn by our own chart module, which escapes every text.
    return mark_safe(region_cover(slug=region.slug, codes=region.nuts_codes))
