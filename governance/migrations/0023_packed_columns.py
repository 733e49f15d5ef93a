from django.db import migrations

import cohes3ion.lib.packed_json


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0022_presence_in_drafts'),
    ]

    operations = [
        migrations.AddField('analysis', 'packed_inputs', cohes3ion.lib.packed_json.PackedJSONField(default=dict)),
        migrations.AddField('analysis', 'packed_result', cohes3ion.lib.packed_json.PackedJSONField(null=True, blank=True)),
        migrations.AddField('regionresult', 'packed_result', cohes3ion.lib.packed_json.PackedJSONField(default=dict)),
        migrations.AddField('regionresult', 'packed_public', cohes3ion.lib.packed_json.PackedJSONField(default=dict)),
        migrations.AddField('finding', 'packed_data', cohes3ion.lib.packed_json.PackedJSONField(default=dict)),
    ]
