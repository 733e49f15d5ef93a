"""All tables of this app, in one step."""

from django.db import migrations, models

from cohes3ion.lib.migrating import CreateModels


class Migration(migrations.Migration):

    # The steps in which these tables first grew; a database that took them all has nothing to do here.
    replaces = [('lib', name) for name in (
        '0001_change_marks', '0002_history_gate',
    )]

    initial = True

    dependencies = [
    ]

    operations = [
        CreateModels(
            models=[
                migrations.CreateModel(
                    name='ChangeMark',
                    fields=[
                        ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                        ('mark', models.CharField(max_length=36)),
                    ],
                ),
                migrations.CreateModel(
                    name='HistoryGate',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ],
                ),
            ],
        ),
    ]
