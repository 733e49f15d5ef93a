from journeys.models.document import Brief, ChapterNarrative, Document, Export, SummarySentence
from journeys.models.event import AgendaItem, Event, Material, Registration
from journeys.models.journey import Journey, Takeaway, Visit, VisitQuestion
from journeys.models.plan import Action, ActionIndicator, ActionPlan, IndicatorReading, Milestone
from journeys.models.practice import Practice, PracticeUse
from journeys.models.report import ProjectTarget, SeenTour

__all__ = [
    "Action",
    "ActionIndicator",
    "ActionPlan",
    "AgendaItem",
    "Brief",
    "ChapterNarrative",
    "Document",
    "Event",
    "Export",
    "IndicatorReading",
    "Journey",
    "Material",
    "Milestone",
    "Practice",
    "PracticeUse",
    "ProjectTarget",
    "Registration",
    "SeenTour",
    "SummarySentence",
    "Takeaway",
    "Visit",
    "VisitQuestion",
]
