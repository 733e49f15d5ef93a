"""Nobody rewrites the history of a map: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = (
    *("HistoricalRegionMap", "HistoricalTerritorialUnit", "HistoricalStrategy", "HistoricalActor"),
    *("HistoricalRegionalPriority", "HistoricalCapability"),
)


class Migration(migrations.Migration):
    dependencies = [("mapping", "0004_last_moment_of_rounds"), ("lib", "0002_history_gate")]
    operations = [guard_history("mapping", *((name, "history_user") for name in KEPT))]
