"""The title of a version in other languages: it is frozen with the version, and who wrote it is kept."""

from importlib import import_module

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from cohes3ion.lib.history import guard_history

frozen = import_module("governance.migrations.0004_published_versions_are_frozen")
VERSION = "governance_questionnaireversion"
CONDITION, COLUMNS = frozen.TABLES[VERSION]
TABLES = {**frozen.TABLES, VERSION: (CONDITION, (*COLUMNS, "translations"))}


def guard(apps, schema_editor):
    frozen.guard(apps, schema_editor, TABLES)


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0020_answers_to_comments'),
        ('mapping', '0007_batches'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # SQLite makes a table anew to change it, and no trigger may name it meanwhile.
        migrations.RunPython(frozen.open_again, frozen.guard),
        migrations.AddField(
            model_name='questionnaireversion',
            name='translations',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.CreateModel(
            name='HistoricalQuestionnaireVersion',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='version')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('published', 'Published')], default='draft', max_length=10, verbose_name='state')),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('note', models.TextField(blank=True)),
                ('language', models.CharField(default='en', max_length=10, verbose_name='language')),
                ('translations', models.JSONField(blank=True, default=dict)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('project', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='mapping.project')),
                ('questionnaire', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='governance.questionnaire')),
            ],
            options={
                'verbose_name': 'historical questionnaire version',
                'verbose_name_plural': 'historical questionnaire versions',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.RunPython(guard, frozen.open_again),
        guard_history("governance", ("HistoricalQuestionnaireVersion", "history_user")),
    ]
