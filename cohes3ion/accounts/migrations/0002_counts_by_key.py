"""Counts of the minute that runs: they are not worth to be taken over."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_tables'),
    ]

    operations = [
        migrations.DeleteModel(name='RequestCount'),
        migrations.CreateModel(
            name='RequestCount',
            fields=[
                ('key', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('minute', models.PositiveBigIntegerField()),
                ('count', models.PositiveIntegerField(default=1)),
            ],
        ),
    ]
