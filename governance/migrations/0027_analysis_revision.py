from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("governance", "0026_kept_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="analysis",
            name="revision",
            field=models.PositiveSmallIntegerField(default=0),
        ),
    ]
