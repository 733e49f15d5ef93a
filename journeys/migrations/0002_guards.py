"""Nobody rewrites the history of what partners wrote and shared: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = (
    "HistoricalAction",
    "HistoricalActionIndicator",
    "HistoricalActionPlan",
    "HistoricalArticle",
    "HistoricalArticleText",
    "HistoricalChapterNarrative",
    "HistoricalEvent",
    "HistoricalIndicatorReading",
    "HistoricalJourney",
    "HistoricalMilestone",
    "HistoricalNewsletter",
    "HistoricalPost",
    "HistoricalPractice",
    "HistoricalPracticeUse",
    "HistoricalProjectTarget",
    "HistoricalSummarySentence",
    "HistoricalTakeaway",
    "HistoricalVisit",
    "HistoricalVisitQuestion",
)


class Migration(migrations.Migration):
    replaces = [
        ("journeys", "0002_append_only_history"),
        ("journeys", "0005_append_only_exchange"),
        ("journeys", "0007_append_only_matches_and_news"),
    ]
    dependencies = [("journeys", "0001_tables"), ("lib", "0001_tables")]
    operations = [guard_history("journeys", *((name, "history_user") for name in KEPT))]
