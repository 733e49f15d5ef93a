"""Both sides of a field of a row that two people wrote."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cohes3ion.lib.row_conflicts import Person, TwoSides, last_writer, name_of
from mapping.selectors.fields import raw_value
from mapping.selectors.kinds import RecordField, RecordKind


def conflict_of(
    row: Any,
    *,
    kind: RecordKind,
    spec: RecordField,
    spoken: Callable[[RecordField, Any], str],
    mine: Any,
    back: Mapping[str, str],
) -> TwoSides:
    """The panel for a field that somebody else wrote meanwhile: what stands there and what came too late.

    `back` is sent with the choice: whoever chooses is back where the person wrote.
    """
    writer, at = last_writer(row, field=spec.name)
    return TwoSides(
        key=f"{kind.name}-{row.pk}-{spec.name}",
        action=reverse("mapping:field_save", args=[kind.name, row.pk, spec.name]),
        version=row.version_of(spec.name),
        by=Person(pk=writer.pk if writer else 0, name=name_of(writer)),
        at=at,
        theirs=spoken(spec, raw_value(row, field=spec)) or _("(empty)"),
        mine=spoken(spec, mine) or _("(empty)"),
        fields=sent_again(mine, name=spec.name) + [{"name": name, "value": at} for name, at in back.items()],
    )


def sent_again(value: Any, *, name: str) -> list[dict[str, str]]:
    """A value as the inputs that sent it."""
    if isinstance(value, dict):
        texts = [{"name": f"{name}_{key}", "value": text} for key, text in value.items() if text]
        return [{"name": name, "value": key} for key in value] + texts
    if isinstance(value, list):
        lines = [line for line in value if isinstance(line, dict)]
        if lines:
            return [{"name": f"{name}_{key}", "value": text} for line in lines for key, text in line.items()]
        return [{"name": name, "value": item} for item in value]
    return [{"name": name, "value": str(value)}]
