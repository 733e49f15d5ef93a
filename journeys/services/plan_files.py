"""Files that prove a value of an indicator: kept with it, and gone with it."""

from typing import Any

from django.db import transaction

from journeys.models import Action, ActionIndicator, ActionPlan, IndicatorReading
from journeys.services.rows import remove_row
from mapping.services.records import write_kept

# Which readings hang on a row that is removed.
PATHS: dict[Any, str] = {
    ActionPlan: "indicator__action__plan",
    Action: "indicator__action",
    ActionIndicator: "indicator",
    IndicatorReading: "pk",
}


@transaction.atomic
def attach_file(*, reading: IndicatorReading, values: dict[str, Any], expected: int, by: Any) -> None:
    """The file of a value, under a random name; one that was there is taken away. Raises StaleVersion."""
    before = reading.file.name
    upload = values["file"]
    reading.file.save(values["file_name"], upload, save=False)
    columns = {"file": reading.file.name, **{name: values[name] for name in ("file_name", "content_type")}}
    try:
        _write(reading, columns, expected=expected, by=by)
    except Exception:
        reading.file.storage.delete(reading.file.name)
        raise
    _delete_later(reading.file.storage, [before])


@transaction.atomic
def detach_file(*, reading: IndicatorReading, expected: int, by: Any) -> None:
    """Take the file away; the value stays. Raises StaleVersion."""
    before = reading.file.name
    _write(reading, {"file": "", "file_name": "", "content_type": ""}, expected=expected, by=by)
    _delete_later(reading.file.storage, [before])


def _write(reading: IndicatorReading, columns: dict[str, Any], *, expected: int, by: Any) -> None:
    write_kept(IndicatorReading(pk=reading.pk), field="file", values=columns, expected=expected, by=by)


@transaction.atomic
def remove_with_files(*, row: Any, expected: int, by: Any) -> None:
    """A plan, an action or a part of one, with the files of its values. Raises StaleVersion."""
    path = PATHS.get(type(row))
    readings = IndicatorReading.objects.filter(**{path: row.pk}) if path else IndicatorReading.objects.none()
    names = list(readings.exclude(file="").values_list("file", flat=True))
    remove_row(row=row, expected=expected, by=by)
    _delete_later(IndicatorReading._meta.get_field("file").storage, names)  # type: ignore[union-attr]


def _delete_later(storage: Any, names: list[str]) -> None:
    """Once it is certain that no row names them."""
    for name in filter(None, names):
        transaction.on_commit(lambda name=name: storage.delete(name))
