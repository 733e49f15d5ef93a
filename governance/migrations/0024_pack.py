from django.db import migrations

COLUMNS = {'Analysis': ('inputs', 'result'), 'RegionResult': ('result', 'public'), 'Finding': ('data',)}


def pack(apps, _editor):
    """The same values in their new columns, a few rows at a time: a result may be tens of megabytes."""
    for name, columns in COLUMNS.items():
        model = apps.get_model('governance', name)
        rows = model.objects.only(*columns).order_by('pk')
        for row in rows.iterator(chunk_size=1 if name == 'Analysis' else 100):
            model.objects.filter(pk=row.pk).update(**{f'packed_{key}': getattr(row, key) for key in columns})


def unpack(apps, _editor):
    for name, columns in COLUMNS.items():
        model = apps.get_model('governance', name)
        rows = model.objects.only(*(f'packed_{key}' for key in columns)).order_by('pk')
        for row in rows.iterator(chunk_size=1 if name == 'Analysis' else 100):
            model.objects.filter(pk=row.pk).update(**{key: getattr(row, f'packed_{key}') for key in columns})


class Migration(migrations.Migration):

    dependencies = [
        ('governance', '0023_packed_columns'),
    ]

    operations = [migrations.RunPython(pack, unpack)]
