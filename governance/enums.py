"""The words of governance, answers and analyses, as stored."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Depth(models.IntegerChoices):
    INFORMATION = 1, _("Information")
    CONSULTATION = 2, _("Consultation")
    COORDINATION = 3, _("Coordination")
    CO_DECISION = 4, _("Co-decision")
    JOINT_DELIVERY = 5, _("Joint delivery")


class MandateRole(models.TextChoices):
    DECIDES = "decides", _("Decides")
    ADVISES = "advises", _("Advises")
    CARRIES_OUT = "carries_out", _("Carries out")


class QuestionnaireState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")


class Scope(models.TextChoices):
    REGION = "region", _("The region as a whole")
    UNIT = "unit", _("One territorial unit")


class Group(models.TextChoices):
    TEAM = "team", _("Regional team")
    UNIT = "unit", _("Territorial units")
    STAKEHOLDER = "stakeholder", _("Stakeholders")


class ResponseState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")


class ReviewAction(models.TextChoices):
    SENT = "sent", _("Sent")
    RETURNED = "returned", _("Returned")
    APPROVED = "approved", _("Approved")
    REOPENED = "reopened", _("Reopened after the approval")


class Level(models.IntegerChoices):
    NOT_IN_PLACE = 1, _("Not in place")
    STARTING = 2, _("Starting")
    PARTLY = 3, _("Partly in place")
    LARGELY = 4, _("Largely in place")
    ESTABLISHED = 5, _("Established")


class Importance(models.IntegerChoices):
    NOT = 1, _("Not important")
    SLIGHTLY = 2, _("Slightly important")
    FAIRLY = 3, _("Fairly important")
    VERY = 4, _("Very important")
    ESSENTIAL = 5, _("Essential")


class Confidence(models.TextChoices):
    ESTIMATE = "estimate", _("Estimate")
    FAIRLY_SURE = "fairly_sure", _("Fairly sure")
    SURE = "sure", _("Sure")


class Dimension(models.TextChoices):
    E1 = "E1", _("Smart priorities")
    E2 = "E2", _("Roles")
    E3 = "E3", _("Dialogue between levels")
    E4 = "E4", _("Actors and discovery")
    E5 = "E5", _("Support services and clusters")
    E6 = "E6", _("Policy mix and funding")
    E7 = "E7", _("Monitoring and learning")
    E8 = "E8", _("Citizens and transitions")


class AnalysisKind(models.TextChoices):
    GAPS = "gaps", _("Gap analysis")
    SYNERGIES = "synergies", _("Synergy analysis")
    EVIDENCE = "evidence", _("Evidence from statistics")


class CommentEvent(models.TextChoices):
    SETTLED = "settled", _("Settled")
    REOPENED = "reopened", _("Reopened")


class MapPart(models.TextChoices):
    """What of a map can be given to somebody."""

    LEVELS = "levels", _("Territorial levels and strategies")
    CAPABILITIES = "capabilities", _("Specialisation capabilities")
    ACTORS = "actors", _("Innovation actors and services")
    SPACES = "spaces", _("Governance spaces")
    SYNTHESIS = "synthesis", _("Strengths, areas of improvement, conclusions")


class WorkStep(models.TextChoices):
    """What happened to an assignment."""

    GIVEN = "given", _("Assigned")
    DUE = "due", _("Date changed")
    DONE = "done", _("Done")
    REOPENED = "reopened", _("Reopened")
    TAKEN = "taken", _("Taken back")


class Audience(models.TextChoices):
    TEAM = "team", _("The regional team and who guides the method")
    WIDE = "wide", _("Others too: units, stakeholders, guests")


class DecisionState(models.TextChoices):
    SETTLED = "settled", _("Settled")
    PARKED = "parked", _("Parked")
    OPEN = "open", _("Open")


class Verdict(models.TextChoices):
    """What the team did with a comment of the consultation."""

    ACCEPTED = "accepted", _("Accepted")
    PARTLY = "partly", _("Partly accepted")
    NOT = "not", _("Not accepted")


class FileKind(models.TextChoices):
    ANSWERS = "answers", _("Answers")
    BLANK = "blank", _("Form to fill in on paper")
    FILLED = "filled", _("Form with the answers")


class FileForm(models.TextChoices):
    XLSX = "xlsx", _("Workbook (XLSX)")
    CSV = "csv", _("CSV tables in a ZIP")
    JSON = "json", _("JSON")
    PDF = "pdf", _("PDF")


class StatisticsStep(models.TextChoices):
    CHECK = "check", _("Look at the file")
    IMPORT = "import", _("Import")


class ReminderState(models.TextChoices):
    WAITING = "waiting", _("Scheduled")
    POSTED = "posted", _("Handed to the outbox")
    DONE = "done", _("Not needed any more")
    DECLINED = "declined", _("Not sent: no reminders wanted")
    CANCELLED = "cancelled", _("Cancelled")
