from governance.models.analysis import Analysis, Finding, KeptPart, RegionResult
from governance.models.assignment import Assignment, AssignmentStep
from governance.models.consultation import Adoption, CommentReply, Consultation, ConsultationComment
from governance.models.edition import MapEdition
from governance.models.invitation import PersonalLink
from governance.models.presence import Presence
from governance.models.questionnaire import (
    Question,
    Questionnaire,
    QuestionnaireUpload,
    QuestionnaireVersion,
    Section,
)
from governance.models.reminder import Reminder, ReminderRule, ReminderStop
from governance.models.response import (
    Answer,
    AnswerRevision,
    CarryOver,
    Evidence,
    GroupEntry,
    PressingArea,
    Response,
)
from governance.models.review import ReviewStep
from governance.models.score import GovernanceScore, Target
from governance.models.space import GovernanceSpace, Mandate, Opportunity
from governance.models.statistics_import import StatisticsImport
from governance.models.synthesis import AreaOfImprovement, Challenge, StrengthItem
from governance.models.thread import Comment, Mention, Thread
from governance.models.threshold import ThresholdChange
from governance.models.transfer import AnswerImport, OrderedFile
from governance.models.workshop import Workshop, WorkshopDecision, WorkshopPicture

__all__ = [
    "Adoption",
    "Analysis",
    "Answer",
    "AnswerImport",
    "AnswerRevision",
    "AreaOfImprovement",
    "Assignment",
    "AssignmentStep",
    "CarryOver",
    "Challenge",
    "Comment",
    "CommentReply",
    "Consultation",
    "ConsultationComment",
    "Evidence",
    "Finding",
    "GovernanceScore",
    "GovernanceSpace",
    "GroupEntry",
    "KeptPart",
    "Mandate",
    "MapEdition",
    "Mention",
    "Opportunity",
    "OrderedFile",
    "PersonalLink",
    "Presence",
    "PressingArea",
    "Question",
    "Questionnaire",
    "QuestionnaireUpload",
    "QuestionnaireVersion",
    "RegionResult",
    "Reminder",
    "ReminderRule",
    "ReminderStop",
    "Response",
    "ReviewStep",
    "Section",
    "StatisticsImport",
    "StrengthItem",
    "Target",
    "Thread",
    "ThresholdChange",
    "Workshop",
    "WorkshopDecision",
    "WorkshopPicture",
]
