"""Nobody rewrites the history of a map: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = (
    *("HistoricalRegionMap", "HistoricalTerritorialUnit", "HistoricalStrategy", "HistoricalActor"),
    *("HistoricalRegionalPriority", "HistoricalCapability"),
)


class Migration(migrations.Migration):
    replaces = [("mapping", "0005_append_only_history")]
    dependencies = [("mapping", "0001_tables"), ("lib", "0001_tables")]
    operations = [guard_history("mapping", *((name, "history_user") for name in KEPT))]
