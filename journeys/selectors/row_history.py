"""Who changed a row of the exchange, and what: as templates/governance/_row_history.html shows it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

SHOWN = 30
ONE_GO = dt.timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """label: the field in words, empty when the row was added."""

    at: dt.datetime
    by: Any
    label: str


def row_history(row: Any) -> list[HistoryLine]:
    """The last changes, newest first; what one person wrote into a field in one go is one line. One query."""
    names = {field.name: str(getattr(field, "verbose_name", "")) for field in type(row)._meta.get_fields()}
    entries = type(row).history.filter(id=row.pk).select_related("history_user")
    lines: list[HistoryLine] = []
    for entry in entries.order_by("-history_date", "-history_id")[:SHOWN]:
        label = names.get(entry.history_change_reason or "", "")
        line = HistoryLine(at=entry.history_date, by=entry.history_user, label=label)
        last = lines[-1] if lines else None
        if last is None or (last.by, last.label) != (line.by, label) or last.at - line.at >= ONE_GO:
            lines.append(line)
    return lines
