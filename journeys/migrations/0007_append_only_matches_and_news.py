"""Nobody rewrites the history of posts and news: the database refuses it."""

from django.db import migrations

from cohes3ion.lib.history import guard_history

KEPT = ("HistoricalArticle", "HistoricalArticleText", "HistoricalNewsletter", "HistoricalPost")


class Migration(migrations.Migration):
    dependencies = [("journeys", "0006_matches_and_news")]
    operations = [guard_history("journeys", *((name, "history_user") for name in KEPT))]
