"""Nobody rewrites what was answered and concluded: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = (
    *("HistoricalAreaOfImprovement", "HistoricalChallenge", "HistoricalStrengthItem", "HistoricalTarget"),
    *("HistoricalGovernanceSpace", "HistoricalOpportunity", "HistoricalSection", "HistoricalQuestion"),
    *("HistoricalQuestionnaireVersion", "HistoricalWorkshopDecision"),
)
STEPS = ("Adoption", "AnswerRevision", "AssignmentStep", "CommentReply", "ReviewStep")


class Migration(migrations.Migration):
    replaces = [("governance", "0007_append_only_history")]
    dependencies = [("governance", "0001_tables"), ("lib", "0001_tables")]
    operations = [
        guard_history(
            "governance", *((name, "by") for name in STEPS), *((name, "history_user") for name in KEPT)
        )
    ]
