from journeys.models.document import ChapterNarrative, Document, Export, SummarySentence

__all__ = ["ChapterNarrative", "Document", "Export", "SummarySentence"]
