"""Nobody rewrites the history of what was written for the public: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = ("HistoricalChapterNarrative", "HistoricalSummarySentence")


class Migration(migrations.Migration):
    dependencies = [("journeys", "0001_initial"), ("lib", "0002_history_gate")]
    operations = [guard_history("journeys", *((name, "history_user") for name in KEPT))]
