from django.db import migrations, models

COLUMNS = {'analysis': ('inputs', 'result'), 'regionresult': ('result', 'public'), 'finding': ('data',)}
HAS_A_RESULT = models.Q(('state', 'done'), _negated=True) | models.Q(('result__isnull', False))


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0024_pack'),
    ]

    operations = [
        migrations.RemoveConstraint('analysis', 'finished_analysis_has_a_result'),
        *(migrations.RemoveField(model, key) for model, keys in COLUMNS.items() for key in keys),
        *(migrations.RenameField(model, f'packed_{key}', key) for model, keys in COLUMNS.items() for key in keys),
        migrations.AddConstraint(
            'analysis',
            models.CheckConstraint(name='finished_analysis_has_a_result', condition=HAS_A_RESULT),
        ),
    ]
