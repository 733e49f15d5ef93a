"""The words of what is published."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Chapter(models.TextChoices):
    """Chapters of the Policy Learning Document, in its order."""

    INTRODUCTION = "introduction", _("Introduction")
    BACKGROUND = "background", _("Background and aim of the mapping")
    METHOD = "method", _("Steps of the mapping")
    MAPPING = "mapping", _("Results of the mapping")
    ASSESSMENT = "assessment", _("Results of the assessment")
    CHALLENGES = "challenges", _("Areas of improvement by challenge")
    SUMMARY = "summary", _("Summary")
    ANNEX = "annex", _("Annex")


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", _("Workbook (XLSX)")
    CSV = "csv", _("Tables (CSV in a ZIP)")


class PracticeState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for the coordinator")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ImplementationLevel(models.TextChoices):
    NATIONAL = "national", _("National")
    REGIONAL = "regional", _("Regional")
    LOCAL = "local", _("Local")


class Theme(models.TextChoices):
    """The three focus areas of territorial smart specialisation, in our words."""

    STRATEGY = "strategy", _("Making and evaluating the strategy")
    SUPPORT = "support", _("Coordinating innovation support")
    ALIGNMENT = "alignment", _("Aligning territorial levels")


class UseState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    STARTED = "started", _("Under way")
    DONE = "done", _("In place")
    DROPPED = "dropped", _("Given up")


class EventKind(models.TextChoices):
    VISIT = "visit", _("Visit")
    WEBINAR = "webinar", _("Webinar")
    MEETING = "meeting", _("Meeting")
    STAKEHOLDERS = "stakeholders", _("Stakeholder group")
    CONFERENCE = "conference", _("Conference")


class EventState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    ANNOUNCED = "announced", _("Announced")
    CANCELLED = "cancelled", _("Cancelled")


class Mode(models.TextChoices):
    ON_SITE = "on_site", _("On site")
    ONLINE = "online", _("Online")
    HYBRID = "hybrid", _("On site and online")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody")
    MEMBERS = "members", _("The partnership")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("Registered")
    WAITING = "waiting", _("On the waiting list")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class ActionState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    STARTED = "started", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Given up")


class ProjectIndicator(models.TextChoices):
    """What a project reports to its programme."""

    MAPS = "maps", _("Territorial maps")
    PRACTICES = "practices", _("Good practices")
    EVENTS = "events", _("Policy-learning events")
    PEOPLE = "people", _("People reached")
    PLANS = "plans", _("Action plans")
    INSTRUMENTS = "instruments", _("Policy instruments improved")


class PostKind(models.TextChoices):
    NEED = "need", _("Need")
    OFFER = "offer", _("Offer")


class PostState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for a check")
    RETURNED = "returned", _("Returned")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Maturity(models.TextChoices):
    IDEA = "idea", _("Idea")
    PROTOTYPE = "prototype", _("Prototype")
    TESTED = "tested", _("Tested in practice")
    MARKET = "market", _("On the market")


class Reach(models.TextChoices):
    """How far away the other side may be."""

    REGION = "region", _("Own region")
    COUNTRY = "country", _("Own country")
    EUROPE = "europe", _("All regions")


class Interest(models.TextChoices):
    OPEN = "open", _("Not said yet")
    YES = "yes", _("Interested")
    NO = "no", _("Not for us")


class MeetingResult(models.TextChoices):
    NOTHING = "nothing", _("Nothing yet")
    TALKING = "talking", _("We are talking")
    PROJECT = "project", _("A project together")
    BUSINESS = "business", _("A contract or purchase")
    OTHER = "other", _("Something else")


class SubscriberState(models.TextChoices):
    ASKED = "asked", _("Asked, not confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    STOPPED = "stopped", _("Ended")


class ItemKind(models.TextChoices):
    """What a newsletter is made of."""

    ARTICLE = "article", _("News")
    EVENT = "event", _("Event")
    PRACTICE = "practice", _("Good practice")
    JOURNEY = "journey", _("Learning journey")
    DOCUMENT = "document", _("Document")
    OWN = "own", _("Own words")


class SearchKind(models.TextChoices):
    """What can be found, in the order in which it is listed. Sources name it (selectors/searchable.py)."""

    REGION = "region", _("Regions")
    PRACTICE = "practice", _("Good practices")
    ARTICLE = "article", _("News")
    EVENT = "event", _("Events")
    JOURNEY = "journey", _("Learning journeys")
    VISIT = "visit", _("Visits")
    TAKEAWAY = "takeaway", _("Takeaways")
    MATERIAL = "material", _("Materials")
    POST = "post", _("Needs and offers")
    PLAN = "plan", _("Action plans")
    ACTION = "action", _("Actions")
    DOCUMENT = "document", _("Documents")
    NEWSLETTER = "newsletter", _("Newsletters")
    UNIT = "unit", _("Territorial units")
    PRIORITY = "priority", _("Regional priorities")
    CAPABILITY = "capability", _("Capabilities")
    STRATEGY = "strategy", _("Strategies")
    ACTOR = "actor", _("Actors")
    SPACE = "space", _("Governance spaces")
    STRENGTH = "strength", _("Strengths")
    AREA = "area", _("Areas of improvement")
    CHALLENGE = "challenge", _("Shared challenges")
    OPPORTUNITY = "opportunity", _("Opportunities for cooperation")
    METHOD = "method", _("Methods")
