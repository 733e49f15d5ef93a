"""Nobody rewrites the history of what partners shared: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = (
    "HistoricalAction",
    "HistoricalActionIndicator",
    "HistoricalActionPlan",
    "HistoricalEvent",
    "HistoricalIndicatorReading",
    "HistoricalJourney",
    "HistoricalMilestone",
    "HistoricalPractice",
    "HistoricalPracticeUse",
    "HistoricalProjectTarget",
    "HistoricalTakeaway",
    "HistoricalVisit",
    "HistoricalVisitQuestion",
)


class Migration(migrations.Migration):
    dependencies = [("journeys", "0004_exchange")]
    operations = [guard_history("journeys", *((name, "history_user") for name in KEPT))]
