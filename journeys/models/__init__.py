from journeys.models.document import Brief, ChapterNarrative, Document, Export, SummarySentence

__all__ = ["Brief", "ChapterNarrative", "Document", "Export", "SummarySentence"]
