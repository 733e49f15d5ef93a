from journeys.models.document import Brief, ChapterNarrative, Document, Export, SummarySentence
from journeys.models.event import AgendaItem, CalendarLink, Event, Material, Registration
from journeys.models.journey import Journey, Takeaway, Visit, VisitQuestion
from journeys.models.match import Introduction, Match, MeetingCount, Message, Post
from journeys.models.news import Article, ArticleText, Delivery, Newsletter, NewsletterItem, Subscriber
from journeys.models.plan import (
    Action,
    ActionIndicator,
    ActionPlan,
    IndicatorReading,
    Milestone,
    PlanPrint,
)
from journeys.models.practice import Practice, PracticeUse
from journeys.models.report import ProjectTarget, SeenTour

__all__ = [
    "Action",
    "ActionIndicator",
    "ActionPlan",
    "AgendaItem",
    "Article",
    "ArticleText",
    "Brief",
    "CalendarLink",
    "ChapterNarrative",
    "Delivery",
    "Document",
    "Event",
    "Export",
    "IndicatorReading",
    "Introduction",
    "Journey",
    "Match",
    "Material",
    "MeetingCount",
    "Message",
    "Milestone",
    "Newsletter",
    "NewsletterItem",
    "PlanPrint",
    "Post",
    "Practice",
    "PracticeUse",
    "ProjectTarget",
    "Registration",
    "SeenTour",
    "Subscriber",
    "SummarySentence",
    "Takeaway",
    "Visit",
    "VisitQuestion",
]
