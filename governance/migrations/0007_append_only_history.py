"""Nobody rewrites what was answered and concluded: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = (
    *("HistoricalAreaOfImprovement", "HistoricalChallenge", "HistoricalStrengthItem", "HistoricalTarget"),
    *("HistoricalGovernanceSpace", "HistoricalOpportunity", "HistoricalSection", "HistoricalQuestion"),
)


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_presence_and_threads"), ("lib", "0002_history_gate")]
    operations = [
        guard_history(
            "governance", ("AnswerRevision", "by"), *((name, "history_user") for name in KEPT)
        )
    ]
